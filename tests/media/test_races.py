"""Two processes that prepare the same picture at once."""

import threading
from pathlib import Path
from typing import Any

import pytest
from django.db import connections

from cms.media.models import Image
from cms.media.presets import ImageFormat, all_renditions
from cms.media.renditions import prepare_image
from tests.media.pictures import as_bytes, photo, stored_names


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_two_runs_at_once_make_each_rendition_once_and_leave_no_file_behind(media_root: Path, make_image: Any) -> None:
    image = make_image(as_bytes(photo(900, 700), "JPEG"))
    start = threading.Barrier(2)
    made: list[int] = []
    errors: list[Exception] = []

    def run() -> None:
        try:
            own = Image.objects.get(pk=image.pk)
            start.wait(timeout=10)
            made.append(prepare_image(own, minimum=False))
        except Exception as error:  # shown by the assertion below
            errors.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)

    wanted = all_renditions(900, 700, ImageFormat.JPEG)
    assert errors == []
    assert sum(made) == len(wanted)
    assert sorted(image.renditions.values_list("filter_spec", flat=True)) == sorted(one.spec for one in wanted)
    kept = {name for name in stored_names(media_root) if name.startswith("images/")}
    assert kept == set(image.renditions.values_list("file", flat=True))
