"""The start page: whom it greets, what it says waits for them, where that leads, and the three things to try first."""

from collections.abc import Callable
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import lxml.html
import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.db import connection
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Comment, CommentReply
from wagtail.users.models import UserProfile

from cms.enquiries.models import Enquiry, EnquiryState
from cms.enquiries.services import mark_enquiry
from cms.media.models import Image
from cms.models import TimetableRun
from cms.roles.panels import StartPanel
from cms.translation import store
from tests import factories
from tests.roles.conftest import GROUPS

HOME = "/admin/"


def person(name: str) -> Any:
    return get_user_model().objects.get(username=name)


def document(client: Client, url: str = HOME) -> Any:
    response = client.get(url)
    assert response.status_code == 200, url
    return lxml.html.fromstring(response.content)


def words(element: Any) -> str:
    return " ".join(element.text_content().split())


def waiting(client: Client) -> dict[str, str]:
    """Return what the start page says waits, and where it leads."""
    found = document(client).xpath("//a[@class='start-waiting__all']")
    return {words(one): one.get("href") for one in found}


def steps(client: Client) -> dict[str, str]:
    found = document(client).xpath("//li[@class='start-step']//a")
    return {words(one): one.get("href") for one in found}


def draft_of(site: SimpleNamespace, title: str, owner: str, **fields: Any) -> Any:
    chapter = factories.make_chapter(site.study, title, live=False, owner=person(owner), **fields)
    chapter.save_revision(user=person(owner))
    return type(chapter).objects.get(pk=chapter.pk)


@pytest.mark.parametrize("role", GROUPS)
def test_each_role_is_greeted_by_name_and_every_link_opens(
    site: SimpleNamespace, sign_in: Callable[[str], Client], role: str
) -> None:
    client = sign_in(role)
    sign_in("author")
    draft = draft_of(site, "In review", "author")
    draft.get_workflow().start(draft, person("author"))

    page = document(client)

    assert words(page.xpath("//h1")[0]) == f"Hello, {role}"
    assert words(page.xpath("//p[@class='start-role']")[0]) == f"You work here as: {role.capitalize()}"
    offered = steps(client)
    assert len(offered) == 3
    for url in [*offered.values(), *waiting(client).values()]:
        assert client.get(url, follow=True).status_code == 200, url


def test_person_with_two_roles_sees_both_once(site: SimpleNamespace, sign_in: Callable[[str], Client]) -> None:
    client = sign_in("editor")
    single = steps(client)
    person("editor").groups.add(Group.objects.get(name="Coordinators"))
    TimetableRun.objects.create(name="a job", due_at=timezone.now(), error="broken")
    factories.make_image(description="")

    both = steps(client)

    assert words(document(client).xpath("//p[@class='start-role']")[0]) == "You work here as: Editor, Coordinator"
    assert list(both)[:3] == list(single)
    assert len(both) == 6
    assert list(waiting(client)) == ["1 picture has no description for people who cannot see it"]


def test_person_without_a_role_is_told_whom_to_ask(site: SimpleNamespace, sign_in: Callable[[str], Client]) -> None:
    get_user_model().objects.create_superuser("root", first_name="Ada", last_name="Boss")
    client = sign_in("reviewer")
    user = person("reviewer")
    user.groups.clear()
    user.user_permissions.add(Group.objects.get(name="Reviewers").permissions.get(codename="access_admin"))

    page = words(document(client).xpath("//div[@class='start-empty']")[0])

    assert page.startswith("You have no role yet.")
    assert page.endswith("Ask for one: Ada Boss")
    assert steps(client) == {}


def test_nobody_has_to_guess_what_to_do_when_nothing_waits(
    site: SimpleNamespace, sign_in: Callable[[str], Client]
) -> None:
    page = document(sign_in("author"))

    assert words(page.xpath("//section[@id='waiting-section']//div[@class='start-empty']")[0]) == (
        "Nothing waits for you. A good moment to try one of the things below."
    )


def test_draft_waits_for_its_author_until_it_is_submitted(
    site: SimpleNamespace, sign_in: Callable[[str], Client]
) -> None:
    author, reviewer = sign_in("author"), sign_in("reviewer")
    draft = draft_of(site, "Begun", "author")
    assert waiting(author) == {"1 draft of yours has not been submitted": "/admin/start/drafts/"}

    draft.get_workflow().start(draft, person("author"))

    assert waiting(author) == {}
    assert waiting(reviewer) == {"1 page waits for your review": "/admin/start/reviews/"}

    draft.current_workflow_task_state.reject(user=person("reviewer"), comment="Please say more.")

    assert waiting(reviewer) == {}
    assert waiting(author) == {"1 page of yours was sent back for changes": "/admin/start/sent-back/"}


def test_scheduled_draft_and_translation_are_no_drafts_of_their_author(
    site: SimpleNamespace, sign_in: Callable[[str], Client]
) -> None:
    client = sign_in("author")
    scheduled = draft_of(site, "Later", "author")
    scheduled.go_live_at = timezone.now() + timedelta(days=2)
    scheduled.save_revision().publish()
    (translation,) = store.submit(site.second, [factories.locale("fr")])
    target = store.make_target(translation)
    type(target).objects.filter(pk=target.pk).update(owner=person("author"))

    assert waiting(client) == {}


def test_comment_waits_until_the_author_answers(site: SimpleNamespace, sign_in: Callable[[str], Client]) -> None:
    author = sign_in("author")
    sign_in("editor")
    type(site.chapter).objects.filter(pk=site.chapter.pk).update(owner=person("author"))
    comment = Comment.objects.create(page=site.chapter, user=person("editor"), text="Why?", contentpath="title")
    assert waiting(author) == {"1 page of yours has open comments": "/admin/start/comments/"}

    CommentReply.objects.create(comment=comment, user=person("author"), text="Because.")

    assert waiting(author) == {}


def test_translator_sees_the_texts_and_counts_of_their_own_language(
    site: SimpleNamespace, sign_in: Callable[[str], Client]
) -> None:
    client = sign_in("translator")
    profile = UserProfile.get_for_user(person("translator"))
    profile.preferred_language = "fr"
    profile.save()
    translations = store.submit(site.second, [factories.locale("fr"), factories.locale("de")])
    for translation in translations:
        if translation.target_locale.language_code == "fr":
            store.make_target(translation)
    site.chapter.save_revision().publish()

    lines = document(client).xpath("//a[@class='start-waiting__all']")

    assert [words(one).split()[0] for one in lines] == ["1", "1"]
    assert lines[0].get("href") == (
        "/admin/localize/reports/translations/?waiting_for_translation=true&target_locale=fr"
    )
    links = document(client).xpath("//ul[@class='start-waiting__links']//a/@href")
    french = site.second.get_translation(factories.locale("fr"))
    assert links == [f"/admin/pages/{french.pk}/edit/", f"/admin/pages/{site.french_chapter.pk}/edit/"]


def test_coordinator_sees_every_language_with_its_count(
    site: SimpleNamespace, sign_in: Callable[[str], Client]
) -> None:
    client = sign_in("coordinator")
    store.submit(site.chapter, [factories.locale(code) for code in ("de", "fi")])
    store.submit(site.second, [factories.locale("de")])

    page = document(client)

    assert words(page.xpath("//a[@class='start-waiting__all']")[0]) == "3 texts wait for translation"
    shown = [words(one) for one in page.xpath("//ul[@class='start-waiting__links']/li")]
    assert shown == ["Finnish 1", "German 2"]


def test_administrator_is_told_of_failed_jobs_and_of_people_without_a_role(
    site: SimpleNamespace, sign_in: Callable[[str], Client]
) -> None:
    client = sign_in("administrator")
    get_user_model().objects.create_user("new", first_name="Nina")
    TimetableRun.objects.create(
        name="publish", due_at=timezone.now(), error="OSError: full", finished_at=timezone.now()
    )

    assert waiting(client) == {
        "1 job in the background failed": "/admin/reports/jobs/",
        "1 person has no role yet": "/admin/users/",
    }
    assert "OSError: full" in words(document(client, "/admin/reports/jobs/"))


def test_enquiry_waits_for_those_who_answer_until_it_is_answered(
    site: SimpleNamespace, sign_in: Callable[[str], Client]
) -> None:
    client = sign_in("communications")
    now = timezone.now()
    enquiry = Enquiry.objects.create(
        name="Ada",
        email="ada@example.org",
        message="Hello",
        subject_title="Events",
        language="en",
        consent_text="Yes",
        consented_at=now,
        received_at=now,
        expires_at=now + timedelta(days=30),
        fingerprint="1",
    )

    assert waiting(client) == {"1 enquiry has not been answered": "/admin/enquiries/?state=new"}
    assert document(client).xpath("//ul[@class='start-waiting__links']//a/@href") == [
        f"/admin/enquiries/inspect/{enquiry.pk}/"
    ]
    assert waiting(sign_in("author")) == {}

    mark_enquiry(enquiry, EnquiryState.ANSWERED, get_user_model().objects.get(username="communications"))

    assert waiting(client) == {}


@pytest.mark.parametrize("role", [role for role in GROUPS if role != "administrator"])
def test_background_jobs_are_for_administrators(
    site: SimpleNamespace, sign_in: Callable[[str], Client], role: str
) -> None:
    assert sign_in(role).get("/admin/reports/jobs/").url == HOME


def test_pictures_without_a_description_are_listed(site: SimpleNamespace, sign_in: Callable[[str], Client]) -> None:
    client = sign_in("communications")
    bare = factories.make_image("Bare", description="")
    factories.make_image("Described", description="A red field")

    (url,) = waiting(client).values()
    page = document(client, url)

    assert url == "/admin/images/?described=no"
    listed = page.xpath("//ul[contains(@class, 'listing')]/li//a/@href")
    assert [href for href in listed if href.startswith(f"/admin/images/{bare.pk}/")] != []
    assert words(page.xpath("//ul[contains(@class, 'listing')]")[0]).count("Described") == 0
    assert Image.objects.count() >= 2


def test_list_holds_what_waits_and_nothing_of_others(site: SimpleNamespace, sign_in: Callable[[str], Client]) -> None:
    author, editor = sign_in("author"), sign_in("editor")
    draft_of(site, "Begun by the author", "author")
    draft_of(site, "Begun by the editor", "editor")

    assert "Begun by the author" in words(document(author, "/admin/start/drafts/"))
    assert "Begun by the editor" not in words(document(author, "/admin/start/drafts/"))
    assert "Begun by the author" not in words(document(editor, "/admin/start/drafts/"))


def test_list_that_is_unknown_or_not_ones_work_is_not_found(
    site: SimpleNamespace, sign_in: Callable[[str], Client]
) -> None:
    assert sign_in("author").get("/admin/start/nothing/", follow=True).status_code == 404
    assert sign_in("author").get("/admin/start/outdated-translations/", follow=True).status_code == 404
    assert sign_in("translator").get("/admin/start/outdated-translations/").status_code == 200


def test_empty_list_leads_back(site: SimpleNamespace, sign_in: Callable[[str], Client]) -> None:
    page = words(document(sign_in("author"), "/admin/start/drafts/"))

    assert "Nothing waits here any more. Back to the start page" in page


def test_steps_can_be_hidden_by_each_person_and_come_back(
    site: SimpleNamespace, sign_in: Callable[[str], Client]
) -> None:
    author, editor = sign_in("author"), sign_in("editor")

    assert author.post(reverse("start_page_steps")).url == HOME
    assert steps(author) == {}
    assert len(steps(editor)) == 3
    assert words(document(author).xpath("//form[@class='start-again']")[0]) == "Show three things to try first"

    author.post(reverse("start_page_steps"), {"show": "1"})

    assert len(steps(author)) == 3


def test_steps_are_not_hidden_by_following_a_link(site: SimpleNamespace, sign_in: Callable[[str], Client]) -> None:
    client = sign_in("author")

    assert client.get(reverse("start_page_steps")).status_code == 405
    assert len(steps(client)) == 3


@pytest.mark.parametrize("role", GROUPS)
def test_number_of_statements_does_not_grow_with_what_waits(
    site: SimpleNamespace, sign_in: Callable[[str], Client], role: str
) -> None:
    sign_in(role)
    sign_in("author")

    def add_work(number: int) -> None:
        for index in range(number):
            name = f"{number}-{index}"
            draft_of(site, f"Draft {name}", role)
            submitted = draft_of(site, f"Submitted {name}", "author")
            store.submit(submitted, [factories.locale("de"), factories.locale("fr")])
            TimetableRun.objects.create(name=name, due_at=timezone.now(), error="broken")
            get_user_model().objects.create_user(name)

    def statements() -> int:
        request = RequestFactory().get(HOME)
        request.user = person(role)
        with CaptureQueriesContext(connection) as queries:
            StartPanel().render_html({"request": request, "csrf_token": ""})
        return len(queries)

    add_work(4)
    statements()
    few = statements()
    add_work(6)

    assert statements() == few
