"""A small site with real content in three languages, and the ways in which tests change it."""

import io
import uuid
from dataclasses import dataclass, field
from typing import Any

from django.core.files.base import ContentFile
from PIL import Image as Picture
from wagtail.models import Collection, Locale, Page, Site
from wagtail_localize.models import Translation

from cms.media.models import Image
from cms.media.renditions import prepare_image
from cms.translation import store
from home.models import HomePage
from pages.models import ChapterPage, Contact, InformationPage, Organisation, StudyPage, Topic
from pages.signals import content_transaction

LOCALES = ("en", "fr", "de")


@dataclass
class World:
    """The things that every test begins with."""

    locales: dict[str, Locale]
    homes: dict[str, HomePage]
    study: StudyPage
    chapters: list[ChapterPage] = field(default_factory=list)


def make_world(chapters: int = 0) -> World:
    """Make a site: homes in English, French and German, and an English study with live chapters."""
    with content_transaction():
        locales = {code: Locale.objects.get_or_create(language_code=code)[0] for code in LOCALES}
        root = Page.get_first_root_node() or Page.add_root(title="Root", slug="root", locale=locales["en"])
        if Collection.get_first_root_node() is None:
            Collection.add_root(name="Root")
        Site.objects.all().delete()
        home = root.add_child(instance=HomePage(title="Home", slug="home-en", locale=locales["en"]))
        Site.objects.create(hostname="localhost", root_page=home, is_default_site=True)
        homes = {"en": home}
        for code in LOCALES[1:]:
            homes[code] = translate(home, locales[code])
        study = add(home, StudyPage(title="Study", slug="study"))
        made = [add_chapter(study, f"Chapter {number}") for number in range(1, chapters + 1)]
    return World(locales, homes, study, made)


def add(parent: Page, page: Any, *, live: bool = True) -> Any:
    """Put a page below another, as a draft that is published when it is to be live."""
    page.live = False
    page.locale = parent.locale
    parent = Page.objects.get(pk=parent.pk)
    page = parent.add_child(instance=page)
    page.save_revision()
    if live:
        publish(page)
    return fresh(page)


def add_chapter(study: Page, title: str, *, live: bool = True, **fields: Any) -> ChapterPage:
    """Add a chapter with a summary and a paragraph at the end of a study."""
    fields.setdefault("summary", f"<p>About {title}.</p>")
    fields.setdefault("body", body(f"<p>Words of {title}.</p>"))
    chapter: ChapterPage = add(study, ChapterPage(title=title, **fields), live=live)
    return chapter


def body(*paragraphs: str, image: Image | None = None) -> list[dict[str, Any]]:
    """Return the body of a page: paragraphs, and a figure when an image is given."""
    blocks: list[dict[str, Any]] = [
        {"type": "paragraph", "value": text, "id": str(uuid.uuid4())} for text in paragraphs
    ]
    if image is not None:
        shown = {"image": image.pk, "alt_text": "Here", "decorative": False}
        value = {"image": shown, "caption": "Seen", "credit": "", "long_description": ""}
        blocks.append({"type": "figure", "value": value, "id": str(uuid.uuid4())})
    return blocks


def add_snippet(model: type[Any], locale: Locale, *, live: bool = True, **fields: Any) -> Any:
    """Store a snippet and publish it when it is to be live."""
    snippet = model(locale=locale, live=False, **fields)
    snippet.save()
    snippet.save_revision()
    if live:
        publish(snippet)
    return fresh(snippet)


def fresh(instance: Any) -> Any:
    """Return what the database has of an object now."""
    return type(instance)._default_manager.get(pk=instance.pk)


def publish(instance: Any) -> None:
    """Publish the newest draft."""
    fresh(instance).get_latest_revision().publish()


def edit(instance: Any, *, live: bool = True, **fields: Any) -> Any:
    """Change fields in a draft and publish it when it is to be live."""
    draft = fresh(instance).get_latest_revision_as_object()
    for name, value in fields.items():
        setattr(draft, name, value)
    draft.save_revision()
    if live:
        publish(instance)
    return fresh(instance)


def start_translation(source: Any, locale: Locale) -> Translation:
    """Register a live or draft object for translation into one language."""
    return store.submit(fresh(source), [locale])[0]


def say(translation: Translation, *, missing: int = 0) -> None:
    """Translate all strings but the last `missing`, as a person."""
    places = [segment.place for segment in store.segments_of(translation)]
    code = translation.target_locale.language_code
    wanted = places[: len(places) - missing]
    texts = {segment.place: segment.text for segment in store.segments_of(translation)}
    store.save_strings(translation, {place: translated(texts[place], code) for place in wanted})


def translated(text: str, code: str) -> str:
    """Return a string as its translation looks in these tests."""
    return f"{code}: {text}"


def translate(source: Any, locale: Locale, *, missing: int = 0, live: bool = True) -> Any:
    """Make a translation of an object through wagtail-localize, and publish it when it is to be live."""
    if not fresh(source).get_latest_revision():
        fresh(source).save_revision()
    translation = start_translation(source, locale)
    say(translation, missing=missing)
    target = store.make_target(translation)
    if live:
        store.publish_target(target)
    return fresh(target)


def add_image(title: str = "A picture", colour: str = "red") -> Image:
    """Store a picture of one colour, ready to be published; outside any transaction."""
    image = Image(title=title, description=title, file=picture_file(colour))
    image.save()
    prepare_image(image, minimum=True)
    return image


def picture_file(colour: str = "red") -> ContentFile[bytes]:
    """Return a small PNG file."""
    output = io.BytesIO()
    Picture.new("RGB", (40, 30), colour).save(output, "PNG")
    return ContentFile(output.getvalue(), name=f"{colour}.png")


SNIPPETS: tuple[type[Any], ...] = (Topic, Organisation, Contact)
PAGES: tuple[type[Any], ...] = (InformationPage, ChapterPage, StudyPage)
