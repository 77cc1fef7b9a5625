"""Cover plates: a deep ground in the picture's colour, a motif, and the title in large serif letters."""

from cms.demo.pictures.canvas import HEIGHT, MARGIN, WIDTH, Box, Canvas
from cms.demo.pictures.lettering import fit
from cms.demo.pictures.motifs import MOTIFS
from cms.demo.pictures.palette import INK, PAPER, Colour, mix

GROUND_SHADE = 0.86


def ground_of(colour: Colour) -> Colour:
    """The deep ground of a plate in that colour; paper-coloured letters on it have a contrast of 6:1 or more."""
    return mix(colour, INK, GROUND_SHADE)


def draw_plate(canvas: Canvas, title: str, motif: str) -> None:
    """Fill the picture with a plate.

    Args:
        canvas: Made with the ground of its colour.
        title: Set at the left in at most five lines; empty for the motif alone.
        motif: One of `MOTIFS`.

    Raises:
        ValueError: There is no such motif.
    """
    if motif not in MOTIFS:
        raise ValueError(f"no motif {motif!r}; choose one of {', '.join(MOTIFS)}")
    MOTIFS[motif](canvas)
    if not title:
        return
    width = 600.0
    setting = fit(title, "serif", (width, 520), 76, 42)
    foot = HEIGHT - MARGIN - 8
    canvas.line([(MARGIN + 2, foot), (MARGIN + 110, foot)], PAPER, 6)
    room = Box(MARGIN, foot - 34 - setting.height, width, setting.height)
    canvas.text(setting, room, PAPER, "lt")
    canvas.text(fit("LINKS", "bold", (WIDTH, 60), 34), Box(MARGIN, MARGIN - 16, 200, 50), PAPER, "lt")
