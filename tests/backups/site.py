"""A small site to save, and what can be said about it before and after."""

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection

from cms.backups.tables import saved_models
from cms.media.models import File, Image
from pages.models import ChapterPage, StudyPage

# What a restore changes on purpose.
CHANGED = {"delivery_change", "delivery_contentversion"}


@dataclass
class SmallSite:
    """The things that tests change."""

    study: StudyPage
    chapters: list[ChapterPage]
    image: Image
    file: File


def all_rows() -> dict[str, list[tuple[Any, ...]]]:
    """Return every row of every saved table, as the database gives it, but for what a restore changes."""
    found = {}
    with connection.cursor() as cursor:
        for model in saved_models():
            table = model._meta.db_table
            if table not in CHANGED:
                cursor.execute(f"SELECT * FROM {table} ORDER BY {model._meta.pk.column}")
                found[table] = list(cursor.fetchall())
    return found


def file_sums() -> dict[str, str]:
    """Return the SHA-256 of every stored file by name."""
    root = Path(settings.MEDIA_ROOT)
    return {
        path.relative_to(root).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(root.rglob("*"))
        if path.is_file()
    }
