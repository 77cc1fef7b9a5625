"""The printed brochures of the demonstration: a PDF per tool and language, set from the brochure's own text."""

from cms.demo.brochure_pdf import BrochurePanel, BrochureText, build_brochure_pdf
from cms.demo.content import CONTENT, LOCALES, TOOLS, read
from cms.demo.pictures import PictureSpec, load_spec


def file_key(tool: str, locale: str) -> str:
    """Name a brochure's file among the seeded things."""
    return f"file:{tool}:{locale}"


def files_to_make() -> list[tuple[str, str]]:
    """Return tool and language of every brochure."""
    return [(tool, locale) for tool in TOOLS for locale in LOCALES]


def _picture(name: str) -> PictureSpec:
    return load_spec(CONTENT / "pictures" / f"{name}.yaml")


def make_file(tool: str, locale: str) -> tuple[str, str, bytes]:
    """Set a brochure and return file name, title and PDF."""
    text, footer = read(f"brochures/{tool}", locale), read("frame/footer", locale)
    panels = tuple(
        BrochurePanel(panel["title"], panel["content"], _picture(panel["image"]) if panel.get("image") else None)
        for panel in (block["panel"] for block in text["panels"])
    )
    brochure = BrochureText(
        title=text["title"],
        summary=text["summary"],
        file_title=text["file_title"],
        panels=panels,
        cover=_picture(text["cover"]),
        coordination=footer["coordination"],
        funding=footer["funding"],
        support=footer["support"],
        disclaimer=footer["disclaimer"],
    )
    return f"{text['slug']}-{locale}.pdf", text["file_title"], build_brochure_pdf(brochure, locale)
