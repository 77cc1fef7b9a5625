"""The delivered content: entries, what they use, the append-only log of changes, and the one counter."""

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _


class Visibility(models.TextChoices):
    """Who may see an entry."""

    PUBLIC = "public", _("public")
    RESTRICTED = "restricted", _("restricted")


class DeleteReason(models.TextChoices):
    """Why an entry is no longer delivered."""

    UNPUBLISHED = "UNPUBLISHED", _("unpublished")
    DELETED = "DELETED", _("deleted")
    RESTRICTED = "RESTRICTED", _("restricted")


class Entry(models.Model):
    """One deliverable thing in one locale. Written by the publisher only.

    `payload` holds the object's own content (see `pages.entries`); all other columns are what reads filter and order by.
    """

    entry_id = models.UUIDField()
    locale = models.CharField(max_length=20)
    content_locale = models.CharField(max_length=20)
    source_locale = models.CharField(max_length=20)
    entry_type = models.CharField(max_length=40)
    model = models.CharField(max_length=80)
    object_id = models.PositiveBigIntegerField()
    visibility = models.CharField(max_length=12, choices=Visibility.choices, default=Visibility.PUBLIC)

    # Place in the tree; empty for snippets.
    path = models.CharField(max_length=1000, blank=True)
    slug = models.CharField(max_length=255, blank=True)
    parent_id = models.UUIDField(null=True)
    ancestors = models.JSONField(default=list)
    position = models.PositiveIntegerField(default=0)
    sort_key = models.CharField(max_length=400, blank=True)
    sort_date = models.DateField(null=True)
    tree_path = models.CharField(max_length=255, blank=True)
    tree_url_path = models.TextField(blank=True)

    payload = models.JSONField()
    payload_version = models.PositiveSmallIntegerField()
    translation_status = models.JSONField(default=dict)
    version = models.PositiveBigIntegerField()
    first_published_at = models.DateTimeField()
    updated_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["entry_id", "locale"], name="delivery_entry_once_per_locale"),
            models.UniqueConstraint(fields=["model", "object_id"], name="delivery_entry_once_per_object"),
        ]
        indexes: ClassVar[list[Any]] = [
            models.Index(fields=["locale", "entry_type", "sort_key"], name="delivery_entry_list"),
            models.Index(fields=["locale", "path"], name="delivery_entry_path"),
            models.Index(fields=["parent_id", "locale", "position"], name="delivery_entry_children"),
            models.Index(fields=["payload_version"], name="delivery_entry_payload"),
        ]

    def __str__(self) -> str:
        return f"{self.entry_type} {self.entry_id} ({self.locale})"


class EntryReference(models.Model):
    """One thing that an entry's payload uses."""

    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="references")
    kind = models.CharField(max_length=8)
    key = models.CharField(max_length=40)
    role = models.CharField(max_length=40)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["entry", "kind", "key", "role"], name="delivery_reference_once")
        ]
        indexes: ClassVar[list[Any]] = [models.Index(fields=["kind", "key", "role"], name="delivery_reference_used")]

    def __str__(self) -> str:
        return f"{self.kind} {self.key} ({self.role})"


class ChangeKind(models.TextChoices):
    """What a change says about its entry."""

    UPSERTED = "upserted", _("upserted")
    DELETED = "deleted", _("deleted")


class Change(models.Model):
    """One line of the change log. Refuses update and delete in the database; see `cms.delivery.feed.prune_changes`.

    `number` is the content version of the transaction that wrote it: numbers become visible in order.
    """

    id = models.BigAutoField(primary_key=True)
    number = models.PositiveBigIntegerField(db_index=True)
    entry_id = models.UUIDField(db_index=True)
    locale = models.CharField(max_length=20)
    entry_type = models.CharField(max_length=40)
    kind = models.CharField(max_length=8, choices=ChangeKind.choices)
    reason = models.CharField(max_length=12, choices=DeleteReason.choices, blank=True)
    previous_path = models.CharField(max_length=1000, blank=True)
    changed_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar[list[str]] = ["id"]

    def __str__(self) -> str:
        return f"{self.number}: {self.kind} {self.entry_type} {self.entry_id} ({self.locale})"


class ContentVersion(models.Model):
    """The one counter: position in the feed and content version at once. A single row."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    number = models.PositiveBigIntegerField(default=0)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(condition=models.Q(id=1), name="delivery_content_version_single")
        ]

    def __str__(self) -> str:
        return str(self.number)


class PruneGuard(models.Model):
    """Open while old changes are pruned; the database's triggers look at it. A single row."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    is_open = models.BooleanField(default=False)

    def __str__(self) -> str:
        return "open" if self.is_open else "closed"
