"""The licences a picture or file can carry, by their SPDX code."""

from django.conf import settings
from django.utils.translation import gettext_lazy as _

ALL_RIGHTS_RESERVED = "LicenseRef-All-Rights-Reserved"

LICENCES = {
    "CC0-1.0": ("CC0 1.0", "https://creativecommons.org/publicdomain/zero/1.0/"),
    "CC-BY-4.0": ("CC BY 4.0", "https://creativecommons.org/licenses/by/4.0/"),
    "CC-BY-SA-4.0": ("CC BY-SA 4.0", "https://creativecommons.org/licenses/by-sa/4.0/"),
    "CC-BY-NC-4.0": ("CC BY-NC 4.0", "https://creativecommons.org/licenses/by-nc/4.0/"),
    "CC-BY-NC-SA-4.0": ("CC BY-NC-SA 4.0", "https://creativecommons.org/licenses/by-nc-sa/4.0/"),
    "CC-BY-ND-4.0": ("CC BY-ND 4.0", "https://creativecommons.org/licenses/by-nd/4.0/"),
    "CC-BY-NC-ND-4.0": ("CC BY-NC-ND 4.0", "https://creativecommons.org/licenses/by-nc-nd/4.0/"),
    ALL_RIGHTS_RESERVED: (_("All rights reserved"), ""),
}


def licence_choices() -> list[tuple[str, str]]:
    """Return code and name of every licence, for a field's choices."""
    return [(code, str(name)) for code, (name, _address) in LICENCES.items()]


def default_licence() -> str:
    """Return the SPDX code that a new picture or file gets: the setting `MEDIA_DEFAULT_LICENCE`."""
    code: str = settings.MEDIA_DEFAULT_LICENCE
    return code


def language_choices() -> list[tuple[str, str]]:
    """Return code and name of every configured language, for a field's choices."""
    return [(code, str(name)) for code, name in settings.LANGUAGES]
