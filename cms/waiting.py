"""What waits for those who look after the site: enquiries, failed jobs, people without a role, pictures without a description."""

from collections.abc import Iterable
from datetime import timedelta
from urllib.parse import urlencode

from django.contrib.auth import get_user_model
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import ngettext
from django_tasks_db.models import DBTaskResult

from cms.enquiries.queries import new_enquiries
from cms.media.models import Image
from cms.models import TimetableRun
from cms.roles.groups import COMMUNICATIONS, COORDINATOR, EDITOR
from cms.roles.start import ADMINISTRATOR, LINKS_SHOWN, Link, Visitor, Waiting, register_waiting

RECENT = timedelta(days=7)


def register() -> None:
    """Offer all four to the start page."""
    register_waiting("jobs", failed_jobs, order=5)
    register_waiting("enquiries", unanswered_enquiries, order=40)
    register_waiting("people", people_without_role, order=50)
    register_waiting("pictures", pictures_without_description, order=60)


def failed_jobs(visitor: Visitor) -> Iterable[Waiting]:
    """Yield how many jobs of the timetable failed last time and how many tasks in the last seven days. Two statements."""
    if visitor.has_role(ADMINISTRATOR):
        names = list(TimetableRun.objects.exclude(error="").order_by("name").values_list("name", flat=True))
        tasks = DBTaskResult.objects.failed().filter(finished_at__gte=timezone.now() - RECENT).count()
        count = len(names) + tasks
        sentence = ngettext("job in the background failed", "jobs in the background failed", count)
        yield Waiting(count, sentence, reverse("background_jobs"), "warning")


def unanswered_enquiries(visitor: Visitor) -> Iterable[Waiting]:
    """Yield how many enquiries of readers nobody has answered, for those who answer them. Two statements."""
    if visitor.user.has_perm("enquiries.change_enquiry"):
        enquiries = new_enquiries()
        count = enquiries.count()
        links = tuple(
            Link(one.name, reverse("enquiries:inspect", args=[one.pk]), one.subject_title)
            for one in enquiries.order_by("-received_at", "pk")[:LINKS_SHOWN]
        )
        sentence = ngettext("enquiry has not been answered", "enquiries have not been answered", count)
        yield Waiting(count, sentence, f"{reverse('enquiries:index')}?{urlencode({'state': 'new'})}", "mail", links)


def people_without_role(visitor: Visitor) -> Iterable[Waiting]:
    """Yield how many active people have no role, with the first ones. Two statements."""
    if visitor.has_role(ADMINISTRATOR):
        people = get_user_model()._default_manager.filter(groups=None, is_superuser=False, is_active=True)
        count = people.count()
        links = tuple(
            Link(
                str(person.get_full_name() or person.get_username()),
                reverse("wagtailusers_users:edit", args=[person.pk]),
            )
            for person in people.order_by("-date_joined", "pk")[:LINKS_SHOWN]
        )
        sentence = ngettext("person has no role yet", "people have no role yet", count)
        yield Waiting(count, sentence, reverse("wagtailusers_users:index"), "group", links)


def pictures_without_description(visitor: Visitor) -> Iterable[Waiting]:
    """Yield how many pictures of the library have no description, which is their alt text. One statement."""
    if visitor.has_role(EDITOR.name, COORDINATOR.name, COMMUNICATIONS.name, ADMINISTRATOR):
        count = Image.objects.filter(description="").count()
        sentence = ngettext(
            "picture has no description for people who cannot see it",
            "pictures have no description for people who cannot see them",
            count,
        )
        url = f"{reverse('wagtailimages:index')}?{urlencode({'described': 'no'})}"
        yield Waiting(count, sentence, url, "image")
