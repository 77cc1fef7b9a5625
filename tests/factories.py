"""Makes content the way authors do: a site with home pages, a study with every block, tools, events, a directory."""

import io
import uuid
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.core.files.base import ContentFile
from PIL import Image as Picture
from wagtail.models import Collection, Locale, Page, PageViewRestriction, Site

from cms.media.models import File, Image
from cms.media.renditions import prepare_image
from cms.translation import store
from guidance.models import BrochurePage, GuidanceToolIndexPage, GuidanceToolPage
from home.models import Footer, HomePage, MainMenu, SiteFacts
from pages.blocks import table_value
from pages.models import (
    Audience,
    ChapterPage,
    Contact,
    EventIndexPage,
    EventPage,
    Organisation,
    StudyPage,
    Topic,
)
from pages.signals import content_transaction

PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


def locale(code: str) -> Locale:
    """Return a language of the site."""
    return Locale.objects.get(language_code=code)


def make_home(title: str = "Home", **fields: Any) -> HomePage:
    """Make the site's English home page with locales for all five languages; whatever stood there is removed."""
    for code in ("en", "fr", "fi", "it", "de"):
        Locale.objects.get_or_create(language_code=code)
    root = Page.get_first_root_node() or Page.add_root(instance=Page(title="Root", slug="root"))
    if Collection.get_first_root_node() is None:  # emptied by a test that commits
        Collection.add_root(name="Root")
    with content_transaction():
        for page in root.get_children():
            page.specific.delete()
        root = Page.objects.get(depth=1)
        home = root.add_child(instance=HomePage(title=title, slug="home", locale=locale("en"), **fields))
        Site.objects.all().delete()
        Site.objects.create(hostname="localhost", root_page=home, is_default_site=True, site_name="Demo")
    return home


def add_page(parent: Any, model: type[Any], title: str, **fields: Any) -> Any:
    """Add a live page below another, in the language of its parent."""
    parent = type(parent).objects.get(pk=parent.pk)
    return parent.add_child(instance=model(title=title, locale=parent.locale, **fields))


def add_snippet(model: type[Any], language: str = "en", **fields: Any) -> Any:
    """Make a live snippet in a language."""
    return model.objects.create(locale=locale(language), live=True, **fields)


def translate(
    source: Any, language: str, text: Callable[[str], str] | None = None, kept: Mapping[str, Any] | None = None
) -> Any:
    """Translate an object as a person would, publish it, and return it.

    Args:
        source: the original, live; the page above it must exist in the language already.
        language: its code.
        text: makes each string's translation; puts the code in front of it by default.
        kept: values of fields that each language has for itself, such as the slug.
    """
    (translation,) = store.submit(source, [locale(language)])
    make = text or (lambda original: f"{language} {original}")
    store.save_strings(translation, {one.place: make(one.text) for one in store.segments_of(translation)})
    target = store.make_target(translation, kept=kept)
    store.publish_target(target)
    return type(target).objects.get(pk=target.pk)


def restrict(page: Page) -> PageViewRestriction:
    """Let only people who are signed in see a page and all below it."""
    return PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)


def make_image(title: str = "A picture", **fields: Any) -> Image:
    """Store a small picture with the smallest set of renditions."""
    content = io.BytesIO()
    Picture.new("RGB", (320, 180), (200, 40, 40)).save(content, "PNG")
    image = Image(title=title, file=ContentFile(content.getvalue(), name="picture.png"), **fields)
    image.save()
    prepare_image(image, minimum=True)
    return Image.objects.get(pk=image.pk)


def make_file(title: str = "A file", name: str = "file.pdf", **fields: Any) -> File:
    """Store a small file."""
    file = File(title=title, file=ContentFile(PDF, name=name), **fields)
    file.save()
    return file


def block(kind: str, value: Any) -> dict[str, Any]:
    """Return a block as a StreamField stores it."""
    return {"type": kind, "value": value, "id": str(uuid.uuid4())}


def figure(image: Image, alt: str = "A red field", **fields: Any) -> dict[str, Any]:
    """Return a figure."""
    return block("figure", {"image": {"image": image.pk, "alt_text": alt, "decorative": False}, **fields})


def page_anchor(page: Page, words: str = "more") -> str:
    """Return a link to a page, as rich text stores it."""
    return f'<a linktype="page" id="{page.pk}">{words}</a>'


def paragraph(html: str) -> dict[str, Any]:
    """Return a paragraph of stored rich text."""
    return block("paragraph", html)


def every_block(image: Image, file: File, captions: File, page: Page, organisation: Organisation) -> list[Any]:
    """Return one block of every kind that a chapter can have."""
    return [
        block("heading", {"level": "2", "text": "Why inquiry?", "anchor": ""}),
        paragraph(
            f"<p>Water is H<sub>2</sub>O. Read {page_anchor(page, 'on')}, "
            f'<a linktype="document" id="{file.pk}">print</a> or <a href="https://out.example/">go out</a>.</p>'
            '<p><a linktype="formula" latex="x^2">x squared</a> and <a linktype="lang" lang="fr">bonjour</a></p>'
        ),
        figure(image, caption="<p>The <i>cycle</i></p>", credit="Ana", long_description="All about it"),
        block("quote", {"quote": "Ask first.", "attribution": "A teacher"}),
        block("table", table_value("Phases", ["Phase", "Aim"], [["Plan", "Ask & think"]], has_row_header=True)),
        block("callout", {"kind": "tip", "title": "Try it", "content": "<p>First do it yourself.</p>"}),
        block("key_points", {"title": "In short", "points": ["One", "Two"]}),
        block(
            "case_study",
            {
                "title": "A garden",
                "context": "<p>A school.</p>",
                "action": "<p>They planted.</p>",
                "evidence": "",
                "organisation": organisation.pk,
            },
        ),
        block("formula", {"latex": "x^2", "alt": "x squared"}),
        block(
            "video",
            {
                "title": "A film",
                "poster": None,
                "file": file.pk,
                "captions": captions.pk,
                "external_url": "",
                "transcript": "<p>Trees.</p>",
            },
        ),
        block("download", {"title": "", "file": file.pk}),
        block(
            "link_list",
            {
                "title": "Read on",
                "links": [
                    {"text": "Inside", "page": page.pk, "url": ""},
                    {"text": "Outside", "page": None, "url": "https://out.example/list"},
                ],
            },
        ),
    ]


def every_tool_block() -> list[Any]:
    """Return the blocks that only guidance tools have."""
    return [
        block("steps", {"title": "Steps", "steps": [{"title": "First", "content": "<p>Begin.</p>"}]}),
        block("checklist", {"title": "", "items": ["Paper", "Pens"]}),
        block("reflection", {"title": "Think", "questions": ["What surprised you?"]}),
    ]


def make_study(home: HomePage, title: str = "Study", **fields: Any) -> StudyPage:
    """Make a live study."""
    fields.setdefault("slug", title.lower().replace(" ", "-"))
    return add_page(home, StudyPage, title, **fields)


def make_chapter(study: StudyPage, title: str = "Chapter", topics: Sequence[Topic] = (), **fields: Any) -> ChapterPage:
    """Make a live chapter as the last of a study."""
    fields.setdefault("slug", title.lower().replace(" ", "-"))
    fields.setdefault("summary", f"<p>About {title}</p>")
    with content_transaction():
        chapter = add_page(study, ChapterPage, title, **fields)
        if topics:
            chapter.topics.set(topics)
            chapter.save()
    return chapter


def make_tools(home: HomePage) -> GuidanceToolIndexPage:
    """Make the live list of guidance tools."""
    return add_page(home, GuidanceToolIndexPage, "Tools", slug="tools")


def make_tool(index: GuidanceToolIndexPage, title: str = "Tool", **fields: Any) -> GuidanceToolPage:
    """Make a live guidance tool; relations (`audience`, `related_chapters`) are lists."""
    relations = {name: fields.pop(name) for name in ("audience", "related_chapters") if name in fields}
    fields.setdefault("slug", title.lower().replace(" ", "-"))
    with content_transaction():
        tool = add_page(index, GuidanceToolPage, title, **fields)
        for name, values in relations.items():
            getattr(tool, name).set(values)
        tool.save()
    return tool


def make_brochure(tool: GuidanceToolPage, title: str = "Brochure", **fields: Any) -> BrochurePage:
    """Make a live brochure of a tool."""
    fields.setdefault("slug", "brochure")
    return add_page(tool, BrochurePage, title, **fields)


def make_events(home: HomePage) -> EventIndexPage:
    """Make the live list of events."""
    return add_page(home, EventIndexPage, "Events", slug="events")


def make_event(index: EventIndexPage, title: str = "Event", **fields: Any) -> EventPage:
    """Make a live event, provisional unless told otherwise; `organisers` is a list."""
    organisers = fields.pop("organisers", [])
    fields.setdefault("slug", title.lower().replace(" ", "-"))
    with content_transaction():
        event = add_page(index, EventPage, title, **fields)
        event.organisers.set(organisers)
        event.save()
    return event


def make_topic(name: str = "Climate", **fields: Any) -> Topic:
    """Make a live topic."""
    return add_snippet(Topic, name=name, **fields)


def make_audience(name: str = "Teachers", **fields: Any) -> Audience:
    """Make a live audience."""
    return add_snippet(Audience, name=name, **fields)


def make_organisation(name: str = "Institute", **fields: Any) -> Organisation:
    """Make a live organisation."""
    return add_snippet(Organisation, name=name, **fields)


def make_contact(organisation: Organisation, name: str = "Office", **fields: Any) -> Contact:
    """Make a live contact of an organisation."""
    return add_snippet(Contact, name=name, organisation=organisation, **fields)


def make_frame(page: Page, image: Image) -> tuple[MainMenu, Footer, SiteFacts]:
    """Make menu and footer with a link to a page, and the facts of the site."""
    lines = [
        block("item", {"text": "Inside", "page": page.pk, "url": ""}),
        block("item", {"text": "Outside", "page": None, "url": "https://out.example/"}),
    ]
    menu = add_snippet(MainMenu, items=lines)
    footer = add_snippet(Footer, coordination="We coordinate", links=lines[:1])
    facts = SiteFacts.objects.create(
        site=Site.objects.get(is_default_site=True), logo=image, email="post@site.example", postal_address="Here"
    )
    return menu, footer, facts
