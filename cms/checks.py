"""System checks of the settings that can be wrong."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlsplit

import wagtail
from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error, Warning, register
from django.core.exceptions import ImproperlyConfigured

WAGTAIL_SERIES = (8, 0)


@register
def check_wagtail(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """Demand the Wagtail series that the system was built on; add-ons may pull another one in silently."""
    if wagtail.VERSION[:2] == WAGTAIL_SERIES:
        return []
    return [
        Error(
            f"Wagtail {wagtail.__version__} is installed, but {WAGTAIL_SERIES[0]}.{WAGTAIL_SERIES[1]} is needed.",
            hint="Install requirements.lock again.",
            id="cms.E001",
        )
    ]


@register
def check_base_url(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """Demand an absolute address in `BASE_URL`, because every delivered link begins with it."""
    parts = urlsplit(settings.BASE_URL)
    if parts.scheme in ("http", "https") and parts.hostname and parts.path in ("", "/"):
        return []
    return [
        Error(
            f"BASE_URL is {settings.BASE_URL!r}.",
            hint="Set it to scheme and host only, for example https://www.example.org",
            id="cms.E002",
        )
    ]


@register
def check_fallback_chains(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """Demand that fallback chains name configured languages only, and never a language itself."""
    languages = {code for code, _ in settings.LANGUAGES}
    found: list[CheckMessage] = []
    for language, chain in settings.CONTENT_FALLBACK_CHAINS.items():
        wrong = ({language, *chain} - languages) | ({language} & set(chain))
        if wrong:
            found.append(
                Error(
                    f"CONTENT_FALLBACK_CHAINS[{language!r}] names {', '.join(sorted(wrong))}.",
                    hint=f"Use other languages out of {', '.join(sorted(languages))}.",
                    id="cms.E003",
                )
            )
    return found


@register
def check_timetable(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """Demand that every job of the timetable can be imported and has a name of its own."""
    from cms.timetable import jobs

    try:
        jobs()
    except ImproperlyConfigured as error:
        return [Error(str(error), id="cms.E004")]
    return []


@register(deploy=True)
def check_shared_cache(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """Warn when each process keeps a cache of its own, because rate limits then count per process."""
    if "locmem" not in settings.CACHES["default"]["BACKEND"]:
        return []
    return [Warning("Each process has a cache of its own.", hint="Set REDIS_URL.", id="cms.W001")]
