"""Translation status of entries, contributed by whoever knows it: a registry with one place."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

StatusByEntry = Mapping[tuple[str, str], dict[str, Any]]
StatusProvider = Callable[[Iterable[str]], StatusByEntry]

_providers: list[StatusProvider] = []


def register_status_provider(provider: StatusProvider) -> None:
    """Register the function that maps entry ids to `{(entry id, locale): status}`.

    A status is `{"segments": int, "reviewed_segments": int, "is_stale": bool, "source_updated_at": ISO text or None}`.
    """
    _providers[:] = [provider]


def statuses_of(entry_ids: Iterable[str]) -> StatusByEntry:
    """Return the status of the published text of every locale of these entries; empty without a provider."""
    return _providers[0](entry_ids) if _providers else {}
