"""The bodies of pages: which blocks may stand where."""

from wagtail import blocks

from pages.blocks.formula import FormulaBlock
from pages.blocks.links import LinkListBlock
from pages.blocks.media import DownloadBlock, FigureBlock, VideoBlock
from pages.blocks.practice import ChecklistBlock, PanelBlock, ReflectionBlock, StepsBlock
from pages.blocks.tables import TableBlock
from pages.blocks.text import CalloutBlock, CaseStudyBlock, HeadingBlock, KeyPointsBlock, ParagraphBlock, QuoteBlock


class ChapterBody(blocks.StreamBlock):
    """The body of a chapter."""

    heading = HeadingBlock()
    paragraph = ParagraphBlock()
    figure = FigureBlock()
    quote = QuoteBlock()
    table = TableBlock()
    callout = CalloutBlock()
    key_points = KeyPointsBlock()
    case_study = CaseStudyBlock()
    formula = FormulaBlock()
    video = VideoBlock()
    download = DownloadBlock()
    link_list = LinkListBlock()

    class Meta:
        required = False


class GuidanceToolBody(ChapterBody):
    """The body of a guidance tool: a chapter's blocks, steps, checklists and questions."""

    steps = StepsBlock()
    checklist = ChecklistBlock()
    reflection = ReflectionBlock()


class InformationBody(ChapterBody):
    """The body of every other page."""


class BrochureBody(blocks.StreamBlock):
    """The panels of a brochure."""

    panel = PanelBlock()

    class Meta:
        required = False
