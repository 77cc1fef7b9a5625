"""The texts of the demonstration: one YAML file per entry and language under `content/`."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from cms.setup.raw import Text as Text

CONTENT = Path(__file__).parent / "content"
LOCALES = ["en", "fr", "fi", "it", "de"]


@dataclass(frozen=True)
class PageText:
    """One page of the demonstration.

    Attributes:
        key: how other texts name it (`study/inquiry`).
        model: label of its page model.
        path: folder and file name without language.
        parent: key of the page above it, empty for the home page.
        source: code of the language it was written in.
    """

    key: str
    model: str
    path: str
    parent: str
    source: str = "en"

    @property
    def locales(self) -> list[str]:
        """The languages it exists in, its own first."""
        found = [code for code in LOCALES if (CONTENT / f"{self.path}.{code}.yaml").exists()]
        return [self.source, *(code for code in found if code != self.source)]

    def text(self, locale: str) -> Text:
        """Return its text in one language."""
        return read(self.path, locale)


@cache
def read(path: str, locale: str) -> Any:
    """Return the content of a file; do not change it."""
    return yaml.safe_load((CONTENT / f"{path}.{locale}.yaml").read_text(encoding="utf-8"))


CHAPTERS = [
    "inquiry",
    "teachers-needs",
    "digital-tools",
    "working-scientifically",
    "beyond-the-classroom",
    "evidence-of-impact",
    "sustaining-change",
]
TOOLS = [
    "knowledge-and-skills",
    "digital-innovation",
    "employers-and-scientists",
    "decision-makers",
    "evidence-of-impact",
]


def pages() -> list[PageText]:
    """Return all pages, parents before children."""
    frame = [
        PageText("home", "home.HomePage", "pages/home", ""),
        PageText("objectives", "pages.InformationPage", "pages/objectives", "home"),
        PageText("outputs", "pages.OutputsPage", "pages/outputs", "home"),
        PageText("study", "pages.StudyPage", "study/study", "home"),
        PageText("tools", "guidance.GuidanceToolIndexPage", "pages/tools", "home"),
        PageText("events", "pages.EventIndexPage", "pages/events", "home"),
        PageText("partners", "pages.PartnersPage", "pages/partners", "home"),
        *(
            PageText(name, "pages.InformationPage", f"pages/{name}", "home")
            for name in ("about", "legal", "privacy", "accessibility")
        ),
    ]
    chapters = [PageText(f"study/{name}", "pages.ChapterPage", f"chapters/{name}", "study") for name in CHAPTERS]
    outdoor = PageText("study/outdoor-learning", "pages.ChapterPage", "chapters/outdoor-learning", "study", "de")
    tools = [PageText(f"tools/{name}", "guidance.GuidanceToolPage", f"tools/{name}", "tools") for name in TOOLS]
    brochures = [
        PageText(f"brochures/{name}", "guidance.BrochurePage", f"brochures/{name}", f"tools/{name}") for name in TOOLS
    ]
    events = [
        PageText(f"event-{n}", "pages.EventPage", f"pages/event-{n}", "events", "de" if n == 3 else "en")
        for n in range(1, 7)
    ]
    return [*frame, *chapters, outdoor, *tools, *brochures, *events]


def small_part() -> list[PageText]:
    """Return at least one page of every kind, the site's own pages and a chapter that is not translated: enough to try out."""
    members = {
        f"study/{CHAPTERS[0]}",
        f"study/{CHAPTERS[-1]}",
        f"tools/{TOOLS[0]}",
        f"brochures/{TOOLS[0]}",
        "event-1",
    }
    return [text for text in pages() if text.parent in ("", "home") or text.key in members]


def picture_paths() -> list[Path]:
    """Return the specifications of all pictures, by name."""
    return sorted((CONTENT / "pictures").glob("*.yaml"))


def words_in(value: Any) -> set[str]:
    """Return every string that stands anywhere in a text, to find the pictures that it names."""
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list):
        return set().union(*map(words_in, value))
    return {value} if isinstance(value, str) else set()
