"""The door to wagtail-localize: segments by place, strings in bulk, drafts that leave the live version alone."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import Locale
from wagtail_localize.models import StringTranslation

from cms.delivery.models import Entry
from cms.translation import store
from pages.models import ChapterPage, StudyPage, Topic
from pages.signals import PublishRefused
from tests.factories import add_page, add_snippet, block, make_home, paragraph, translate

pytestmark = pytest.mark.django_db


def fi() -> Locale:
    return Locale.objects.get(language_code="fi")


def make_chapter() -> ChapterPage:
    home = make_home()
    study = add_page(home, StudyPage, "Study", slug="study")
    body = [
        block("heading", {"level": "2", "text": "Carbon"}),
        paragraph("<p>CO<sub>2</sub> rises. <b>We</b> measure it.</p><p>Twice.</p>"),
    ]
    chapter: ChapterPage = add_page(study, ChapterPage, "Air", slug="air", body=body, summary="<p>About air.</p>")
    translate(home, "fi")
    translate(study, "fi")
    return chapter


def test_a_sentence_with_sub_is_one_segment() -> None:
    chapter = make_chapter()

    (translation,) = store.submit(chapter, [fi()])

    assert [segment.text for segment in store.segments_of(translation)] == [
        "Air",
        "About air.",
        "Carbon",
        "CO<sub>2</sub> rises. <b>We</b> measure it.",
        "Twice.",
    ]


def test_places_of_an_unsaved_twin_are_those_of_its_source() -> None:
    chapter = make_chapter()
    (translation,) = store.submit(chapter, [fi()])

    assert list(store.strings_in(chapter)) == [segment.place for segment in store.segments_of(translation)]


def test_saving_strings_costs_the_same_for_one_and_for_many() -> None:
    chapter = make_chapter()
    (translation,) = store.submit(chapter, [fi()])
    places = [segment.place for segment in store.segments_of(translation)]

    with CaptureQueriesContext(connection) as one:
        store.save_strings(translation, {places[0]: "Ilma"})
    with CaptureQueriesContext(connection) as all_of_them:
        store.save_strings(translation, {place: f"fi {place[1]}" for place in places})

    assert len(one) == len(all_of_them)
    assert len(one) <= 4


def test_a_place_that_does_not_exist_is_named_and_nothing_is_saved() -> None:
    chapter = make_chapter()
    (translation,) = store.submit(chapter, [fi()])

    with pytest.raises(KeyError, match="no segment at"):
        store.save_strings(translation, {("body.nowhere", 0): "x"})

    state = store.readiness(store.make_target(translation))
    assert state == store.Readiness(segments=5, missing=5, machine=0)


def test_a_new_draft_leaves_the_live_translation_as_it_is() -> None:
    chapter = make_chapter()
    target = translate(chapter, "fi", kept={"slug": "ilma"})
    before = Entry.objects.get(entry_id=chapter.translation_key, locale="fi")
    (translation,) = store.submit(chapter, [fi()])
    places = {segment.place: "uusi" for segment in store.segments_of(translation)}

    store.save_strings(translation, places)
    store.make_target(translation)

    live = ChapterPage.objects.get(pk=target.pk)
    assert (live.title, live.slug) == ("fi Air", "ilma")
    assert live.get_latest_revision_as_object().title == "uusi"
    after = Entry.objects.get(entry_id=chapter.translation_key, locale="fi")
    assert (after.payload, after.version) == (before.payload, before.version)


def test_an_incomplete_translation_is_refused_with_the_number_of_missing_strings() -> None:
    chapter = make_chapter()
    (translation,) = store.submit(chapter, [fi()])
    first = store.segments_of(translation)[0]
    store.save_strings(translation, {first.place: "Ilma"})
    target = store.make_target(translation)

    with pytest.raises(PublishRefused) as refused:
        store.publish_target(target)

    assert [refusal.code for refusal in refused.value.refusals] == ["translation_missing"]
    assert "4 of 5 strings are not translated" in refused.value.refusals[0].reason
    assert not ChapterPage.objects.get(pk=target.pk).live
    assert not Entry.objects.filter(entry_id=chapter.translation_key, locale="fi").exists()


def test_a_machine_made_string_keeps_a_translation_from_going_live() -> None:
    chapter = make_chapter()
    (translation,) = store.submit(chapter, [fi()])
    store.save_strings(translation, {one.place: "x" for one in store.segments_of(translation)})
    one = StringTranslation.objects.filter(locale=fi(), context__object_id=chapter.translation_key).first()
    assert one is not None
    one.translation_type = StringTranslation.TRANSLATION_TYPE_MACHINE
    one.save()
    target = store.make_target(translation)

    with pytest.raises(PublishRefused) as refused:
        store.publish_target(target)

    assert [refusal.code for refusal in refused.value.refusals] == ["translation_machine"]


def test_a_snippet_that_was_never_submitted_cannot_go_live_in_another_language() -> None:
    make_home()
    topic = add_snippet(Topic, name="Evidence")
    copy = topic.copy_for_translation(fi())
    copy.live = False
    copy.save()

    with pytest.raises(PublishRefused) as refused:
        copy.save_revision().publish()

    assert [refusal.code for refusal in refused.value.refusals] == ["translation_unknown"]
    assert not Topic.objects.get(pk=copy.pk).live


def test_the_status_tells_a_stale_translation() -> None:
    chapter = make_chapter()
    translate(chapter, "fi")
    assert Entry.objects.get(entry_id=chapter.translation_key, locale="fi").translation_status["is_stale"] is False

    chapter = ChapterPage.objects.get(pk=chapter.pk)
    chapter.title = "Air and water"
    chapter.save_revision().publish()

    status = Entry.objects.get(entry_id=chapter.translation_key, locale="fi").translation_status
    assert status["is_stale"] is True
    assert (status["segments"], status["reviewed_segments"]) == (5, 5)
