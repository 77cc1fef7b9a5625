r"""Formulas: LaTeX in, clean MathML out, and a clear message when it cannot be read.

latex2mathml is lenient (an unknown command becomes its own name, text is not escaped, attributes are taken over), so the
source is checked before and every element after: only MathML Core's presentation elements and harmless attributes come out.
"""

import html
import re
from collections.abc import Iterator
from functools import cache
from xml.etree import ElementTree

from django.utils.translation import gettext as _
from latex2mathml import commands
from latex2mathml.converter import convert_to_element
from latex2mathml.exceptions import (
    DoubleSubscriptsError,
    DoubleSuperscriptsError,
    ExtraLeftOrMissingRightError,
    MissingEndError,
    MissingSuperScriptOrSubscriptError,
)
from latex2mathml.symbols_parser import convert_symbol

MAX_LENGTH = 1000
MAX_DEPTH = 30
NAMESPACE = "http://www.w3.org/1998/Math/MathML"

# Commands that would bring addresses, styles, code points or definitions of the author's own.
REFUSED_COMMANDS = frozenset(
    rf"\{name}"
    for name in (
        "href",
        "class",
        "style",
        "unicode",
        "def",
        "newcommand",
        "renewcommand",
        "require",
        "verb",
        "color",
        "textcolor",
        "colorbox",
        "fcolorbox",
        "tag",
        "tag*",
    )
)
SPACING_COMMANDS = frozenset(
    (r"\\", r"\,", r"\:", r"\;", r"\!", r"\>", r"\ ", r"\{", r"\}", r"\|", r"\_", r"\%", r"\#", r"\$", r"\&")
)

MATHML_TAGS = frozenset(
    "math mrow mi mn mo mtext mspace msub msup msubsup munder mover munderover mmultiscripts mprescripts none mfrac msqrt "
    "mroot mstyle mpadded mphantom menclose mtable mtr mtd".split()
)
MATHML_ATTRIBUTES = frozenset(
    "display alttext mathvariant stretchy fence separator form lspace rspace minsize maxsize largeop movablelimits accent "
    "accentunder width height depth voffset linethickness displaystyle scriptlevel mathsize columnalign rowspacing "
    "columnspacing columnlines rowlines notation linebreak".split()
)

# How many children an element must have; a missing argument of a command leaves fewer.
CHILDREN = {"mfrac": 2, "mroot": 2, "msub": 2, "msup": 2, "msubsup": 3, "munder": 2, "mover": 2, "munderover": 3}

COMMAND = re.compile(r"\\(?:[a-zA-Z]+\*?|.)", re.DOTALL)
ENVIRONMENT = re.compile(r"\\(?:begin|end)\s*\{([a-zA-Z]+\*?)\}")
FORBIDDEN_CHARACTER = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class FormulaError(ValueError):
    """A formula that cannot be read.

    Attributes:
        message: what is wrong, in the language of the screen, the place included.
        position: the character (from 1) at which the trouble begins, or None when it is the whole.
    """

    def __init__(self, message: str, position: int | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.position = position

    def at(self, place: str) -> "FormulaError":
        """Return the same error, saying where the formula stands."""
        message = _("%(place)s: %(message)s") % {"place": place, "message": self.message}
        return FormulaError(message, self.position)


def mathml(latex: str, *, display: bool, alt: str = "") -> str:
    """Turn LaTeX into one `<math>` element, well-formed as XML and as HTML, without script, style or address.

    Args:
        latex: at most `MAX_LENGTH` characters, without dollar signs around it.
        display: whether it stands on a line of its own.
        alt: how it is read aloud, in the language of the text.

    Raises:
        FormulaError: when it is empty, too long, or cannot be read; it names the place.
    """
    check_source(latex)
    try:
        element = convert_to_element(latex, display="block" if display else "inline")
    except (
        Exception
    ) as error:  # latex2mathml has no common base and also lets IndexError, StopIteration and others out
        raise FormulaError(_reason(error)) from error
    clean = _clean(element)
    clean.set("xmlns", NAMESPACE)
    if alt.strip():
        clean.set("alttext", FORBIDDEN_CHARACTER.sub("", alt).strip())
    return ElementTree.tostring(clean, encoding="unicode", short_empty_elements=False)


def check_source(latex: str) -> None:
    """Check what latex2mathml would let pass.

    Raises:
        FormulaError: naming what is wrong and the character at which it stands.
    """
    if not latex.strip():
        raise FormulaError(_("The formula is empty."), 1)
    if len(latex) > MAX_LENGTH:
        message = _("The formula has %(length)d characters; %(limit)d are the most.")
        raise FormulaError(message % {"length": len(latex), "limit": MAX_LENGTH}, MAX_LENGTH + 1)
    forbidden = FORBIDDEN_CHARACTER.search(latex)
    if forbidden:
        raise _error_at(_("There is an invisible control character at character %(position)d."), forbidden.start())
    _check_commands(latex)
    _check_braces(latex)


def _check_commands(latex: str) -> None:
    for match in COMMAND.finditer(latex):
        name = match.group().strip() if len(match.group()) > 2 else match.group()
        if name in REFUSED_COMMANDS:
            raise _error_at(
                _("The command %(command)s at character %(position)d is not allowed."), match.start(), name
            )
        if not is_known(name):
            raise _error_at(_("The command %(command)s at character %(position)d is not known."), match.start(), name)
    for match in ENVIRONMENT.finditer(latex):
        name = match.group(1)
        if rf"\{name}" not in commands.MATRICES:
            raise _error_at(
                _("The environment %(command)s at character %(position)d is not known."), match.start(), name
            )


def _check_braces(latex: str) -> None:
    """Refuse braces that do not match, too deep nesting, and signs that mean something else in LaTeX."""
    open_positions: list[int] = []
    for position, character in _bare_characters(latex):
        if character == "{":
            open_positions.append(position)
            if len(open_positions) > MAX_DEPTH:
                raise _error_at(_("The braces at character %(position)d are nested too deeply."), position)
        elif character == "}":
            if not open_positions:
                raise _error_at(_("The closing brace at character %(position)d has no opening brace."), position)
            open_positions.pop()
        elif character in "$%#":
            message = _(r"Write \%(command)s instead of %(command)s at character %(position)d.")
            raise _error_at(message, position, character)
    if open_positions:
        raise _error_at(_("The opening brace at character %(position)d is never closed."), open_positions[-1])


def _bare_characters(latex: str) -> Iterator[tuple[int, str]]:
    """Yield position and character of everything that is not part of a command."""
    position = 0
    while position < len(latex):
        command = COMMAND.match(latex, position)
        if command:
            position = command.end()
            continue
        yield position, latex[position]
        position += 1


def is_known(command: str) -> bool:
    r"""Tell whether latex2mathml knows a command, given with its backslash (`\frac`)."""
    return (
        command in _known_commands() or command.rstrip("*") in _known_commands() or convert_symbol(command) is not None
    )


@cache
def _known_commands() -> frozenset[str]:
    """Collect every command that latex2mathml's command table names."""
    found = set(SPACING_COMMANDS) | {r"\begin", r"\end", r"\operatorname"}
    for value in vars(commands).values():
        names = [value] if isinstance(value, str) else value if isinstance(value, dict | list | tuple | set) else []
        found.update(name for name in names if isinstance(name, str) and name.startswith("\\"))
    return frozenset(found - {"\\"})


def _clean(element: ElementTree.Element) -> ElementTree.Element:
    """Copy an element with what is allowed in it; text is decoded once, so that it is escaped when written."""
    if element.tag not in MATHML_TAGS:
        raise FormulaError(_("The formula cannot be read."))
    if len(element) != CHILDREN.get(element.tag, len(element)):
        raise FormulaError(_("The formula cannot be read; something is missing after a command."))
    allowed = {
        name: FORBIDDEN_CHARACTER.sub("", str(value))
        for name, value in element.attrib.items()
        if name in MATHML_ATTRIBUTES
    }
    copy = ElementTree.Element(element.tag, allowed)
    text = html.unescape(element.text or "")
    if text.startswith("\\") and len(text) > 1:
        raise FormulaError(_("The command %(command)s is not known.") % {"command": text})
    copy.text = FORBIDDEN_CHARACTER.sub("", text) or None
    copy.extend([_clean(child) for child in element])
    return copy


def _error_at(message: str, index: int, command: str = "") -> FormulaError:
    position = index + 1
    return FormulaError(message % {"position": position, "command": command}, position)


def _reason(error: Exception) -> str:
    """Say in plain words why latex2mathml gave up."""
    if isinstance(error, DoubleSubscriptsError):
        return _("Two subscripts follow each other; put braces around what belongs together.")
    if isinstance(error, DoubleSuperscriptsError):
        return _("Two superscripts follow each other; put braces around what belongs together.")
    if isinstance(error, ExtraLeftOrMissingRightError):
        return _(r"\left and \right do not match.")
    if isinstance(error, MissingEndError):
        return _(r"An environment is begun with \begin and never ended with \end.")
    if isinstance(error, MissingSuperScriptOrSubscriptError):
        return _("Nothing follows the sign _ or ^.")
    return _("The formula cannot be read; something is missing after a command.")
