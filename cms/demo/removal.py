"""Takes the demonstration away again: what the seed made and nobody changed. Interrupted, the next run goes on.

What stays is left to the people who changed it: it is no part of the demonstration afterwards.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import ProtectedError
from django.utils import timezone
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Collection, Page, Site, TranslatableMixin

from cms.demo.inventory import Thing, seeded_things, seeded_users
from cms.demo.keeping import Keeping
from cms.demo.library import COLLECTION
from cms.demo.models import Seeded
from cms.demo.people import STEP, has_known_password
from cms.demo.queue import withdraw_tasks
from cms.demo.traces import Traces
from cms.translation import store
from pages.signals import content_transaction

Progress = Callable[[str], None]


@dataclass
class Person:
    """A user of the demonstration.

    Attributes:
        user: the user.
        has_own_password: somebody gave it a password of its own, so it is somebody's and stays as it is.
        has_worked: people did something under this name, and history goes on naming it: it is kept, but logs in no more.
    """

    user: Any
    has_own_password: bool
    has_worked: bool

    @property
    def is_deletable(self) -> bool:
        """Tell whether nothing speaks against deleting it."""
        return not self.has_own_password and not self.has_worked


@dataclass
class Plan:
    """What a removal takes away and what stays."""

    going: list[Thing]
    staying: list[Thing]
    people: list[Person]


def is_seeded() -> bool:
    """Tell whether the database holds the demonstration, or what an interrupted removal left of it. One statement."""
    return Seeded.objects.filter(released_at=None).exists()


def plan_removal() -> Plan:
    """Look at everything that was seeded and decide; nothing is written. A few statements for each object."""
    traces = Traces()
    things = seeded_things()
    Keeping(things).decide(traces)
    people = [
        Person(
            user,
            has_own_password=user.has_usable_password() and not has_known_password(user),
            has_worked=bool(traces.by[user.pk]) or traces.has_left_rows(user),
        )
        for user in seeded_users()
    ]
    return Plan([thing for thing in things if not thing.reason], [thing for thing in things if thing.reason], people)


def remove_demonstration(plan: Plan, progress: Progress) -> Plan:
    """Carry out a plan, each thing in a content transaction of its own, and return what was done.

    Args:
        plan: what `plan_removal` returned; what somebody changed since then stays.
        progress: takes a line for people when a part begins.
    """
    done = Plan([], list(plan.staying), plan.people)
    progress(f"Removing content ({len(plan.going)})")
    for thing in plan.going:
        thing.reason = _remove(thing)
        (done.staying if thing.reason else done.going).append(thing)
    progress(f"Removing people ({len(plan.people)})")
    for person in plan.people:
        _remove_person(person)
    _finish(done)
    return done


def _remove(thing: Thing) -> str:
    """Remove a thing with its steps; return why it stays after all, empty when it is gone."""
    try:
        with content_transaction():
            reason, present = _look_again(thing)
            if not reason:
                for one in present:
                    _delete(one)
                store.forget(one for one in thing.versions if isinstance(one, TranslatableMixin))
                Seeded.objects.filter(pk__in=[step.pk for step in thing.steps]).delete()
            return reason
    except ProtectedError as error:
        return f"{len(error.protected_objects)} other things need it"


def _look_again(thing: Thing) -> tuple[str, list[Any]]:
    """Return why a thing stays although it was to go, and its versions as they are now. Two statements a version."""
    present: list[Any] = []
    for known in thing.versions:
        one = type(known)._default_manager.filter(pk=known.pk).first()
        if one is None:
            continue
        if getattr(one, "latest_revision_id", None) != getattr(known, "latest_revision_id", None):
            return f"“{one}” was changed just now", present
        if isinstance(one, Page) and one.get_children().exists():
            return f"“{one.get_children().first()}” stands below it", present
        present.append(one)
    return "", present


def _delete(one: Any) -> None:
    """Delete by the ordinary door. A site stays when its home page goes, with the facts that somebody may have written."""
    for site in Site.objects.filter(root_page_id=one.pk) if isinstance(one, Page) else ():
        site.root_page = Page.get_first_root_node()
        site.save()
    one.delete()


def _remove_person(person: Person) -> None:
    """Delete a user, or keep the name without its known password."""
    user = person.user
    if person.has_own_password:
        return
    if person.is_deletable:
        with content_transaction():
            user.delete()
            Seeded.objects.filter(key=f"{STEP}{user.get_username()}").delete()
        return
    user.set_unusable_password()
    user.is_active = False
    user.save()


def _finish(done: Plan) -> None:
    """Close the ledger: what stays belongs to its people, and steps that left nothing to remove are forgotten."""
    with content_transaction():
        _remove_collection()
        withdraw_tasks()
        staying = [step.pk for thing in done.staying for step in thing.steps]
        users = [f"{STEP}{person.user.get_username()}" for person in done.people if not person.is_deletable]
        kept = Seeded.objects.filter(pk__in=staying) | Seeded.objects.filter(key__in=users)
        kept.filter(released_at=None).update(released_at=timezone.now())
        Seeded.objects.filter(released_at=None).delete()


def _remove_collection() -> None:
    place = Collection.objects.filter(name=COLLECTION).first()
    if place is None or place.get_children().exists():
        return
    if not any(model.objects.filter(collection=place).exists() for model in (get_image_model(), get_document_model())):
        place.delete()
