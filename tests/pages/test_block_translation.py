"""wagtail-localize gets every sentence of every block, and puts translations back without touching anything else."""

import copy
import json
from typing import Any

import pytest
from django.test import Client
from wagtail.models import Locale, Page
from wagtail_footnotes.models import Footnote
from wagtail_localize.models import StringTranslation, Translation, TranslationSource
from wagtail_localize.segments import OverridableSegmentValue, StringSegmentValue
from wagtail_localize.segments.extract import StreamFieldSegmentExtractor, extract_segments
from wagtail_localize.segments.ingest import StreamFieldSegmentsWriter
from wagtail_localize.strings import StringValue

from home.models import HomePage
from pages.blocks import BrochureBody, GuidanceToolBody, OutputBlock, image_value
from pages.models import ChapterPage, StudyPage
from tests.pages.block_samples import BODY_TEXTS, NOTE, body_data, make_file, make_image, make_organisation


@pytest.fixture
def french(db: None) -> Locale:
    return Locale.objects.get_or_create(language_code="fr")[0]


@pytest.fixture
def body(db: None) -> Any:
    root = Page.objects.get(depth=1)
    data = body_data(make_image(), make_file(), root, make_organisation())
    return GuidanceToolBody().to_python(data)


def segments_of(value: Any) -> list[Any]:
    """Return the segments in order, as `extract_segments` numbers them, without the empty ones."""
    found = StreamFieldSegmentExtractor(field=None, include_overridables=True).handle_stream_block(value)
    return [segment.with_order(order) for order, segment in enumerate(found) if not segment.is_empty()]


def translated(segment: Any) -> Any:
    """Return a segment whose texts are marked as French; everything else is returned as it is."""
    if not isinstance(segment, StringSegmentValue):
        return segment
    string = StringValue.from_translated_html("FR " + segment.string.get_translatable_html())
    return StringSegmentValue(segment.path, string, attrs=segment.attrs, order=segment.order)


def texts(segments: list[Any]) -> list[str]:
    return [segment.string.get_translatable_html() for segment in segments if isinstance(segment, StringSegmentValue)]


def without_french(value: Any) -> Any:
    """Return stored data with the mark of the translation taken away again."""
    if isinstance(value, str):
        return value.replace("FR ", "")
    if isinstance(value, list):
        return [without_french(item) for item in value]
    if isinstance(value, dict):
        return {key: without_french(item) for key, item in value.items()}
    return value


def test_every_sentence_is_a_segment(body: Any) -> None:
    assert texts(segments_of(body)) == BODY_TEXTS


def test_only_pictures_files_and_links_in_text_can_be_replaced_per_locale(body: Any) -> None:
    segments = segments_of(body)

    replaceable = {
        segment.path.split(".", 1)[1] for segment in segments if isinstance(segment, OverridableSegmentValue)
    }

    assert replaceable == {"image.image", "poster.image", "file"}


def test_translation_changes_every_text_and_nothing_else(body: Any, french: Locale) -> None:
    before = copy.deepcopy(list(body.get_prep_value()))
    segments = segments_of(body)

    writer = StreamFieldSegmentsWriter(field=None, src_locale=Locale.get_default(), tgt_locale=french)
    after = list(writer.handle_stream_block(body, [translated(segment) for segment in segments]).get_prep_value())

    assert texts(segments_of(GuidanceToolBody().to_python(after))) == ["FR " + text for text in BODY_TEXTS]
    assert without_french(after) == before


def test_codes_names_and_addresses_are_no_segments(db: None) -> None:
    block = OutputBlock()
    value = block.to_python(
        {"kind": "STUDY", "title": "Study", "planned_availability": "2018-01", "languages": ["en"], "page": 1}
    )

    segments = StreamFieldSegmentExtractor(field=None, include_overridables=True).handle_struct_block(value)

    assert [segment.path for segment in segments if not segment.is_empty()] == ["title"]


def test_panel_is_translated_with_and_without_image(db: None, french: Locale) -> None:
    image = image_value(make_image(), "A leaf seen from above")
    data = [
        {"type": "panel", "id": "a", "value": {"title": "One", "content": "<p>Text</p>", "image": image}},
        {"type": "panel", "id": "b", "value": {"title": "Two", "content": "<p>More</p>"}},
    ]
    value = BrochureBody().to_python(data)

    assert texts(segments_of(value)) == ["One", "Text", "A leaf seen from above", "Two", "More"]


def test_chapter_is_translated_with_its_footnotes(db: None, french: Locale) -> None:
    image, file, organisation = make_image(), make_file(), make_organisation()
    root = Page.objects.get(depth=1)
    data = [
        block
        for block in body_data(image, file, root, organisation)
        if block["type"] not in ("steps", "checklist", "reflection")
    ]
    chapter = ChapterPage(title="Inquiry", slug="inquiry", body=data, locale=Locale.get_default())
    chapter.footnotes = [Footnote(uuid=NOTE, text="<p>Seen in <i>2015</i>, m<sup>2</sup>.</p>", locale=chapter.locale)]

    found = texts(extract_segments(chapter))

    assert "Seen in <i>2015</i>, m<sup>2</sup>." in found
    assert [text for text in found if text in BODY_TEXTS] == BODY_TEXTS[: BODY_TEXTS.index("Two steps")]


def test_image_of_a_translation_can_be_another_one(body: Any, french: Locale) -> None:
    other = make_image("Blatt")
    segments = [
        OverridableSegmentValue(segment.path, other.pk, order=segment.order)
        if segment.path.endswith("image.image") or segment.path.endswith("poster.image")
        else segment
        for segment in segments_of(body)
    ]

    writer = StreamFieldSegmentsWriter(field=None, src_locale=Locale.get_default(), tgt_locale=french)
    after = list(writer.handle_stream_block(body, segments).get_prep_value())

    assert after[2]["value"]["image"] == image_value(other, "A leaf seen from above")
    assert after[9]["value"]["poster"] == image_value(other, decorative=True)


@pytest.fixture
def chapter(body: Any) -> ChapterPage:
    root, english = Page.objects.get(depth=1), Locale.get_default()
    home = root.add_child(instance=HomePage(title="Home", slug="start", locale=english))
    study = home.add_child(instance=StudyPage(title="Study", slug="study", locale=english))
    data = [block for block in body.get_prep_value() if block["type"] not in ("steps", "checklist", "reflection")]
    return study.add_child(instance=ChapterPage(title="Inquiry", slug="inquiry", body=data, locale=english))


@pytest.fixture
def translation(chapter: ChapterPage, french: Locale) -> Translation:
    """Return the translation of the chapter, every string of it translated, saved as a draft."""
    for ancestor in chapter.get_ancestors().type(HomePage, StudyPage).specific():
        ancestor.copy_for_translation(french)
    source, _ = TranslationSource.get_or_create_from_instance(chapter)
    translation = Translation.objects.create(source=source, target_locale=french)
    for segment in source.stringsegment_set.select_related("string", "context"):
        StringTranslation.objects.create(
            translation_of=segment.string, context=segment.context, locale=french, data="FR " + segment.string.data
        )
    translation.save_target(publish=False)
    return translation


def test_chapter_goes_through_the_tables_of_wagtail_localize(chapter: ChapterPage, translation: Translation) -> None:
    latest = translation.get_target_instance().get_latest_revision_as_object()

    assert without_french(list(latest.body.get_prep_value())) == list(chapter.body.get_prep_value())
    assert texts(segments_of(latest.body)) == ["FR " + text for text in BODY_TEXTS[: BODY_TEXTS.index("Two steps")]]


def test_translators_screen_opens_with_every_text(translation: Translation, admin_client: Client) -> None:
    page = translation.get_target_instance()

    response = admin_client.get(f"/admin/pages/{page.pk}/edit/")

    props = json.loads(response.context["props"])
    shown = {segment["source"] for segment in props["segments"] if segment["type"] == "string"}
    assert response.status_code == 200
    assert set(BODY_TEXTS[: BODY_TEXTS.index("Two steps")]) <= shown
    assert {
        (segment["location"]["field"], segment["location"]["subField"])
        for segment in props["segments"]
        if segment.get("source") in ("Phases", "What changes?", "A leaf seen from above")
    } == {("Table", "Table"), ("Figure", "Image")}
