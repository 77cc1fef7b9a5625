"""LaTeX becomes clean MathML, or a message that names the place."""

from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pages.formulas import MATHML_ATTRIBUTES, MATHML_TAGS, MAX_DEPTH, MAX_LENGTH, NAMESPACE, FormulaError, mathml


def test_formula_becomes_mathml_with_spoken_form() -> None:
    result = mathml("H_2O", display=False, alt="water")

    assert result == (
        '<math display="inline" xmlns="http://www.w3.org/1998/Math/MathML" alttext="water">'
        "<mrow><msub><mi>H</mi><mn>2</mn></msub><mi>O</mi></mrow></math>"
    )


def test_formula_on_its_own_line_is_displayed_as_block() -> None:
    result = mathml(r"\frac{a}{b}", display=True)

    assert result == (
        '<math display="block" xmlns="http://www.w3.org/1998/Math/MathML">'
        "<mrow><mfrac><mrow><mi>a</mi></mrow><mrow><mi>b</mi></mrow></mfrac></mrow></math>"
    )


@pytest.mark.parametrize(
    ("latex", "message", "position"),
    [
        ("", "The formula is empty.", 1),
        (" \n ", "The formula is empty.", 1),
        (r"a + \foo{b}", r"The command \foo at character 5 is not known.", 5),
        (r"\href{javascript:alert(1)}{x}", r"The command \href at character 1 is not allowed.", 1),
        (r"x \style{color:red}{y}", r"The command \style at character 3 is not allowed.", 3),
        (r"\def\x{y}", r"The command \def at character 1 is not allowed.", 1),
        (r"a \begin{tikz} b \end{tikz}", "The environment tikz at character 3 is not known.", 3),
        ("x^{2", "The opening brace at character 3 is never closed.", 3),
        ("a{b{c}", "The opening brace at character 2 is never closed.", 2),
        ("a}", "The closing brace at character 2 has no opening brace.", 2),
        ("50 %", r"Write \% instead of % at character 4.", 4),
        ("$x$", r"Write \$ instead of $ at character 1.", 1),
        ("a\x00b", "There is an invisible control character at character 2.", 2),
        ("a^b^c", "Two superscripts follow each other; put braces around what belongs together.", None),
        ("a_b_c", "Two subscripts follow each other; put braces around what belongs together.", None),
        (r"\left( a", r"\left and \right do not match.", None),
        ("a_", "Nothing follows the sign _ or ^.", None),
        (r"\begin{matrix} a", r"An environment is begun with \begin and never ended with \end.", None),
        (r"\frac{a}", "The formula cannot be read; something is missing after a command.", None),
    ],
)
def test_unreadable_formula_is_refused_with_place(latex: str, message: str, position: int | None) -> None:
    with pytest.raises(FormulaError) as caught:
        mathml(latex, display=True)

    assert str(caught.value) == message
    assert caught.value.position == position


def test_formula_that_is_too_long_is_refused() -> None:
    assert mathml("x" * MAX_LENGTH, display=False)

    with pytest.raises(FormulaError, match=r"^The formula has 1001 characters; 1000 are the most\.$"):
        mathml("x" * (MAX_LENGTH + 1), display=False)


def test_formula_nested_too_deeply_is_refused() -> None:
    depth = MAX_DEPTH + 1

    with pytest.raises(FormulaError, match="nested too deeply"):
        mathml("{" * depth + "x" + "}" * depth, display=False)


def test_error_says_where_the_formula_stands() -> None:
    error = FormulaError("The formula is empty.", 1).at("3 (Formula)")

    assert str(error) == "3 (Formula): The formula is empty."
    assert error.position == 1


def test_markup_inside_text_is_escaped() -> None:
    result = mathml(r"\text{<script>alert(1)</script> &lt;b>}", display=False, alt='"><script>')

    assert "<script" not in result
    assert ElementTree.fromstring(result).get("alttext") == '"><script>'


@pytest.mark.parametrize(
    "latex",
    [
        r"CO_2 + H_2O \rightarrow C_6H_{12}O_6 + O_2",
        r"E = m c^2",
        r"\sqrt[3]{x} \leq \alpha",
        r"\sum_{i=1}^{n} x_i = \bar{x} \cdot n",
        r"\begin{pmatrix} a & b \\ c & d \end{pmatrix}",
        r"\vec{F} = m \vec{a}",
        r"10\,\% \text{ of } \mathrm{kg}",
        r"\Delta T = 5\,^{\circ}\mathrm{C}",
        r"f(x) = \begin{cases} 1 & x > 0 \\ 0 & x \leq 0 \end{cases}",
        r"\left( \frac{1}{2} \right)^{n}",
        r"\operatorname{var}(X)",
    ],
)
def test_formulas_of_lessons_are_read(latex: str) -> None:
    root = ElementTree.fromstring(mathml(latex, display=True))

    assert root.tag == f"{{{NAMESPACE}}}math"
    assert not [element.text for element in root.iter() if (element.text or "").startswith("\\")]


PIECES = (
    r"\frac \left \right \begin{matrix} \end{matrix} \text \color{red} \href \sqrt \not \sideset \\ \big \raise \kern \limits "
    r"{ } [ ] ^ _ & ' <script> javascript: x 1 ( ) | % $ # \" \mathbb{R} \alpha \sum \hspace \rule \phantom \operatorname{x}"
).split()
ATOMS = st.sampled_from(["x", "1", r"\alpha", r"\text{<b>&lt;}", r"\sum", "<", "'", r"\mathrm{kg}", r"\,", "é"])
WELL_FORMED = st.recursive(
    ATOMS,
    lambda inner: st.one_of(
        st.tuples(inner, inner).map(lambda pair: rf"\frac{{{pair[0]}}}{{{pair[1]}}}"),
        st.tuples(inner, inner).map(lambda pair: f"{{{pair[0]}}}_{{{pair[1]}}}"),
        st.tuples(inner, inner).map(lambda pair: rf"\begin{{matrix}} {pair[0]} & {pair[1]} \end{{matrix}}"),
        inner.map(lambda text: rf"\left( \sqrt{{{text}}} \right]"),
        inner.map(lambda text: rf"\overline{{{text}}}"),
    ),
    max_leaves=12,
)
ANY_LATEX = st.one_of(st.text(max_size=60), st.lists(st.sampled_from(PIECES), max_size=25).map(" ".join), WELL_FORMED)


@given(latex=ANY_LATEX, alt=st.text(max_size=20), display=st.booleans())
def test_any_text_is_refused_or_becomes_safe_mathml(latex: str, alt: str, display: bool) -> None:
    try:
        result = mathml(latex, display=display, alt=alt)
    except FormulaError:
        return

    root = ElementTree.fromstring(result)
    for element in root.iter():
        assert element.tag.removeprefix(f"{{{NAMESPACE}}}") in MATHML_TAGS
        assert set(element.attrib) <= MATHML_ATTRIBUTES
        assert not any("javascript:" in value for name, value in element.attrib.items() if name != "alttext")


@given(latex=WELL_FORMED)
def test_well_formed_latex_is_read(latex: str) -> None:
    assert ElementTree.fromstring(mathml(latex, display=False)).tag == f"{{{NAMESPACE}}}math"
