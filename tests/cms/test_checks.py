"""System checks of the edge."""

import pytest
from pytest_django import Settings

from cms import checks


def test_settings_of_the_tests_pass() -> None:
    assert checks.check_wagtail(None) == []
    assert checks.check_base_url(None) == []
    assert checks.check_fallback_chains(None) == []
    assert checks.check_timetable(None) == []


@pytest.mark.parametrize("url", ["cms.example.org", "ftp://cms.example.org", "https://", "https://example.org/cms"])
def test_base_url_that_is_no_scheme_and_host_is_refused(settings: Settings, url: str) -> None:
    settings.BASE_URL = url

    assert [item.id for item in checks.check_base_url(None)] == ["cms.E002"]


@pytest.mark.parametrize("chain", [["sv"], ["fr"]])
def test_chain_with_an_unknown_or_its_own_language_is_refused(settings: Settings, chain: list[str]) -> None:
    settings.CONTENT_FALLBACK_CHAINS = {"fr": chain}

    found = checks.check_fallback_chains(None)

    assert [(item.id, item.msg) for item in found] == [
        ("cms.E003", f"CONTENT_FALLBACK_CHAINS['fr'] names {chain[0]}.")
    ]


def test_other_series_of_wagtail_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checks.wagtail, "VERSION", (7, 4, 1, "final", 0))

    assert [item.id for item in checks.check_wagtail(None)] == ["cms.E001"]


def test_cache_of_each_process_warns_before_a_deployment(settings: Settings) -> None:
    assert [item.id for item in checks.check_shared_cache(None)] == ["cms.W001"]

    settings.CACHES = {"default": {"BACKEND": "django_redis.cache.RedisCache"}}

    assert checks.check_shared_cache(None) == []
