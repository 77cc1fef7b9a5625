"""What the tests of delivery share."""

from pathlib import Path

import pytest
from pytest_django import Settings


@pytest.fixture(autouse=True)
def media_root(settings: Settings, tmp_path: Path) -> None:
    """Give each test a media folder of its own."""
    settings.MEDIA_ROOT = tmp_path / "media"
