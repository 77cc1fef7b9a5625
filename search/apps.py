"""The search application."""

from typing import ClassVar

from django.apps import AppConfig


class SearchConfig(AppConfig):
    """Django's configuration of `search`."""

    name = "search"
    # After an upgrade, or on a database that had none, the background process makes the index; it is quick otherwise.
    timetable: ClassVar[list[tuple[str, int, str]]] = [("search index", 60, "search.rebuild.rebuild_outdated")]

    def ready(self) -> None:
        """Keep the index by what delivery writes, in the same transaction."""
        from pages.signals import records_changed
        from search.index import on_records_changed

        records_changed.connect(on_records_changed, dispatch_uid="search-records")
