"""The versions that everything was tried with; an add-on can pull another Wagtail in silently."""

import re
from pathlib import Path

import django
import wagtail


def test_installed_wagtail_is_of_the_series_8_0() -> None:
    assert wagtail.VERSION[:2] == (8, 0)


def test_installed_django_is_of_the_series_5_2() -> None:
    assert django.VERSION[:2] == (5, 2)


def test_installed_versions_are_the_locked_ones(root: Path) -> None:
    pins = dict(re.findall(r"^(\S+)==(\S+)", (root / "requirements.lock").read_text(), re.MULTILINE))

    assert pins["wagtail"] == wagtail.__version__
    assert pins["django"] == django.get_version()
