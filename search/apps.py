"""The search application."""

from django.apps import AppConfig


class SearchConfig(AppConfig):
    """Django's configuration of `search`."""

    name = "search"

    def ready(self) -> None:
        """Keep the index by what delivery writes, in the same transaction."""
        from pages.signals import records_changed
        from search.index import on_records_changed

        records_changed.connect(on_records_changed, dispatch_uid="search-records")
