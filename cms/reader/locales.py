"""How languages are written for other sites."""

from django.utils.translation import to_locale

# Where a language without a territory is at home; the others are named like theirs (fr_FR).
TERRITORIES = {
    "cs": "CZ", "da": "DK", "el": "GR", "en": "GB", "et": "EE", "ga": "IE", "nb": "NO", "nn": "NO", "sl": "SI", "sv": "SE", "uk": "UA",
}  # fmt: skip


def open_graph_locale(code: str) -> str:
    """Return a language code as the Open Graph protocol writes it, such as `en_GB` for `en` and `de_AT` for `de-at`."""
    locale = to_locale(code)
    return locale if "_" in locale else f"{locale}_{TERRITORIES.get(locale, locale.upper())}"
