"""Colours of the demonstration's pictures: ink on warm paper, one accent, one colour for each cross-cutting issue."""

Colour = tuple[int, int, int]

PAPER: Colour = (251, 247, 239)
SURFACE: Colour = (255, 253, 249)
INK: Colour = (35, 31, 28)
QUIET: Colour = (92, 84, 75)
RULE: Colour = (206, 196, 180)
ACCENT: Colour = (163, 58, 28)

TOPICS: dict[str, Colour] = {
    "knowledge-and-skills": (27, 86, 132),
    "digital-innovation": (94, 64, 140),
    "employers-and-scientists": (125, 88, 8),
    "decision-makers": (140, 40, 88),
    "evidence-of-impact": (38, 102, 70),
}


def mix(colour: Colour, other: Colour, share: float) -> Colour:
    """Blend two colours.

    Args:
        colour: The colour that has `share` of the result.
        other: The colour that has the rest.
        share: From 0 (only `other`) to 1 (only `colour`).

    Returns:
        The blended colour.
    """
    red, green, blue = (round(a * share + b * (1 - share)) for a, b in zip(colour, other, strict=True))
    return red, green, blue


def colour_of(topic: str, key: str) -> Colour:
    """The colour of a picture.

    Args:
        topic: Key of a cross-cutting issue, or empty.
        key: The picture's own key; one that names a cross-cutting issue takes its colour.

    Returns:
        The issue's colour, or the accent.
    """
    if topic in TOPICS:
        return TOPICS[topic]
    return next((colour for name, colour in TOPICS.items() if name in key), ACCENT)
