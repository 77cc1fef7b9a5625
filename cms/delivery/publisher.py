"""Signals in, rows out: makes entries, references and the change log equal to what is live."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from django.apps import apps
from django.db.models import Q
from django.utils import timezone
from wagtail.models import Page

from cms.delivery import feed, status
from cms.delivery.building import Built, build_entry, live_objects
from cms.delivery.models import Change, ChangeKind, DeleteReason, Entry, EntryReference, Visibility
from cms.delivery.pending import PAGE_MODEL, ObjectKey, Pending, take
from cms.delivery.structure import Placement, Structure
from pages.entries import PAYLOAD_VERSION, Reference
from pages.signals import records_changed

PLACE_COLUMNS = list(Placement.__dataclass_fields__)
# What readers can see of an entry; other columns (order keys) may change without a new version.
DELIVERED_COLUMNS = (
    "payload",
    "entry_type",
    "content_locale",
    "source_locale",
    "path",
    "slug",
    "position",
    "visibility",
    "sort_date",
)
WRITTEN_COLUMNS = [
    *PLACE_COLUMNS,
    "entry_type",
    "source_locale",
    "sort_date",
    "payload",
    "payload_version",
    "translation_status",
    "version",
    "first_published_at",
    "updated_at",
]


@dataclass
class Plan:
    """What one publishing transaction is going to write."""

    created: list[Entry] = field(default_factory=list)
    updated: dict[int, Entry] = field(default_factory=dict)
    deleted: dict[int, Entry] = field(default_factory=dict)
    changes: list[Change] = field(default_factory=list)
    references: dict[ObjectKey, frozenset[Reference]] = field(default_factory=dict)


def publish_pending() -> None:
    """Bring the entries of everything that was touched in this transaction up to date, and log what changed."""
    pending = take()
    if pending:
        _publish(pending)
        leftover = take()
        if leftover:
            _publish(leftover)


def publish_objects(keys: Iterable[ObjectKey]) -> None:
    """Bring the entries of some objects up to date; call it inside a content transaction."""
    _publish(Pending(objects=set(keys), structure=True))


def _publish(pending: Pending) -> None:
    # Whoever comes later reads what whoever came earlier has committed: everything is read behind the lock.
    feed.lock_publishing()
    _add_users_of_gone_things(pending)
    live = live_objects(pending.objects - pending.deleted_objects)
    built = {key: build_entry(key, source) for key, source in live.items()}
    plan = Plan()
    existing = _entries_of(pending.objects)
    structure = Structure() if pending.structure or _structure_moved(pending, live, existing) else None
    if structure is not None:
        built.update(_newly_placed(structure, set(built)))
    gone = [entry for key, entry in existing.items() if key not in built]
    for entry in gone:
        _plan_deletion(plan, entry, _reason(entry, pending))
    for key, item in built.items():
        _plan_entry(plan, item, existing.get(key), structure)
    if structure is not None:
        _plan_places(plan, structure, set(existing) | set(built), pending)
    _plan_media(plan, pending)
    _plan_statuses(plan, [*built.values()], gone)
    _write(plan)


def _newly_placed(structure: Structure, done: set[ObjectKey]) -> dict[ObjectKey, Built]:
    """Build the live pages that stand somewhere now but have no entry: those under a new home page."""
    known = set(Entry.objects.filter(model=PAGE_MODEL).values_list("object_id", flat=True))
    placed = [pk for pk in structure.live_pks() if pk not in known and structure.placement(pk) is not None]
    missing = {(PAGE_MODEL, pk) for pk in placed} - done
    return {key: build_entry(key, source) for key, source in live_objects(missing).items()}


def _entries_of(keys: Iterable[ObjectKey]) -> dict[ObjectKey, Entry]:
    wanted: dict[str, list[int]] = {}
    for model, pk in keys:
        wanted.setdefault(model, []).append(pk)
    if not wanted:
        return {}
    condition = Q()
    for model, pks in wanted.items():
        condition |= Q(model=model, object_id__in=pks)
    return {(entry.model, entry.object_id): entry for entry in Entry.objects.filter(condition)}


def _add_users_of_gone_things(pending: Pending) -> None:
    """Entries that name something deleted are built again: the database has emptied the field behind our back."""
    from cms.media.models import File, Image

    condition = Q(kind="entry", key__in=pending.deleted_entry_ids)
    for kind, ids, model in (("image", pending.images, Image), ("file", pending.files, File)):
        known = set(model.objects.filter(pk__in=ids).values_list("pk", flat=True)) if ids else set()
        condition |= Q(kind=kind, key__in=[str(pk) for pk in ids - known])
    if pending.deleted_entry_ids or pending.images or pending.files:
        users = EntryReference.objects.filter(condition).values_list("entry__model", "entry__object_id")
        pending.objects.update(users.distinct())


def _structure_moved(pending: Pending, live: Mapping[ObjectKey, Any], existing: Mapping[ObjectKey, Entry]) -> bool:
    """Tell whether a touched page came, went, moved, or (not live itself) may have moved its descendants."""
    for key in pending.objects:
        if key[0] != PAGE_MODEL:
            continue
        page, entry = live.get(key), existing.get(key)
        if (page is None) != (entry is None):
            return True
        if page is not None and entry is not None and _place_differs(page, entry):
            return True
        if page is None and Page.objects.filter(pk=key[1], numchild__gt=0).exists():
            return True
    return False


def _place_differs(page: Page, entry: Entry) -> bool:
    """Tell whether a live page may stand elsewhere, be another page or (an alias) show another's content than its entry."""
    return (
        (page.path, page.url_path, page.translation_key) != (entry.tree_path, entry.tree_url_path, entry.entry_id)
        or page.locale.language_code != entry.locale
        or bool(page.alias_of_id) != (entry.content_locale != entry.locale)
    )


def _reason(entry: Entry, pending: Pending) -> str:
    if (entry.model, entry.object_id) in pending.deleted_objects:
        return DeleteReason.DELETED
    model = Page if entry.model == PAGE_MODEL else apps.get_model(entry.model)
    still_there = model._default_manager.filter(pk=entry.object_id).exists()
    return DeleteReason.UNPUBLISHED if still_there else DeleteReason.DELETED


def _plan_deletion(plan: Plan, entry: Entry, reason: str) -> None:
    plan.deleted[entry.pk] = entry
    if entry.visibility == Visibility.PUBLIC:
        plan.changes.append(_change(entry, ChangeKind.DELETED, reason, entry.path))


def _change(entry: Entry, kind: str, reason: str = "", previous_path: str = "") -> Change:
    return Change(
        entry_id=entry.entry_id,
        locale=entry.locale,
        entry_type=entry.entry_type,
        kind=kind,
        reason=reason,
        previous_path=previous_path,
    )


def _plan_entry(plan: Plan, built: Built, entry: Entry | None, structure: Structure | None) -> None:
    columns = _columns(built, entry, structure)
    if columns is None:  # a live page outside every site
        if entry is not None:
            _plan_deletion(plan, entry, DeleteReason.UNPUBLISHED)
        return
    if entry is not None and (entry.entry_id, entry.locale) != (built.entry_id, columns["locale"]):
        _plan_deletion(plan, entry, DeleteReason.UNPUBLISHED)  # readers know it as another entry
        entry = None
    if entry is None:
        entry = Entry(
            entry_id=built.entry_id,
            model=built.key[0],
            object_id=built.key[1],
            first_published_at=built.first_published_at,
            **columns,
        )
        plan.created.append(entry)
        if entry.visibility == Visibility.PUBLIC:
            plan.changes.append(_change(entry, ChangeKind.UPSERTED))
    else:
        _plan_update(plan, entry, columns)
    plan.references[built.key] = built.references


def _columns(built: Built, entry: Entry | None, structure: Structure | None) -> dict[str, Any] | None:
    """Return the values of all columns an object decides, or None when its page stands nowhere."""
    own = {
        "entry_type": built.entry_type,
        "source_locale": built.source_locale,
        "sort_date": built.sort_date,
        "payload": built.payload,
        "payload_version": PAYLOAD_VERSION,
    }
    if built.key[0] != PAGE_MODEL:
        return {**own, "locale": built.locale, "content_locale": built.locale, "sort_key": built.sort_name}
    if structure is None:
        assert entry is not None  # a page without an entry always takes a picture of the tree
        return {**own, **{column: getattr(entry, column) for column in PLACE_COLUMNS}}
    placement = structure.placement(built.key[1])
    return None if placement is None else {**own, **asdict(placement)}


def _plan_update(plan: Plan, entry: Entry, columns: Mapping[str, Any]) -> None:
    """Set the columns that differ; a difference that readers can see is a change with a new version."""
    different = {name: value for name, value in columns.items() if getattr(entry, name) != value}
    if not different:
        return
    old_path, old_visibility = entry.path, entry.visibility
    for name, value in different.items():
        setattr(entry, name, value)
    plan.updated[entry.pk] = entry
    if any(name in DELIVERED_COLUMNS for name in different):
        _plan_change(plan, entry, old_path, old_visibility)


def _plan_change(plan: Plan, entry: Entry, old_path: str, old_visibility: str) -> None:
    entry.version = 0  # drawn when the plan is written
    if entry.visibility == Visibility.PUBLIC:
        moved = old_visibility == Visibility.PUBLIC and old_path != entry.path
        plan.changes.append(_change(entry, ChangeKind.UPSERTED, previous_path=old_path if moved else ""))
    elif old_visibility == Visibility.PUBLIC:
        plan.changes.append(_change(entry, ChangeKind.DELETED, DeleteReason.RESTRICTED, old_path))


def _plan_places(plan: Plan, structure: Structure, done: set[ObjectKey], pending: Pending) -> None:
    """Compare the place of every other page entry with the tree."""
    for entry in Entry.objects.filter(model=PAGE_MODEL).defer("payload", "translation_status"):
        if (entry.model, entry.object_id) in done:
            continue
        placement = structure.placement(entry.object_id)
        if placement is None:
            _plan_deletion(plan, entry, _reason(entry, pending))
        else:
            _plan_update(plan, entry, asdict(placement))


def _plan_media(plan: Plan, pending: Pending) -> None:
    """Give a new version to every entry that shows a changed image or file."""
    if not (pending.images or pending.files):
        return
    used = Q(references__kind="image", references__key__in=[str(pk) for pk in pending.images])
    used |= Q(references__kind="file", references__key__in=[str(pk) for pk in pending.files])
    planned = {(change.entry_id, change.locale) for change in plan.changes}
    for entry in Entry.objects.filter(used).distinct().defer("payload", "translation_status"):
        if entry.pk not in plan.deleted and (entry.entry_id, entry.locale) not in planned:
            entry = plan.updated.setdefault(entry.pk, entry)
            _plan_change(plan, entry, entry.path, entry.visibility)


def _plan_statuses(plan: Plan, built: list[Built], gone: list[Entry]) -> None:
    """Compute the translation status of what was published and of its translations."""
    ids = {str(item.entry_id) for item in built} | {str(entry.entry_id) for entry in gone}
    known = status.statuses_of(ids) if ids else {}
    if not known:
        return
    for entry in plan.created:
        entry.translation_status = known.get((str(entry.entry_id), entry.locale), {})
    for stored in Entry.objects.filter(entry_id__in=ids).defer("payload"):
        found = known.get((str(stored.entry_id), stored.locale), {})
        if stored.pk not in plan.deleted and stored.translation_status != found:
            entry = plan.updated.setdefault(stored.pk, stored)
            entry.translation_status = found


def _write(plan: Plan) -> None:
    """Draw one number and write the plan; nothing is written and no number drawn when nothing changed."""
    if plan.created or plan.updated or plan.deleted or plan.changes:
        number, now = feed.draw_number(), timezone.now()
        Entry.objects.filter(pk__in=plan.deleted).delete()
        for entry in [*plan.created, *plan.updated.values()]:
            if not entry.version:
                entry.version, entry.updated_at = number, now
        _write_updates(plan)
        Entry.objects.bulk_create(plan.created, batch_size=200)
        for change in plan.changes:
            change.number, change.changed_at = number, now
        feed.append_changes(plan.changes)
    _write_references(plan.references)
    _tell_records(plan)


def _tell_records(plan: Plan) -> None:
    """Tell who keeps something beside the entries what was written; rows whose payload was not loaded keep theirs."""
    updated = [entry for entry in plan.updated.values() if "payload" not in entry.get_deferred_fields()]
    written = [feed.record_of(entry) for entry in [*plan.created, *updated]]
    removed = [(entry.entry_id, entry.locale) for entry in plan.deleted.values()]
    if written or removed:
        records_changed.send(sender=Entry, written=written, removed=removed)


def _write_updates(plan: Plan) -> None:
    """Write changed columns; rows whose payload was not loaded keep it."""
    whole: list[Entry] = []
    light: list[Entry] = []
    for entry in plan.updated.values():
        (light if "payload" in entry.get_deferred_fields() else whole).append(entry)
    columns = [name for name in WRITTEN_COLUMNS if name != "first_published_at"]
    Entry.objects.bulk_update(whole, columns, batch_size=100)
    lean = [*PLACE_COLUMNS, "version", "updated_at"]
    bare = [entry for entry in light if "translation_status" in entry.get_deferred_fields()]
    Entry.objects.bulk_update(bare, lean, batch_size=200)
    rest = [entry for entry in light if "translation_status" not in entry.get_deferred_fields()]
    Entry.objects.bulk_update(rest, [*lean, "translation_status"], batch_size=200)


def _write_references(wanted: Mapping[ObjectKey, frozenset[Reference]]) -> None:
    """Make the stored references of these entries equal to what their payloads use."""
    entries = _entries_of(wanted)
    by_pk = {entry.pk: key for key, entry in entries.items()}
    missing = {key: set(wanted[key]) for key in entries}
    surplus = []
    for row in EntryReference.objects.filter(entry__in=by_pk):
        reference = Reference(row.kind, row.key, row.role)
        if reference in missing[by_pk[row.entry_id]]:
            missing[by_pk[row.entry_id]].discard(reference)
        else:
            surplus.append(row.pk)
    EntryReference.objects.filter(pk__in=surplus).delete()
    EntryReference.objects.bulk_create(
        [
            EntryReference(entry=entries[key], kind=item.kind, key=item.key, role=item.role)
            for key, items in missing.items()
            for item in sorted(items)
        ],
        batch_size=500,
    )
