"""A reader who follows the change log and compares it with what can be seen."""

import hashlib
import json
from dataclasses import dataclass, field

from cms.delivery.feed import content_version
from cms.delivery.models import Change, ChangeKind, Entry
from cms.delivery.queries import deliverable
from cms.delivery.rebuild import check_entries

Key = tuple[str, str]


@dataclass
class Observer:
    """Knows what a reader knows who has read the log up to `last_id`."""

    last_id: int = 0
    last_number: int = 0
    known_paths: dict[Key, str | None] = field(default_factory=dict)
    versions: dict[Key, int] = field(default_factory=dict)
    digests: dict[Key, str] = field(default_factory=dict)

    def look(self) -> None:
        """Read what is new in the log and compare it with what can be seen."""
        assert content_version() >= self.last_number, "the content version went back"
        visible = {(str(entry.entry_id), entry.locale): entry for entry in deliverable()}
        changed = self._follow(visible)
        paths = {key: entry.path for key, entry in visible.items()}
        assert self.known_paths == paths, _difference(self.known_paths, paths)
        for key, entry in visible.items():
            digest = _digest(entry)
            if self.digests.get(key) != digest:
                assert key in changed, f"{entry} {entry.path} changed without a line in the log"
            if key in changed:
                assert entry.version > self.versions.get(key, 0), f"{entry} has no new version"
            assert entry.version >= self.versions.get(key, 0), f"the version of {entry} went back"
            assert entry.version <= content_version()
            self.versions[key], self.digests[key] = entry.version, digest
        self.digests = {key: self.digests[key] for key in visible}

    def _follow(self, visible: dict[Key, Entry]) -> set[Key]:
        changed = set()
        for change in Change.objects.filter(id__gt=self.last_id).order_by("id"):
            key = (str(change.entry_id), change.locale)
            assert change.number >= self.last_number, "a number went back"
            self.last_id, self.last_number = change.pk, change.number
            changed.add(key)
            if change.kind == ChangeKind.DELETED:
                assert key in self.known_paths, f"{change} tells of something unknown"
                known = self.known_paths.pop(key)
                assert known in (None, change.previous_path), f"{change} names a wrong path"
                continue
            if change.previous_path:
                assert self.known_paths.get(key) in (None, change.previous_path), f"{change} names a wrong path"
            # Nobody has seen what went again before this reader looked.
            self.known_paths[key] = visible[key].path if key in visible else None
        return changed

    def compare(self) -> None:
        """Compare every entry with what is live, and the whole log with what can be seen."""
        found = check_entries()
        assert found == [], "\n".join(str(one) for one in found)
        alive: set[Key] = set()
        for change in Change.objects.order_by("id"):
            key = (str(change.entry_id), change.locale)
            alive.discard(key) if change.kind == ChangeKind.DELETED else alive.add(key)
        assert alive == {(str(entry.entry_id), entry.locale) for entry in deliverable()}

    def state(self) -> tuple[int, int, str]:
        """Return something that is different after anything delivered or logged has changed."""
        entries = [(entry.pk, entry.version, _digest(entry)) for entry in Entry.objects.order_by("pk")]
        return Change.objects.count(), content_version(), hashlib.sha256(repr(entries).encode()).hexdigest()


def _digest(entry: Entry) -> str:
    seen = [entry.payload, entry.path, entry.slug, entry.position, entry.content_locale, entry.entry_type]
    return hashlib.sha256(json.dumps(seen, sort_keys=True).encode()).hexdigest()


def _difference(known: dict[Key, str | None], visible: dict[Key, str]) -> str:
    lines = [f"the log says {known[key]!r}, which is not there" for key in known.keys() - visible.keys()]
    lines += [f"the log does not know {visible[key]!r} ({key})" for key in visible.keys() - known.keys()]
    both = known.keys() & visible.keys()
    return "\n".join(lines + [f"{known[key]!r} is {visible[key]!r}" for key in both if known[key] != visible[key]])
