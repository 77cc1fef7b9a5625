"""What the tests of backups share: a media folder of their own, and a site with files."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps
from django.contrib.auth import get_user_model
from django.contrib.contenttypes.models import ContentType
from django.core.cache import cache
from pytest_django import Settings

from cms.media.models import File, Image
from tests import factories
from tests.backups.site import SmallSite


@pytest.fixture(autouse=True)
def places(settings: Settings, tmp_path: Path) -> Iterator[None]:
    """Give each test a media folder and a data folder of its own, and an empty cache."""
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.DATA_DIR = tmp_path / "data"
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def site(db: None) -> Iterator[SmallSite]:
    """Make a site with a person, a study of two chapters, a picture and a file."""
    get_user_model().objects.create_user("ana", password="a long secret of hers")
    home = factories.make_home()
    study = factories.make_study(home)
    image: Image = factories.make_image()
    file: File = factories.make_file()
    chapters = [
        factories.make_chapter(
            study,
            title,
            slug=slug,
            body=[factories.figure(image), factories.block("download", {"title": "", "file": file.pk})],
        )
        for title, slug in (("Why inquiry?", "why"), ("Wozu Fragen, ß und \N{GRINNING FACE}?", "wozu"))
    ]
    yield SmallSite(study, chapters, image, file)
    # A restore forgets the content types; what empties the database and fills it again would make them by the way.
    ContentType.objects.get_for_models(*apps.get_models())
