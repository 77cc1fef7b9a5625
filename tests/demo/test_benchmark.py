"""The large study: real pages, revisions, translations and entries, the same each time, and never twice."""

from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.core.management import CommandError, call_command
from django.test import Client
from pytest_django import Settings
from wagtail.models import Locale
from wagtail_localize.models import StringSegment, TranslationSource

from cms.delivery.models import Change, Entry
from cms.delivery.rebuild import check_entries
from cms.demo import benchmark
from cms.demo.benchmark_text import PARAGRAPHS, chapter_text, phrases
from cms.media.models import Image
from cms.media.renditions import missing_minimum
from pages.entries import build_payload, words_of
from pages.models import ChapterPage, StudyPage

LOCALES = ("en", "fr", "fi", "it", "de")
PICTURES = [f"picture-{number}" for number in range(12)]


@pytest.fixture(autouse=True)
def small(settings: Settings, tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Draw two pictures instead of twelve, into a folder of the test's own."""
    settings.MEDIA_ROOT = tmp_path / "media"
    monkeypatch.setattr(benchmark, "PICTURES", 2)


def seed(chapters: int, *locales: str) -> int:
    return benchmark.seed_benchmark(chapters, locales, lambda text: None)


def body_words(body: list[dict[str, Any]]) -> int:
    texts = []
    for block in body:
        ((kind, value),) = block.items()
        texts += [value] if kind == "paragraph" else [value[name] for name in value if name not in ("level", "image")]
    return len(words_of(" ".join(texts)).split())


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("number", [1, 8, 60])
def test_chapter_has_about_1500_words_and_the_parts_of_a_real_one(locale: str, number: int) -> None:
    text = chapter_text(number, locale, PICTURES)

    kinds = [next(iter(block)) for block in text["body"]]
    assert [kinds.count(kind) for kind in ("heading", "paragraph", "figure", "quote")] == [4, 20, 4, 4]
    assert 1400 <= body_words(text["body"]) <= 1600
    paragraphs = [block["paragraph"] for block in text["body"] if "paragraph" in block]
    assert [(one.count("<b>"), one.count("<a href=")) for one in paragraphs] == [(1, 1)] * PARAGRAPHS
    assert len(set(paragraphs)) == PARAGRAPHS
    assert text == chapter_text(number, locale, PICTURES)


def test_sixty_chapters_show_twelve_pictures() -> None:
    texts = [chapter_text(number, "en", PICTURES) for number in range(1, 61)]

    shown = {block["figure"]["image"] for text in texts for block in text["body"] if "figure" in block}
    assert shown | {text["hero"] for text in texts} == set(PICTURES)
    assert len({text["title"] for text in texts}) == 60


@pytest.mark.parametrize("locale", LOCALES[1:])
def test_vocabularies_are_translations_of_each_other(locale: str) -> None:
    ours, theirs = phrases("en"), phrases(locale)

    assert ours.keys() == theirs.keys()
    lists = [name for name, words in ours.items() if isinstance(words, list)]
    assert len(lists) == 8
    assert {name: len(ours[name]) for name in lists} == {name: len(theirs[name]) for name in lists}
    assert not set(ours["actions"]) & set(theirs["actions"])


@pytest.mark.django_db
def test_chapters_are_published_in_every_language() -> None:
    made = seed(2, "en", "fi")

    assert made == 4
    pages = ChapterPage.objects.order_by("locale__language_code", "path")
    assert [(page.locale.language_code, page.slug, page.source_locale, page.live) for page in pages] == [
        ("en", "measured-chapter-1", "en", True),
        ("en", "measured-chapter-2", "en", True),
        ("fi", "mitattu-luku-1", "en", True),
        ("fi", "mitattu-luku-2", "en", True),
    ]
    assert [page.live_revision_id == page.latest_revision_id is not None for page in pages] == [True] * 4
    assert [page.has_unpublished_changes for page in pages] == [False] * 4
    assert missing_minimum(Image.objects.values_list("pk", flat=True)) == set()
    assert Image.objects.count() == 2


@pytest.mark.django_db
def test_entries_equal_what_is_live() -> None:
    seed(2, "en", "fi")

    assert check_entries() == []
    entry = Entry.objects.get(locale="fi", slug="mitattu-luku-2")
    assert (entry.position, entry.path) == (2, "/laaja-tutkimus/mitattu-luku-2/")
    status = entry.translation_status
    assert (status["segments"], status["is_stale"]) == (status["reviewed_segments"], False)
    assert status["segments"] == 2 + 4 + 20 + 4 * 2 + 4 * 2  # title and summary, and the texts of the body
    assert Change.objects.filter(locale="fi", entry_type="Chapter", kind="upserted").count() == 2


@pytest.mark.django_db
def test_targets_are_what_wagtail_localize_makes_of_the_segments() -> None:
    seed(2, "en", "de")

    for source in TranslationSource.objects.filter(object_repr__startswith="Measured"):
        made = source.get_ephemeral_translated_instance(Locale.objects.get(language_code="de"))
        entry = Entry.objects.get(entry_id=source.object_id, locale="de")
        payload, references = build_payload(made)
        assert payload["body"] == entry.payload["body"]
        assert (payload["title"], payload["summary"]) == (entry.payload["title"], entry.payload["summary"])
        assert len(references) == entry.references.count()


@pytest.mark.django_db
def test_registering_in_bulk_writes_the_rows_of_wagtail_localize() -> None:
    seed(1, "en", "fr")
    source = TranslationSource.objects.get(object_repr__startswith="Measured")

    def rows() -> list[list[tuple[Any, ...]]]:
        kinds = ("stringsegment_set", "templatesegment_set", "relatedobjectsegment_set", "overridablesegment_set")
        found = [list(getattr(source, kind).order_by("pk").values_list()) for kind in kinds]
        contexts = StringSegment.objects.filter(source=source).order_by("pk")
        return [*found, list(contexts.values_list("context__path", "context__path_id", "context__field_path"))]

    before = rows()
    assert [len(kind) for kind in before] == [42, 25, 0, 5, 42]
    source.refresh_segments()

    assert rows() == before


@pytest.mark.django_db
def test_second_run_adds_only_what_is_missing() -> None:
    seed(1, "en", "fr")
    page = ChapterPage.objects.get(locale__language_code="en")
    page.title = "A title of somebody's own"
    page.save_revision().publish()

    made = seed(2, "fr", "en", "de")

    assert made == 1 + 3  # German of the first, three languages of the second
    assert seed(2, "en", "fr", "de") == 0
    assert StudyPage.objects.count() == 3
    assert ChapterPage.objects.count() == 6
    assert set(ChapterPage.objects.values_list("source_locale", flat=True)) == {"en"}
    page.refresh_from_db()
    assert page.title == "A title of somebody's own"
    assert check_entries() == []


@pytest.mark.django_db
def test_editors_open_every_chapter(client: Client) -> None:
    seed(1, "en", "it")
    client.force_login(get_user_model().objects.create_superuser("editor"))

    for page in ChapterPage.objects.all():
        assert client.get(f"/admin/pages/{page.pk}/edit/").status_code == 200


@pytest.mark.django_db
def test_command_refuses_what_it_cannot_build() -> None:
    with pytest.raises(CommandError, match="--locales is 'en,sv'; it takes language codes out of en,fr,fi,it,de"):
        call_command("seed_benchmark", locales="en,sv")
    with pytest.raises(CommandError, match="--chapters is 0; it must be between 1 and 5000"):
        call_command("seed_benchmark", chapters=0)
    assert StudyPage.objects.count() == 0


@pytest.mark.django_db
def test_command_refuses_production_settings(settings: Settings) -> None:
    settings.DEMONSTRATION_ALLOWED = False

    with pytest.raises(CommandError, match="production settings"):
        call_command("seed_benchmark", chapters=1)
    assert StudyPage.objects.count() == 0
