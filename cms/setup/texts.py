"""The first texts of a new site: one YAML file per language under `content/`, the same structure in each."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml
from django.conf import settings

from cms.setup.raw import Text

CONTENT = Path(__file__).parent / "content"


class TextsMissing(Exception):
    """Raised when none of the configured languages has first texts; the sentence says where they belong."""


@dataclass(frozen=True)
class FirstPage:
    """One page of a new site.

    Attributes:
        key: its name in the texts.
        model: label of its page model.
        is_published: whether it goes live at once. What the law asks for stays a draft: only its publisher can say what is
            true.
        is_single: whether a site has one page of this model, so that one that exists is taken for it.
    """

    key: str
    model: str
    is_published: bool = True
    is_single: bool = True


HOME = FirstPage("home", "home.HomePage")
SECTIONS = (
    FirstPage("objectives", "pages.InformationPage", is_single=False),
    FirstPage("outputs", "pages.OutputsPage"),
    FirstPage("study", "pages.StudyPage"),
    FirstPage("tools", "guidance.GuidanceToolIndexPage"),
    FirstPage("events", "pages.EventIndexPage"),
    FirstPage("partners", "pages.PartnersPage"),
    FirstPage("about", "pages.InformationPage", is_single=False),
    FirstPage("accessibility", "pages.InformationPage", is_published=False, is_single=False),
    FirstPage("privacy", "pages.InformationPage", is_published=False, is_single=False),
    FirstPage("legal", "pages.InformationPage", is_published=False, is_single=False),
)
PAGES = (HOME, *SECTIONS)


def written_languages() -> list[str]:
    """Return the configured languages in which there are texts, the site's own first.

    Raises:
        TextsMissing: when there is none.
    """
    configured = [settings.LANGUAGE_CODE, *(code for code, _ in settings.WAGTAIL_CONTENT_LANGUAGES)]
    found = [code for code in dict.fromkeys(configured) if (CONTENT / f"{code}.yaml").exists()]
    if not found:
        raise TextsMissing(f"No first texts in {', '.join(dict.fromkeys(configured))}: add {CONTENT}/LANGUAGE.yaml.")
    return found


@cache
def texts(code: str, name: str) -> dict[str, Text]:
    """Return all texts in one language, with the site's name in its places; do not change them."""
    safe = name.replace("\\", "\\\\").replace('"', '\\"')
    found: dict[str, Text] = yaml.safe_load(
        (CONTENT / f"{code}.yaml").read_text(encoding="utf-8").replace("{name}", safe)
    )
    return found
