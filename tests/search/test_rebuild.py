"""The whole index made again: on a filled database, interrupted, compared, and as an upgrade brings it."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from cms.delivery.models import Entry
from search import rebuild
from search.models import IndexRow, IndexState, Word
from search.queries import find
from tests.delivery.world import make_world


def run(*arguments: str) -> str:
    out = StringIO()
    call_command("rebuild_search", *arguments, stdout=out)
    return out.getvalue()


def contents() -> list[tuple[str, ...]]:
    return sorted(IndexRow.objects.values_list("title", "locale", "fingerprint", "terms", "words"))


@pytest.mark.django_db
def test_lost_wrong_and_surplus_rows_and_words_are_told_and_made_right() -> None:
    make_world(chapters=4)
    run()
    right = contents()
    words = sorted(Word.objects.values_list("locale", "word", "stem", "entries"))
    first, second, third, *_ = IndexRow.objects.filter(entry_type="Chapter").order_by("title")
    first.delete()
    IndexRow.objects.filter(pk=second.pk).update(fingerprint="old", title="Old", words=" old ")
    IndexRow.objects.filter(pk=third.pk).update(locale="fi")
    Word.objects.filter(word="words").update(stem="wrong")

    with pytest.raises(CommandError, match="The search index differs in 6 places; run rebuild_search."):
        run("--check")

    assert run() == f"{Entry.objects.count()} entries looked at; the search index is up to date.\n"
    assert contents() == right
    assert sorted(Word.objects.values_list("locale", "word", "stem", "entries")) == words
    assert run("--check") == "The search index is equal to what is delivered.\n"


@pytest.mark.django_db
def test_interrupted_rebuild_goes_on_without_writing_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    make_world(chapters=4)
    right = contents()
    IndexRow.objects.all().delete()
    Word.objects.all().delete()
    monkeypatch.setattr(rebuild, "CHUNK", 2)
    half = rebuild.rebuild()
    next(half)
    next(half)
    half.close()
    kept = set(IndexRow.objects.values_list("pk", flat=True))

    assert 0 < len(kept) < len(right)
    assert rebuild.is_outdated()
    find("chapter", "en")

    rebuild.rebuild_outdated()

    assert kept <= set(IndexRow.objects.values_list("pk", flat=True))
    assert contents() == right
    assert not rebuild.is_outdated()


@pytest.mark.django_db
def test_index_of_other_code_is_outdated_and_only_then_made_again() -> None:
    make_world(chapters=1)
    assert rebuild.is_outdated()
    assert "entries looked at" in run("--outdated")
    assert run("--outdated") == ""

    IndexState.objects.update(version="0 elsewhere")
    IndexRow.objects.all().delete()

    with pytest.raises(CommandError):
        run("--check")
    rebuild.rebuild_outdated()
    assert run("--check") == "The search index is equal to what is delivered.\n"


@pytest.mark.django_db(transaction=True)
def test_upgrade_of_a_filled_database_brings_the_index() -> None:
    make_world(chapters=3)
    right = contents()
    executor = MigrationExecutor(connection)
    executor.migrate([("search", None)])
    assert "search_indexrow" not in connection.introspection.table_names()

    call_command("migrate", verbosity=0, interactive=False)
    assert find("chapter", "en").total == 0
    run("--outdated")

    assert contents() == right
    assert find("chapter", "en").total >= 3
