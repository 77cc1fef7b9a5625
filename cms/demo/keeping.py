"""Decides what of the demonstration stays: what people changed, and what they have built upon."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.contrib.contenttypes.models import ContentType
from wagtail.models import DraftStateMixin, Page, ReferenceIndex, RevisionMixin, TranslatableMixin
from wagtail.snippets.models import get_snippet_models

from cms.demo.inventory import Thing
from cms.demo.ledger import fingerprint
from cms.demo.traces import Trace, Traces, differs_from_revision, names_of_users

Target = tuple[int, str]
MEDIA = ("media.image", "media.file")


def own_reason(thing: Thing, traces: Traces) -> str:
    """Return what people did to a thing, in words; empty when nothing. A few statements for each language version."""
    if thing.foreign:
        return f"people made another version of it: {_version(thing.foreign[0])}"
    for one in thing.versions:
        done = traces.of(one)
        if done:
            return f"{_version(one)} changed{_by(done[-1])} on {done[-1].at:%Y-%m-%d}"
        if isinstance(one, DraftStateMixin | Page) and differs_from_revision(one):
            return f"{_version(one)} holds other content than was published"
        noted = {step.fingerprint for step in thing.steps if step.fingerprint}
        if noted and fingerprint(one) not in noted:
            return f"{_version(one)} was changed"
    return ""


def _version(one: Any) -> str:
    return f"“{one}” ({one.locale.language_code})" if isinstance(one, TranslatableMixin) else f"“{one}”"


def _by(trace: Trace) -> str:
    name = names_of_users([trace.user]).get(trace.user)
    return f" by {name}" if name else ""


class Keeping:
    """Finds the reasons of everything that stays."""

    def __init__(self, things: list[Thing]) -> None:
        self.things = things
        self.place = {self._target(one): thing for thing in things for one in thing.versions}

    def decide(self, traces: Traces) -> None:
        """Fill `reason` of every thing that stays."""
        for thing in self.things:
            thing.reason = own_reason(thing, traces)
            thing.is_peoples = bool(thing.reason)
        for source in self._foreign_content():
            self._keep_used(source, with_pages=True)
            self._keep_above(source)
        for thing in [thing for thing in self.things if thing.is_peoples]:
            self._keep_around(thing, with_pages=True)

    def _keep_around(self, thing: Thing, *, with_pages: bool) -> None:
        for one in thing.versions:
            self._keep_used(one, with_pages=with_pages)
            self._keep_above(one)

    def _keep(self, thing: Thing | None, reason: str) -> None:
        """Keep a thing, and what it would have a hole without: pictures, files and snippets, but no further page."""
        if thing is not None and not thing.reason:
            thing.reason = reason
            self._keep_around(thing, with_pages=False)

    def _keep_used(self, source: Any, *, with_pages: bool) -> None:
        for target in references_of(source):
            thing = self.place.get(target)
            if thing is not None and (with_pages or not thing.depth):
                self._keep(thing, f"“{source}” uses it")

    def _keep_above(self, source: Any) -> None:
        if isinstance(source, Page):
            for above in source.get_ancestors().filter(depth__gt=1):
                self._keep(self.place.get(self._target(above)), f"“{source}” stands below it")

    def _foreign_content(self) -> Iterator[Any]:
        """Yield every page and snippet that is no part of the demonstration."""
        for page in Page.objects.filter(depth__gt=1).specific().iterator(chunk_size=100):
            if self._target(page) not in self.place:
                yield page
        for model in get_snippet_models():
            for snippet in model._default_manager.all():
                if self._target(snippet) not in self.place:
                    yield snippet

    def _target(self, one: Any) -> Target:
        model = Page if isinstance(one, Page) else type(one)
        return ContentType.objects.get_for_model(model).pk, str(one.pk)


def references_of(source: Any) -> set[Target]:
    """Return what a page or snippet shows or links to, live or in its newest draft, as content type and primary key."""
    found = _references(source)
    if isinstance(source, RevisionMixin) and source.latest_revision is not None:
        found |= _references(source.get_latest_revision_as_object())
    return found


def _references(source: Any) -> set[Target]:
    found: Iterable[Any] = ReferenceIndex._extract_references_from_object(source)
    targets = {(target[0], str(target[1])) for target in found}
    for relation in source._meta.many_to_many:
        type_pk = ContentType.objects.get_for_model(relation.related_model).pk
        targets |= {(type_pk, str(one.pk)) for one in getattr(source, relation.name).all()}
    return targets
