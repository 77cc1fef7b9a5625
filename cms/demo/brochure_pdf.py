"""Brochures of the guidance tools as PDF: A4 landscape, two pages, folded twice like a leaflet."""

from dataclasses import dataclass
from datetime import UTC, datetime

from fpdf import FPDF

from cms.demo.brochure_sheet import BLEED, COLUMN, MARGIN, PAGE_HEIGHT, Sheet
from cms.demo.brochure_text import read_paragraphs
from cms.demo.pictures import PictureSpec, cover_colour, draw_emblem, draw_picture
from cms.demo.pictures.palette import INK, PAPER, SURFACE, mix
from cms.demo.pictures.plates import ground_of

FIRST_ISSUE = datetime(2019, 4, 1, tzinfo=UTC)
OUTSIDE_SIZES = (12.0, 11.5, 11.0, 10.5, 10.0, 9.5, 9.0, 8.5)
INSIDE_SIZES = (14.0, 13.5, 13.0, 12.5, *OUTSIDE_SIZES)
PICTURE_HEIGHT = COLUMN * 9 / 16
SMALL_PICTURE = (COLUMN - 2 * MARGIN) * 9 / 16
FOOT = PAGE_HEIGHT - 17
GAP = 9.0
PICTURE_GAP = 6.0
LEAST_SIZE_WITH_PICTURES = 10.0


@dataclass(frozen=True)
class BrochurePanel:
    """One panel: a title, 40 to 70 words of rich text, and a picture or none."""

    title: str
    content: str
    picture: PictureSpec | None = None


@dataclass(frozen=True)
class BrochureText:
    """A brochure in one language.

    Attributes:
        title: Of the guidance tool, on the cover.
        summary: Inline rich text under the title.
        file_title: The document's own title, shown by readers in the window.
        panels: Six panels in reading order.
        cover: The plate whose motif and colour the brochure takes.
        coordination: Sentence on who coordinates the project.
        funding: Sentence on who funds it, repeated at the foot of the second page.
        support: Sentence on the national agency.
        disclaimer: Sentence on responsibility.
    """

    title: str
    summary: str
    file_title: str
    panels: tuple[BrochurePanel, ...]
    cover: PictureSpec
    coordination: str
    funding: str
    support: str = ""
    disclaimer: str = ""


def build_brochure_pdf(brochure: BrochureText, locale: str, created_at: datetime = FIRST_ISSUE) -> bytes:
    """Set a brochure.

    When the sheet is folded, the cover comes first, panels 1 and 2 lie on the flap behind it, panels 3 to 5 inside
    and panel 6 with the imprint on the back.

    Args:
        brochure: Texts and pictures; exactly six panels.
        locale: BCP 47 code of the texts; also the document's language.
        created_at: Written into the file as its date of creation.

    Returns:
        The PDF; the same arguments give the same bytes.

    Raises:
        ValueError: There are not six panels.
    """
    if len(brochure.panels) != 6:
        raise ValueError(f"{brochure.file_title} has {len(brochure.panels)} panels; a folded brochure takes 6")
    sheet = Sheet(cover_colour(brochure.cover))
    _describe(sheet.pdf, brochure, locale, created_at)
    sheet.body_size = _outside_size(sheet, brochure)
    sheet.pdf.add_page()
    sheet.ground(0, 3, PAPER)
    _set_cover(sheet, brochure)
    _set_flap(sheet, brochure, locale)
    _set_back(sheet, brochure, locale)
    sheet.body_size = next((size for size in INSIDE_SIZES if _fits_inside(sheet, brochure, size)), INSIDE_SIZES[-1])
    sheet.pdf.add_page()
    sheet.ground(0, 3, PAPER)
    for column, panel in enumerate(brochure.panels[2:5]):
        _set_inside(sheet, column, column + 3, panel, locale)
    _set_foot(sheet, brochure)
    return bytes(sheet.pdf.output())


def _describe(pdf: FPDF, brochure: BrochureText, locale: str, created_at: datetime) -> None:
    pdf.set_lang(locale)
    pdf.set_title(brochure.file_title)
    pdf.set_author("LINKS")
    pdf.set_subject(brochure.title)
    pdf.set_creation_date(created_at)
    pdf.viewer_preferences = None
    pdf.set_display_mode("fullpage", "single")


def _panel_height(sheet: Sheet, panel: BrochurePanel, size: float) -> float:
    return sheet.title_height(panel.title) + sheet.rich_height(panel.content, size)


def _imprint(brochure: BrochureText) -> str:
    sentences = (brochure.coordination, brochure.funding, brochure.support, brochure.disclaimer)
    return "".join(f"<p>{sentence}</p>" for sentence in sentences if sentence)


def _fits_inside(sheet: Sheet, brochure: BrochureText, size: float) -> bool:
    """Whether panels 3 to 5 stand below their pictures at a body size."""
    heights = [_panel_height(sheet, panel, size) for panel in brochure.panels[2:5]]
    return all(height <= FOOT - PICTURE_HEIGHT - GAP - 4 for height in heights)


def _outside_size(sheet: Sheet, brochure: BrochureText) -> float:
    """The body size of flap and back: one that leaves room for their pictures, if it is not small."""
    for size in OUTSIDE_SIZES:
        if size >= LEAST_SIZE_WITH_PICTURES and _fits_outside(sheet, brochure, size, True):
            return size
    return next((size for size in OUTSIDE_SIZES if _fits_outside(sheet, brochure, size, False)), OUTSIDE_SIZES[-1])


def _fits_outside(sheet: Sheet, brochure: BrochureText, size: float, with_pictures: bool) -> bool:
    """Whether flap and back hold their panels at a body size."""

    def height(panel: BrochurePanel) -> float:
        picture = SMALL_PICTURE + PICTURE_GAP if panel.picture and with_pictures else 0.0
        return picture + _panel_height(sheet, panel, size)

    first, second, *_, last = brochure.panels
    flap = height(first) + height(second) + GAP
    back = height(last) + GAP + 8 + sheet.rich_height(_imprint(brochure), 9)
    return max(flap, back) <= PAGE_HEIGHT - 2 * MARGIN


def _set_cover(sheet: Sheet, brochure: BrochureText) -> None:
    """The third column of the first page: motif, title and summary on the deep ground."""
    left = 2 * COLUMN
    ground = ground_of(cover_colour(brochure.cover))
    sheet.ground(2, 1, ground)
    sheet.picture(draw_emblem(brochure.cover), (left, 22), (COLUMN + 0.5, COLUMN + 0.5), "")
    sheet.words("LINKS", (left + MARGIN, MARGIN), ("Lato", "B", 13), PAPER)
    sheet.rule((left + MARGIN, 131), 14, PAPER)
    top = sheet.heading(brochure.title, (left + MARGIN, 137), COLUMN - 2 * MARGIN, (23, 14), PAPER, 42)
    size = next((s for s in (11.0, 10.0, 9.0) if sheet.rich_height(brochure.summary, s) < 199 - top), 8.5)
    sheet.rich(read_paragraphs(brochure.summary), (left + MARGIN, top + 4), size, mix(PAPER, ground, 0.94))


def _set_flap(sheet: Sheet, brochure: BrochureText, locale: str) -> None:
    """The first column of the first page: panels 1 and 2, with as many of their pictures as there is room for."""
    panels = brochure.panels[:2]
    room = PAGE_HEIGHT - 2 * MARGIN - sum(_panel_height(sheet, panel, sheet.body_size) for panel in panels) - GAP
    top = MARGIN
    for number, panel in enumerate(panels, 1):
        if panel.picture and room >= SMALL_PICTURE + PICTURE_GAP:
            room -= SMALL_PICTURE + PICTURE_GAP
            top = _small_picture(sheet, MARGIN, top, panel.picture, locale)
        top = _set_panel(sheet, 0, top, number, panel) + GAP


def _set_back(sheet: Sheet, brochure: BrochureText, locale: str) -> None:
    """The middle column of the first page: panel 6, and the imprint at its foot."""
    panel = brochure.panels[5]
    sheet.ground(1, 1, sheet.tint(0.12))
    imprint = _imprint(brochure)
    foot = PAGE_HEIGHT - MARGIN - sheet.rich_height(imprint, 9)
    top = MARGIN
    room = foot - 8 - top - _panel_height(sheet, panel, sheet.body_size)
    if panel.picture and room >= SMALL_PICTURE + PICTURE_GAP:
        top = _small_picture(sheet, COLUMN + MARGIN, top, panel.picture, locale)
    _set_panel(sheet, 1, top, 6, panel)
    sheet.rule((COLUMN + MARGIN, foot - 6), COLUMN - 2 * MARGIN, sheet.tint(0.5), 0.3)
    sheet.rich(read_paragraphs(imprint), (COLUMN + MARGIN, foot), 9, mix(INK, PAPER, 0.85))


def _set_inside(sheet: Sheet, column: int, number: int, panel: BrochurePanel, locale: str) -> None:
    """A column of the second page: the panel's picture, or its number on a coloured field, and the panel below."""
    place, size = (column * COLUMN, 0.0), (COLUMN, PICTURE_HEIGHT)
    if panel.picture:
        alt = panel.picture.say(panel.picture.description, locale)
        sheet.picture(draw_picture(panel.picture, locale), place, size, alt)
    else:
        sheet.field(place, size, sheet.tint(0.1 + 0.06 * (number % 2)))
        sheet.words(str(number), (place[0] + MARGIN, 14), ("Noto Serif", "B", 76), sheet.colour)
    _set_panel(sheet, column, PICTURE_HEIGHT + GAP, number if panel.picture else 0, panel)


def _set_panel(sheet: Sheet, column: int, top: float, number: int, panel: BrochurePanel) -> float:
    """Title with its number, then the text; 0 leaves the number out.

    Returns:
        Where the panel ends, in millimetres from the top of the page.
    """
    left = column * COLUMN + MARGIN
    top = sheet.numbered_title(panel.title, number, (left, top))
    return sheet.rich(read_paragraphs(panel.content), (left, top), sheet.body_size, INK)


def _small_picture(sheet: Sheet, left: float, top: float, spec: PictureSpec, locale: str) -> float:
    size = (COLUMN - 2 * MARGIN, SMALL_PICTURE)
    alt = spec.say(spec.description, locale)
    sheet.picture(draw_picture(spec, locale), (left, top), size, alt)
    sheet.frame((left, top), size)
    return top + SMALL_PICTURE + PICTURE_GAP


def _set_foot(sheet: Sheet, brochure: BrochureText) -> None:
    """The line at the foot of the second page: the funding sentence, and the project's name."""
    sheet.field((0, FOOT + 3), (3 * COLUMN + BLEED, PAGE_HEIGHT - FOOT - 3 + BLEED), sheet.colour)
    sheet.words(brochure.funding, (MARGIN, FOOT + 8), ("Lato", "", 9), SURFACE)
    sheet.words("LINKS", (3 * COLUMN - MARGIN - 12, FOOT + 8), ("Lato", "B", 9), SURFACE)
