"""A stream with every block of a guidance tool, in the stored form, as code that writes content gives it."""

from typing import Any

from django.core.files.base import ContentFile
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import Locale, Page

from cms.media.renditions import prepare_image
from pages.blocks import image_value, table_value
from pages.models import Organisation

NOTE = "6f2b3c1e-7d14-4c6e-9a51-0d3f6a1b2c3d"


def make_image(title: str = "Leaf") -> Any:
    """Store a small picture that is ready to be published."""
    image = get_image_model()(title=title, file=get_test_image_file(filename=f"{title}.png"))
    image.save()
    prepare_image(image, minimum=True)
    return image


def make_file(name: str = "sheet.pdf") -> Any:
    """Save a small file."""
    return get_document_model().objects.create(title=name, file=ContentFile(b"%PDF-1.4", name=name))


def make_organisation(name: str = "La main à la pâte") -> Organisation:
    """Save an organisation in the default language."""
    organisation = Organisation(name=name, locale=Locale.get_default())
    organisation.save()
    return organisation


def item(number: int, value: Any) -> dict[str, Any]:
    """Return an item of a list block, with an id made of its number."""
    return {"type": "item", "id": f"00000000-0000-0000-0000-0000000000{number:02d}", "value": value}


def figure_value(image: Any, alt: str = "A leaf seen from above") -> dict[str, Any]:
    """Return the stored form of a figure."""
    return {
        "image": image_value(image, alt),
        "caption": "<p>A leaf takes in CO<sub>2</sub></p>",
        "credit": "Drawing made for the demonstration",
        "long_description": "Arrows lead into the leaf.",
    }


def body_data(image: Any, file: Any, page: Page, organisation: Organisation) -> list[dict[str, Any]]:
    """Return the raw data of a body with one block of every kind, ids included."""
    values: list[tuple[str, Any]] = [
        ("heading", {"level": 2, "text": "Why inquiry?", "anchor": ""}),
        (
            "paragraph",
            f'<p>Plants take in CO<sub>2</sub> and <a latex="H_2O" linktype="formula">water</a>'
            f'<footnote id="{NOTE}">[6f2b3c]</footnote>, says '
            f'<a lang="fr" linktype="lang">La main à la pâte</a>. See <a id="{page.pk}" linktype="page">home</a>.</p>',
        ),
        ("figure", figure_value(image)),
        ("quote", {"quote": "Ask first.", "attribution": "A primary teacher"}),
        (
            "table",
            table_value("Phases", ["Phase", "Question"], [["Plan", "What changes?"], ["Do", ""]], has_row_header=True),
        ),
        ("callout", {"kind": "tip", "title": "Try it", "content": "<p>Do it yourself.</p>"}),
        ("key_points", {"title": "In short", "points": [item(1, "Begin with a question."), item(2, "Plan a test.")]}),
        (
            "case_study",
            {
                "title": "A garden",
                "context": "<p>No laboratory.</p>",
                "action": "<p>They planted beans.</p>",
                "evidence": "<p>More questions.</p>",
                "organisation": organisation.pk,
            },
        ),
        ("formula", {"latex": "v = s", "alt": "v equals s"}),
        (
            "video",
            {
                "title": "A lesson",
                "poster": image_value(image, decorative=True),
                "file": None,
                "captions": None,
                "external_url": "https://video.example/lesson",
                "transcript": "<p>Pupils measure a tree.</p>",
            },
        ),
        ("download", {"title": "Worksheet", "file": file.pk}),
        (
            "link_list",
            {
                "title": "Read on",
                "links": [
                    item(3, {"text": "Start page", "page": page.pk, "url": ""}),
                    item(4, {"text": "Resources", "page": None, "url": "https://resources.example/"}),
                ],
            },
        ),
        ("steps", {"title": "Two steps", "steps": [item(5, {"title": "Choose", "content": "<p>Choose one.</p>"})]}),
        ("checklist", {"title": "Before", "items": [item(6, "Material is ready.")]}),
        ("reflection", {"title": "Think", "questions": [item(7, "What surprised you?")]}),
    ]
    return [
        {"type": kind, "value": value, "id": f"10000000-0000-0000-0000-0000000000{number:02d}"}
        for number, (kind, value) in enumerate(values)
    ]


# Every text of `body_data` that a translator must see, in order of the page.
BODY_TEXTS = [
    "Why inquiry?",
    'Plants take in CO<sub>2</sub> and <a id="a1">water</a><footnote id="footnote1">[6f2b3c]</footnote>, says '
    '<a id="a2">La main à la pâte</a>. See <a id="a3">home</a>.',
    "A leaf seen from above",
    "A leaf takes in CO<sub>2</sub>",
    "Drawing made for the demonstration",
    "Arrows lead into the leaf.",
    "Ask first.",
    "A primary teacher",
    "Phases",
    "Phase",
    "Question",
    "Plan",
    "What changes?",
    "Do",
    "Try it",
    "Do it yourself.",
    "In short",
    "Begin with a question.",
    "Plan a test.",
    "A garden",
    "No laboratory.",
    "They planted beans.",
    "More questions.",
    "v equals s",
    "A lesson",
    "Pupils measure a tree.",
    "Worksheet",
    "Read on",
    "Start page",
    "Resources",
    "Two steps",
    "Choose",
    "Choose one.",
    "Before",
    "Material is ready.",
    "Think",
    "What surprised you?",
]
