"""Tells what people did to the demonstration from what its seeding did.

The seed writes down the rows that each step creates. Steps from before that was noted are known by their time: what was
written in the minute before the end of such a step is its own work.
"""

import json
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.contenttypes.models import ContentType
from django.core.serializers.json import DjangoJSONEncoder
from wagtail.models import Comment, CommentReply, ModelLogEntry, Page, PageLogEntry, Revision, TranslatableMixin

from cms.demo.models import Seeded
from cms.translation import store
from pages.gate import RECORDS

STEP_LASTS = timedelta(seconds=60)
# What a revision holds besides content, and what is numbered anew when a child is stored.
NOT_CONTENT = RECORDS | {"live"}
NUMBERS = frozenset({"pk", "sort_order"})
# Apps whose records of people are read above, or say nothing about what somebody did.
RECORD_KEEPERS = frozenset(
    {"admin", "auth", "sessions", "wagtailadmin", "wagtailcore", "wagtailusers", "wagtail_localize"}
)
STRINGS = 0  # stands for a content type: what follows is an entry's id
ObjectKey = tuple[int, str]


@dataclass(frozen=True)
class Trace:
    """Something that a person did: who (primary key, None when not known) and when."""

    user: int | None
    at: datetime


class Traces:
    """What people did, read once: about eight statements, more with content types."""

    def __init__(self) -> None:
        steps = list(Seeded.objects.values_list("seeded_at", "made"))
        self.steps = sorted(at for at, _ in steps)
        self.old_steps = sorted(at for at, made in steps if made is None)
        self.made: dict[str, set[int]] = defaultdict(set)
        for _, made in steps:
            for label, keys in (made or {}).items():
                self.made[label].update(keys)
        self.on: dict[ObjectKey, list[Trace]] = defaultdict(list)
        self.by: dict[int, list[Trace]] = defaultdict(list)
        self.page_type = ContentType.objects.get_for_model(Page).pk
        self._read()

    def of(self, thing: Any) -> list[Trace]:
        """Return what people did to a page, snippet, picture or file, the oldest first."""
        translated = self.on[(STRINGS, str(thing.translation_key))] if isinstance(thing, TranslatableMixin) else []
        return sorted([*self.on[self._key(thing)], *translated], key=lambda trace: trace.at)

    def is_seeds_own(self, label: str, pk: int, at: datetime) -> bool:
        """Tell whether the seed wrote a row of a model (`app_label.model`)."""
        if pk in self.made[label]:
            return True
        return _ends_soon_after(self.old_steps, at)

    def _key(self, thing: Any) -> ObjectKey:
        if isinstance(thing, Page):
            return self.page_type, str(thing.pk)
        return ContentType.objects.get_for_model(thing).pk, str(thing.pk)

    def _note(self, key: ObjectKey, label: str, pk: int, at: datetime, user: int | None) -> None:
        if self.is_seeds_own(label, pk, at):
            return
        trace = Trace(user, at)
        self.on[key].append(trace)
        if user is not None:
            self.by[user].append(trace)

    def _read(self) -> None:
        for type_pk, key, pk, at, user in Revision.objects.values_list(
            "base_content_type", "object_id", "pk", "created_at", "user"
        ):
            self._note((type_pk, key), "wagtailcore.revision", pk, at, user)
        for page, pk, at, user in PageLogEntry.objects.exclude(user=None).values_list(
            "page", "pk", "timestamp", "user"
        ):
            self._note((self.page_type, str(page)), "wagtailcore.pagelogentry", pk, at, user)
        for type_pk, key, pk, at, user in ModelLogEntry.objects.exclude(user=None).values_list(
            "content_type", "object_id", "pk", "timestamp", "user"
        ):
            self._note((type_pk or 0, key), "wagtailcore.modellogentry", pk, at, user)
        for page, pk, at, user in Comment.objects.values_list("page", "pk", "created_at", "user"):
            self._note((self.page_type, str(page)), "wagtailcore.comment", pk, at, user)
        for page, pk, at, user, asker in CommentReply.objects.values_list(
            "comment__page", "pk", "created_at", "user", "comment__user"
        ):
            self._note((self.page_type, str(page)), "wagtailcore.commentreply", pk, at, user)
            if not self.is_seeds_own("wagtailcore.commentreply", pk, at):
                self.by[asker].append(Trace(user, at))
        for key, user, at in store.strings_of_people():
            # Written in bulk, so that no step has noted them.
            if not _ends_soon_after(self.steps, at):
                self.on[(STRINGS, str(key))].append(Trace(user, at))
                self.by[user].append(Trace(user, at))

    def has_left_rows(self, user: Any) -> bool:
        """Tell whether something outside Wagtail's own records names a user and was not made by the seed: an upload, an answer.

        One statement for each relation.
        """
        for relation in user._meta.related_objects:
            model = relation.related_model
            if model._meta.app_label in RECORD_KEEPERS:
                continue
            rows = model._base_manager.filter(**{relation.field.name: user}).exclude(
                pk__in=self.made[model._meta.label_lower]
            )
            if rows.exists():
                return True
        return False


def _ends_soon_after(steps: Sequence[datetime], at: datetime) -> bool:
    """Tell whether a step (of those in order) ended within a minute after a time."""
    place = bisect_left(steps, at)
    return place < len(steps) and steps[place] - at <= STEP_LASTS


def differs_from_revision(thing: Any) -> bool:
    """Tell whether a live page or snippet holds other content than was published: written past all doors. One statement."""
    if not getattr(thing, "live", False) or thing.live_revision is None:
        return False
    return _content(thing.serializable_data()) != _content(thing.live_revision.content)


def _content(data: dict[str, Any]) -> Any:
    kept = {name: _comparable(value) for name, value in data.items() if name not in NOT_CONTENT}
    return json.loads(json.dumps(kept, cls=DjangoJSONEncoder))


def _comparable(value: Any) -> Any:
    """Return a value without what differs by itself: numbers of children, and the order of keys in stored blocks."""
    if isinstance(value, str) and value.startswith("["):
        with suppress(ValueError):
            return json.loads(value)
    if isinstance(value, list) and all(isinstance(item, dict) for item in value):
        return [{name: part for name, part in item.items() if name not in NUMBERS} for item in value]
    return value


def names_of_users(keys: Iterable[int | None]) -> dict[int | None, str]:
    """Return the user names of people by primary key. One statement."""
    found = get_user_model()._default_manager.in_bulk([key for key in keys if key is not None])
    return {key: user.get_username() for key, user in found.items()}
