"""StreamField blocks: what authors write with, and what of it is delivered."""

from pages.blocks.bodies import BrochureBody, ChapterBody, GuidanceToolBody, InformationBody
from pages.blocks.links import CallToActionBlock, MenuItemBlock
from pages.blocks.media import image_value
from pages.blocks.parts import AuthorBlock, CountryNoteBlock, OutputBlock, QuestionBlock
from pages.blocks.tables import table_value
from pages.richtext import FEATURES, INLINE_FEATURES

__all__ = [
    "FEATURES",
    "INLINE_FEATURES",
    "AuthorBlock",
    "BrochureBody",
    "CallToActionBlock",
    "ChapterBody",
    "CountryNoteBlock",
    "GuidanceToolBody",
    "InformationBody",
    "MenuItemBlock",
    "OutputBlock",
    "QuestionBlock",
    "image_value",
    "table_value",
]
