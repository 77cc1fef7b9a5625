"""What goes and what stays when the demonstration is removed: the seed's own things go, whatever people did stays."""

import sys
from datetime import timedelta
from io import BytesIO, StringIO
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.core.files.base import ContentFile
from django.core.management import CommandError, call_command
from django_tasks_db.models import DBTaskResult
from PIL import Image as Picture
from wagtail.models import Collection, Comment, Page, Revision, Site
from wagtail_localize.models import String, StringTranslation, TranslationSource

from cms.delivery.models import Change, Entry
from cms.delivery.rebuild import check_entries
from cms.demo import removal
from cms.demo.ledger import Ledger
from cms.demo.library import COLLECTION, collection
from cms.demo.models import Seeded
from cms.demo.people import PASSWORD, PEOPLE, Person, create_person, known_logins
from cms.demo.removal import is_seeded, plan_removal, remove_demonstration
from cms.media.models import File, Image
from cms.media.renditions import prepare_image
from cms.setup.writing import make_locales
from home.models import HomePage, SiteFacts
from pages.models import ChapterPage, InformationPage, Organisation, StudyPage
from tests.factories import (
    add_page,
    figure,
    locale,
    make_chapter,
    make_file,
    make_home,
    make_organisation,
    make_study,
    paragraph,
    translate,
)

TITLES = ["One", "Two", "Institute", "First", "Second", "Study", "Home", "brochure", "facts"]


def published(page: Any) -> Any:
    page.save_revision().publish()
    return page


@pytest.fixture
def demo(root_page: Page) -> Ledger:
    """A small demonstration: home, study in two languages, two chapters with a picture each, an organisation, two people."""
    ledger = Ledger()
    once = ledger.once
    once("locales", make_locales)
    for key, title in (("one", "One"), ("two", "Two")):
        once(f"picture:{key}:en", lambda title=title: stored_picture(title))
        prepare_image(Image.objects.get(title=title), minimum=True)
    once("file:brochure:en", lambda: make_file("brochure"))
    once("organisation:institute", lambda: published(make_organisation("Institute")))
    once("page:home", lambda: published(make_home("Home")))
    home = HomePage.objects.get()
    once("translation:home:fi", lambda: translate(home, "fi"))
    once("page:study", lambda: published(make_study(home, "Study")))
    study = StudyPage.objects.get()
    once("translation:study:fi", lambda: translate(study, "fi"))
    for key, title, image in (("study/first", "First", "One"), ("study/second", "Second", "Two")):
        once(f"page:{key}", lambda title=title, image=image: chapter(study, title, image))
    once("facts", facts)
    for person in (PEOPLE[0], PEOPLE[-1]):
        once(f"person:{person.username}", lambda person=person: create_person(Person(person.username, "", "")))
    once("work:draft", lambda: draft_by_seed())
    return ledger


def stored_picture(title: str) -> Image:
    """A picture without renditions, which are made outside transactions."""
    content = BytesIO()
    Picture.new("RGB", (320, 180), (200, 40, 40)).save(content, "PNG")
    image = Image(title=title, file=ContentFile(content.getvalue(), name="picture.png"), collection=collection())
    image.save()
    return image


def chapter(study: StudyPage, title: str, image: str) -> ChapterPage:
    body = [figure(Image.objects.get(title=image)), paragraph(f"<p>About {title}.</p>")]
    made: ChapterPage = published(make_chapter(study, title, body=body))
    return made


def facts() -> SiteFacts:
    made = SiteFacts.for_site(Site.objects.get())
    made.name = "Demo"
    made.save()
    return made


def draft_by_seed() -> Page:
    """What the seed itself does under the name of its people."""
    page: Any = ChapterPage.objects.get(title="Second")
    page.summary = "<p>Being rewritten.</p>"
    page.save_revision(user=user("author"))
    return page


def user(name: str) -> Any:
    return get_user_model().objects.get(username=name)


def staying() -> dict[str, str]:
    return {thing.title: thing.reason for thing in plan_removal().staying}


def remove() -> removal.Plan:
    return remove_demonstration(plan_removal(), lambda line: None)


def test_untouched_demonstration_goes_completely(demo: Ledger) -> None:
    delivered = set(Entry.objects.values_list("entry_id", "locale"))
    assert staying() == {}
    before = Change.objects.count()

    done = remove()

    assert len(done.going) == 9
    assert not Page.objects.filter(depth__gt=1).exists()
    assert not Image.objects.exists()
    assert not File.objects.exists()
    assert not Organisation.objects.exists()
    assert not Entry.objects.exists()
    assert not Seeded.objects.exists()
    assert not get_user_model().objects.exists()
    assert not Collection.objects.filter(name=COLLECTION).exists()
    assert not TranslationSource.objects.exists()
    assert not StringTranslation.objects.exists()
    tombstones = Change.objects.order_by("pk")[before:].values_list("entry_id", "locale", "kind")
    assert {(entry, code) for entry, code, kind in tombstones if kind == "deleted"} == delivered
    assert not is_seeded()


def test_site_stays_when_its_home_page_goes(demo: Ledger) -> None:
    changed = SiteFacts.objects.get()
    changed.email = "office@example.org"
    changed.save()

    remove()

    assert Site.objects.get().root_page == Page.get_first_root_node()
    assert SiteFacts.objects.get().email == "office@example.org"
    assert len(check_entries()) == 0


def test_edited_page_stays_with_its_picture_and_the_pages_above(demo: Ledger) -> None:
    first = ChapterPage.objects.get(title="First")
    first.title = "First, revised"
    first.save_revision(user=user("author")).publish(user=user("author"))
    day = f"{first.get_latest_revision().created_at:%Y-%m-%d}"

    assert staying() == {
        "First, revised": f"“First, revised” (en) changed by author on {day}",
        "One": "“First, revised” uses it",
        "Study": "“First, revised” stands below it",
        "Home": "“First, revised” stands below it",
    }
    remove()

    assert set(Page.objects.filter(depth__gt=1).values_list("title", "locale__language_code")) == {
        ("First, revised", "en"),
        ("Study", "en"),
        ("Home", "en"),
        *((page.title, "fi") for page in Page.objects.filter(locale__language_code="fi")),
    }
    assert Page.objects.filter(locale__language_code="fi").count() == 2
    assert list(Image.objects.values_list("title", flat=True)) == ["One"]
    assert len(check_entries()) == 0


def raw_save() -> None:
    page = ChapterPage.objects.get(title="First")
    page.sources = "Written past all doors"
    page.save()


def page_below() -> None:
    make_chapter(StudyPage.objects.get(locale__language_code="en"), "Ours")


def page_with_picture() -> None:
    home = HomePage.objects.get(locale__language_code="en")
    add_page(home, InformationPage, "Ours", body=[figure(Image.objects.get(title="Two"))])


def draft_with_picture() -> None:
    home = HomePage.objects.get(locale__language_code="en")
    page = add_page(home, InformationPage, "Ours")
    page.body = [figure(Image.objects.get(title="Two"))]
    page.save_revision()


def translation_by_people() -> None:
    study = StudyPage.objects.get(locale__language_code="fi")
    study.copy_for_translation(locale("de"), copy_parents=True)


def other_title_of_picture() -> None:
    image = Image.objects.get(title="One")
    image.title = "Ours"
    image.save()


def alt_text_of_picture() -> None:
    Image.objects.get(title="One").texts.create(locale="fi", alt="Kuva")


def comment() -> None:
    Comment.objects.create(
        page=ChapterPage.objects.get(title="First"), user=user("author"), text="?", contentpath="title"
    )


def moved_in_the_admin() -> None:
    page = ChapterPage.objects.get(title="First")
    page.specific.unpublish(user=user("author"))


@pytest.mark.parametrize(
    ("did", "title", "reason"),
    [
        (raw_save, "First", "“First” (en) holds other content than was published"),
        (page_below, "Study", "“Ours” stands below it"),
        (page_with_picture, "Two", "“Ours” uses it"),
        (draft_with_picture, "Two", "“Ours” uses it"),
        (translation_by_people, "Study", "people made another version of it"),
        (other_title_of_picture, "Ours", "“Ours” was changed"),
        (alt_text_of_picture, "One", "“One” was changed"),
        (comment, "First", "“First” (en) changed by author on "),
        (moved_in_the_admin, "First", "“First” (en) changed by author on "),
    ],
)
def test_what_people_did_keeps_it(demo: Ledger, did: Any, title: str, reason: str) -> None:
    did()

    found = staying()
    assert found[title].startswith(reason)
    remove()

    names = {str(one) for model in (Page, Image) for one in model.objects.all()}
    assert found.keys() <= names
    assert not names & (set(TITLES) - found.keys() - {"Home"})
    assert len(check_entries()) == 0


def test_people_go_stay_or_are_locked_out(demo: Ledger) -> None:
    author = user("author")
    first = ChapterPage.objects.get(title="First")
    first.save_revision(user=author)
    administrator = user("administrator")
    administrator.set_password("quite-my-Own-1")
    administrator.save()
    demo.once("person:editor", lambda: create_person(Person("editor", "", "")))
    assert known_logins() == ["author", "editor"]

    remove()

    assert set(get_user_model().objects.values_list("username", "is_active")) == {
        ("author", False),
        ("administrator", True),
    }
    assert not user("author").has_usable_password()
    assert user("administrator").check_password("quite-my-Own-1")
    assert ChapterPage.objects.get(title="First").get_latest_revision().user == author
    assert known_logins() == []


def test_looking_changes_no_password(demo: Ledger, settings: Any) -> None:
    before = list(get_user_model().objects.values_list("password", flat=True))
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.PBKDF2PasswordHasher", *settings.PASSWORD_HASHERS]

    plan_removal()

    assert list(get_user_model().objects.values_list("password", flat=True)) == before


def test_interrupted_removal_goes_on(demo: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    gone: list[Any] = []
    delete = removal._delete

    def some(one: Any) -> None:
        if len(gone) == 3:
            raise KeyboardInterrupt
        gone.append(one)
        delete(one)

    monkeypatch.setattr(removal, "_delete", some)
    with pytest.raises(KeyboardInterrupt):
        remove()
    assert is_seeded()
    assert len(check_entries()) == 0
    monkeypatch.setattr(removal, "_delete", delete)

    remove()

    assert not is_seeded()
    assert not Page.objects.filter(depth__gt=1).exists()


def test_what_is_changed_after_the_plan_stays(demo: Ledger) -> None:
    plan = plan_removal()
    ChapterPage.objects.get(title="First").save_revision(user=user("author"))

    done = remove_demonstration(plan, lambda line: None)

    assert {thing.title: thing.reason for thing in done.staying} == {
        "First": "“First” was changed just now",
        "Study": "“First” stands below it",
        "Home": "“Study” stands below it",
    }


def test_what_stayed_is_no_demonstration_any_more(demo: Ledger) -> None:
    raw_save()
    remove()
    kept = set(Page.objects.values_list("pk", flat=True))

    assert not is_seeded()
    again = plan_removal()
    assert (again.going, again.staying) == ([], [])
    remove()

    assert set(Page.objects.values_list("pk", flat=True)) == kept


def test_steps_from_before_rows_were_noted_are_told_by_time(demo: Ledger) -> None:
    Seeded.objects.update(made=None, fingerprint="")
    assert staying() == {}

    revision = ChapterPage.objects.get(title="First").save_revision()
    Revision.objects.filter(pk=revision.pk).update(created_at=revision.created_at + timedelta(minutes=5))

    assert staying()["First"].startswith("“First” (en) changed on ")


def test_tasks_about_what_is_gone_are_withdrawn(demo: Ledger) -> None:
    page_with_picture()
    ours = InformationPage.objects.get()
    DBTaskResult.objects.all().delete()
    for pk in (ours.pk, StudyPage.objects.latest("pk").pk + 1000):
        DBTaskResult.objects.create(
            args_kwargs={"args": ["wagtailcore", "page", str(pk)], "kwargs": {}},
            task_path="wagtail.tasks.update_reference_index_task",
            backend_name="default",
            exception_class_path="",
            traceback="",
            run_after=ours.latest_revision_created_at or Seeded.objects.latest("pk").seeded_at,
        )

    removal.withdraw_tasks()

    assert [task.args_kwargs["args"][2] for task in DBTaskResult.objects.all()] == [str(ours.pk)]


def test_strings_of_others_stay(demo: Ledger) -> None:
    home = make_own_home()
    translated = translate(home, "fi")

    remove()

    assert String.objects.filter(data="Ours").exists()
    assert translated.pk in Page.objects.values_list("pk", flat=True)


def make_own_home() -> Any:
    return add_page(HomePage.objects.get(locale__language_code="en"), InformationPage, "Ours")


def said_by(*arguments: str) -> str:
    out = StringIO()
    call_command("remove_demo", *arguments, stdout=out)
    return out.getvalue()


def test_dry_run_lists_and_removes_nothing(demo: Ledger) -> None:
    raw_save()
    before = set(Page.objects.values_list("pk", flat=True))

    said = said_by("--dry-run")

    assert "To be removed: 5 things, each in all its languages" in said
    assert "  chapters (1): Second" in said
    assert "  users (2): author; administrator" in said
    assert "To stay: 4 things" in said
    assert "    First: “First” (en) holds other content than was published" in said
    assert set(Page.objects.values_list("pk", flat=True)) == before
    assert is_seeded()


@pytest.mark.parametrize(("answer", "is_removed"), [("yes", True), ("", False), ("n", False)])
def test_somebody_is_asked(demo: Ledger, monkeypatch: pytest.MonkeyPatch, answer: str, is_removed: bool) -> None:
    monkeypatch.setattr(sys, "stdin", type("Terminal", (), {"isatty": staticmethod(lambda: True)}))
    monkeypatch.setattr("builtins.input", lambda question: answer)

    if is_removed:
        said = said_by()
        assert "No administrator is left; setup_site makes one." in said
    else:
        with pytest.raises(CommandError, match="Nothing was removed."):
            said_by()

    assert is_seeded() is not is_removed


def test_without_terminal_nobody_is_asked_and_nothing_goes(demo: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", type("Pipe", (), {"isatty": staticmethod(lambda: False)}))

    with pytest.raises(CommandError, match="Look with --dry-run, then remove with --no-input"):
        said_by()

    assert is_seeded()
    assert user("author").check_password(PASSWORD)


@pytest.mark.django_db
def test_without_demonstration_there_is_nothing_to_do() -> None:
    assert said_by() == "There is no demonstration in this database: nothing to remove.\n"
