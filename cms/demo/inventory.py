"""Lists what of the demonstration is there: things, each with all its language versions, and the people."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.apps import apps
from django.contrib.auth import get_user_model
from django.db.models import Model
from wagtail.models import Page, TranslatableMixin
from wagtail.snippets.models import get_snippet_models

from cms.demo.models import Seeded
from cms.demo.people import STEP

# Which model a step from before rows were noted returned, by the beginning of its key.
OLD_KEYS = {
    "page": "wagtailcore.page",
    "publish": "wagtailcore.page",
    "translation": "wagtailcore.page",
    "work": "wagtailcore.page",
    "topic": "pages.topic",
    "audience": "pages.audience",
    "organisation": "pages.organisation",
    "contact": "pages.contact",
    "menu": "home.mainmenu",
    "footer": "home.footer",
    "facts": "home.sitefacts",
    "picture": "media.image",
    "file": "media.file",
    "enquiry": "enquiries.enquiry",
}


@dataclass
class Thing:
    """One thing of the demonstration.

    Attributes:
        versions: the object in every language that is there.
        steps: the steps of the seeding that made them.
        reason: why it stays; empty when nobody changed it.
        is_peoples: whether people changed it themselves, in contrast to what only stays because of something else.
        foreign: versions that the seed did not make.
    """

    versions: list[Any]
    steps: list[Seeded]
    reason: str = ""
    is_peoples: bool = False
    foreign: list[Any] = field(default_factory=list)

    @property
    def first(self) -> Any:
        """The version it was written in, when that is there."""
        own = [one for one in self.versions if not getattr(one, "is_translation", False)]
        return (own or self.versions)[0]

    @property
    def title(self) -> str:
        """What people call it."""
        return str(self.first)

    @property
    def kind(self) -> str:
        """What it is, in the plural, for people."""
        return str(self.first._meta.verbose_name_plural)

    @property
    def depth(self) -> int:
        """How deep in the tree it stands; 0 for what is no page."""
        return self.first.depth if isinstance(self.first, Page) else 0


def seeded_things() -> list[Thing]:
    """Return what the seed made and is still there: deepest pages first, then snippets, pictures and files.

    A few statements for each model, one more for every 100 pages.
    """
    steps_of: dict[tuple[str, int], list[Seeded]] = defaultdict(list)
    for step in Seeded.objects.filter(released_at=None).order_by("pk"):
        for label, pk in _objects_of(step):
            steps_of[(label, pk)].append(step)
    wanted: dict[str, set[int]] = defaultdict(set)
    for label, pk in steps_of:
        wanted[label].add(pk)
    things = [thing for label, keys in wanted.items() for thing in _things(label, keys, steps_of)]
    return sorted(things, key=lambda thing: (-thing.depth, _order(thing.first), thing.first.pk))


def _objects_of(step: Seeded) -> Iterable[tuple[str, int]]:
    """Yield model and primary key of everything that a step made and that can be taken away by itself."""
    for label, keys in (step.made or {}).items():
        model = apps.get_model(label)
        if issubclass(model, Page):
            yield from (("wagtailcore.page", pk) for pk in keys)
        elif model in get_snippet_models() or label in OLD_KEYS.values():
            yield from ((label, pk) for pk in keys)
    label = OLD_KEYS.get(step.key.partition(":")[0].removesuffix("-translation"), "")
    if step.object_pk is not None and label:
        yield label, step.object_pk


def _things(label: str, keys: set[int], steps_of: dict[tuple[str, int], list[Seeded]]) -> list[Thing]:
    model: Any = apps.get_model(label)
    seeded = list(model._default_manager.filter(pk__in=keys))
    if not issubclass(model, TranslatableMixin):
        return [Thing([one], _steps([one], label, steps_of)) for one in seeded]
    families: dict[Any, list[Any]] = defaultdict(list)
    everything = model._default_manager.filter(translation_key__in={one.translation_key for one in seeded})
    for one in everything.specific() if model is Page else everything.select_related("locale"):
        families[one.translation_key].append(one)
    things = []
    for versions in families.values():
        thing = Thing(versions, _steps(versions, label, steps_of))
        thing.foreign = [one for one in versions if one.pk not in keys]
        things.append(thing)
    return things


def _steps(versions: list[Any], label: str, steps_of: dict[tuple[str, int], list[Seeded]]) -> list[Seeded]:
    return list({step.pk: step for one in versions for step in steps_of[(label, one.pk)]}.values())


def _order(first: Model) -> int:
    """What is shown by other things goes after them: pages, menus and contacts, then the rest, media last."""
    label = first._meta.label_lower
    late = ("pages.organisation", "media.image", "media.file")
    return late.index(label) + 1 if label in late else 0


def seeded_users() -> list[Any]:
    """Return the users of the demonstration that are there. Two statements."""
    keys = Seeded.objects.filter(released_at=None, key__startswith=STEP).values_list("object_pk", flat=True)
    return list(get_user_model()._default_manager.filter(pk__in=list(keys)).order_by("pk"))
