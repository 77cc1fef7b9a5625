"""Stored rich text becomes clean HTML with placeholders, and the builder knows what it uses."""

import uuid
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st
from wagtail.models import Page

from pages.entries import EntryBuilder, Reference, word_count, words_of
from pages.formulas import FormulaError
from pages.richtext import TAGS, outside_address, render_rich_text, validate_rich_text
from tests.pages.block_samples import make_file, make_image

NOTE = "6f2b3c1e-7d14-4c6e-9a51-0d3f6a1b2c3d"
OTHER_NOTE = "0a1b2c3d-7d14-4c6e-9a51-0d3f6a1b2c3d"

# Pieces of markup, good and bad, that are put together at random.
PIECES = [
    "<p>",
    "</p>",
    "<b>",
    "</a>",
    "text",
    "<script>alert(1)</script>",
    "<script>",
    '<a href="javascript:alert(1)">',
    '<a href="https://a.example/" onclick="x()">',
    '<a linktype="formula" latex="x^2">',
    '<a linktype="lang" lang="fr">',
    "<math><mtext><img src=x onerror=alert(1)>",
    "<svg onload=x()>",
    "<style>p{}",
    "<!--",
    "-->",
    "<![CDATA[",
    '"',
    "'>",
    "<",
    "&lt;script&gt;",
    f'<footnote id="{NOTE}">',
    "<noscript>",
    "<template>",
    "<table><tr><td>",
]


@pytest.fixture
def builder() -> EntryBuilder:
    return EntryBuilder(locale="en", footnotes={NOTE: "<p>A note.</p>", OTHER_NOTE: "<p>Another.</p>"})


@pytest.fixture
def root(db: None) -> Page:
    return Page.objects.get(depth=1)


@pytest.mark.parametrize(
    ("stored", "rendered"),
    [
        ("", ""),
        ("   ", ""),
        ('<p data-block-key="a1">One <b>two</b></p>', "<p>One <b>two</b></p>"),
        (
            "<p>CO<sub>2</sub>, m<sup>2</sup>, <i>i</i><br/>x</p>",
            "<p>CO<sub>2</sub>, m<sup>2</sup>, <i>i</i><br>x</p>",
        ),
        (
            '<ul class="x"><li data-block-key="b">a</li></ul><ol><li>b</li></ol>',
            "<ul><li>a</li></ul><ol><li>b</li></ol>",
        ),
        ('<p style="color:red" onclick="x()">a</p>', "<p>a</p>"),
        ("<h2>Title</h2><p>a</p>", "Title<p>a</p>"),
        ("<p></p><p>a</p><p> </p>", "<p>a</p>"),
        ("<p>a<script>alert(1)</script>b<style>p{}</style></p>", "<p>ab</p>"),
        ("<p>1 &lt; 2 &amp; 3</p>", "<p>1 &lt; 2 &amp; 3</p>"),
        ('<p><abbr title="carbon">C</abbr></p>', '<p><abbr title="carbon">C</abbr></p>'),
        ("<svg><script>alert(1)</script></svg><p>a</p>", "<p>a</p>"),
        ("<math><mi>x</mi></math><p>a</p>", "<p>a</p>"),
        (
            '<p><a data-entry="x" data-file="3" id="fn-1" href="https://a.example/">a</a></p>',
            '<p><a href="https://a.example/">a</a></p>',
        ),
        ('<p><img src="https://a.example/x.png" data-image="1">a</p>', "<p>a</p>"),
    ],
)
def test_only_known_markup_is_kept(builder: EntryBuilder, stored: str, rendered: str) -> None:
    assert render_rich_text(stored, builder) == rendered
    assert builder.references == set()


def test_inline_text_has_no_paragraphs(builder: EntryBuilder) -> None:
    assert render_rich_text('<p data-block-key="a">One <i>two</i></p>', builder, inline=True) == "One <i>two</i>"
    assert render_rich_text("<p>One</p><p>Two</p><p></p>", builder, inline=True) == "One<br>Two"


@pytest.mark.parametrize(
    ("href", "kept"),
    [
        ("https://a.example/x?y=1&z=2", "https://a.example/x?y=1&z=2"),
        ("http://a.example", "http://a.example"),
        ("mailto:someone@a.example", "mailto:someone@a.example"),
        ("javascript:alert(1)", None),
        (" JavaScript:alert(1)", None),
        ("java\nscript:alert(1)", None),
        ("data:text/html,x", None),
        ("//a.example/", None),
        ("/admin/", None),
        ("#part", None),
        ("tel:123", None),
        ("http://", None),
        ("http://[x", None),
    ],
)
def test_only_safe_outside_addresses_are_linked(builder: EntryBuilder, href: str, kept: str | None) -> None:
    assert outside_address(href) == kept

    rendered = render_rich_text(f'<p><a href="{href}">text</a></p>', builder)

    escaped = (kept or "").replace("&", "&amp;")
    assert rendered == (f'<p><a href="{escaped}">text</a></p>' if kept else "<p>text</p>")


def test_page_link_becomes_entry(builder: EntryBuilder, root: Page) -> None:
    rendered = render_rich_text(f'<p><a linktype="page" id="{root.pk}">home</a></p>', builder)

    assert rendered == f'<p><a data-entry="{root.translation_key}">home</a></p>'
    assert builder.references == {Reference("entry", str(root.translation_key), "link")}


def test_link_to_unknown_page_leaves_its_text(builder: EntryBuilder, db: None) -> None:
    stored = (
        '<p><a linktype="page" id="999999">gone</a> <a linktype="page" id="x">odd</a> <a linktype="page">none</a></p>'
    )

    assert render_rich_text(stored, builder) == "<p>gone odd none</p>"
    assert builder.references == set()


def test_links_are_looked_up_in_one_statement_per_kind(
    builder: EntryBuilder, root: Page, django_assert_num_queries: Any
) -> None:
    links = "".join(f'<a linktype="page" id="{number}">p</a>' for number in (root.pk, root.pk + 1, 777))
    files = '<a linktype="document" id="1">f</a><a linktype="document" id="2">f</a>'
    images = '<embed embedtype="image" id="1" alt="a" format="left"/>'

    with django_assert_num_queries(3):
        render_rich_text(f"<p>{links}{files}{images}</p>", builder)

    with django_assert_num_queries(0):
        render_rich_text("<p>no links</p>", builder)


def test_formula_becomes_mathml_with_its_spoken_form(builder: EntryBuilder) -> None:
    rendered = render_rich_text('<p>So <a linktype="formula" latex="H_2O">water</a> boils.</p>', builder)

    assert rendered == (
        '<p>So <math display="inline" xmlns="http://www.w3.org/1998/Math/MathML" alttext="water">'
        "<mrow><msub><mi>H</mi><mn>2</mn></msub><mi>O</mi></mrow></math> boils.</p>"
    )


def test_formula_that_cannot_be_read_is_quoted(builder: EntryBuilder) -> None:
    stored = r'<p>a <a linktype="formula" latex="\foo">b</a></p>'

    with pytest.raises(FormulaError) as caught:
        render_rich_text(stored, builder)
    with pytest.raises(ValidationError) as refused:
        validate_rich_text(stored + '<p><a linktype="formula" latex="x^2">ok</a><a linktype="formula">none</a></p>')

    assert str(caught.value) == r"“\foo”: The command \foo at character 1 is not known."
    assert refused.value.messages == [
        r"“\foo”: The command \foo at character 1 is not known.",
        "“”: The formula is empty.",
    ]


def test_phrase_keeps_its_language_and_its_markup(builder: EntryBuilder) -> None:
    stored = (
        '<p><a linktype="lang" lang="fr">la <i>main</i> à la pâte</a> <a linktype="lang" lang="&quot;x">odd</a></p>'
    )

    assert render_rich_text(stored, builder) == '<p><span lang="fr">la <i>main</i> à la pâte</span> odd</p>'


def test_footnotes_are_numbered_in_order_of_first_use(builder: EntryBuilder) -> None:
    first = render_rich_text(f'<p>a<footnote id="{OTHER_NOTE}">[0a1b2c]</footnote></p>', builder)
    second = render_rich_text(
        f'<p>b<footnote id="{NOTE}">[6f2b3c]</footnote> c<footnote id="{OTHER_NOTE}">[0a1b2c]</footnote></p>', builder
    )

    assert first == ('<p>a<sup class="footnote-ref"><a href="#fn-1" id="fnref-1" role="doc-noteref">1</a></sup></p>')
    assert second == (
        '<p>b<sup class="footnote-ref"><a href="#fn-2" id="fnref-2" role="doc-noteref">2</a></sup>'
        ' c<sup class="footnote-ref"><a href="#fn-1" id="fnref-1-2" role="doc-noteref">1</a></sup></p>'
    )
    assert [note["key"] for note in builder.footnote_texts()] == [OTHER_NOTE, NOTE]


def test_footnote_that_does_not_exist_leaves_nothing(builder: EntryBuilder) -> None:
    assert render_rich_text(f'<p>a<footnote id="{uuid.uuid4()}">[abc]</footnote>.</p>', builder) == "<p>a.</p>"
    assert builder.used_footnotes == []


def test_image_in_text_becomes_a_placeholder(builder: EntryBuilder, db: None) -> None:
    image = make_image()
    stored = (
        f'<p>a</p><embed embedtype="image" id="{image.pk}" alt="A &quot;leaf&quot;" format="fullwidth"/>'
        '<embed embedtype="image" id="99999" alt="x" format="left"/><embed embedtype="media" url="https://a.example/"/>'
    )

    assert render_rich_text(stored, builder) == f'<p>a</p><img data-image="{image.pk}" alt="A &quot;leaf&quot;">'
    assert builder.references == {Reference("image", str(image.pk), "body")}


def test_link_to_a_file_becomes_a_placeholder(builder: EntryBuilder, db: None) -> None:
    file = make_file()
    stored = f'<p><a linktype="document" id="{file.pk}">sheet</a> <a linktype="document" id="99999">gone</a></p>'

    assert render_rich_text(stored, builder) == f'<p><a data-file="{file.pk}">sheet</a> gone</p>'
    assert builder.references == {Reference("file", str(file.pk), "link")}


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("", ""),
        ("<p>One</p><p>two</p><ul><li>three</li><li>four</li></ul>", "One two three four"),
        ("<p>CO<sub>2</sub> and <b>m</b><sup>2</sup> &lt; 3 &amp; x</p>", "CO2 and m2 < 3 & x"),
        ("a<br>b", "a b"),
        ('<p>word<sup class="footnote-ref"><a href="#fn-1" id="fnref-1">1</a></sup>.</p>', "word."),
        (
            '<p>So <math display="inline" alttext="x > 0"><mi>x</mi><mo>&gt;</mo><mn>0</mn></math> holds</p>',
            "So x > 0 holds",
        ),
        ('<p>So <math display="inline"><mi>x</mi><mn>2</mn></math> holds</p>', "So x2 holds"),
        ('<p><a href="https://a.example/?x=1">link</a>s</p>', "links"),
    ],
)
def test_text_of_clean_html_reads_as_it_is_spoken(html: str, text: str) -> None:
    assert words_of(html) == text
    assert word_count(html) == len(text.split())


@given(stored=st.lists(st.sampled_from(PIECES), max_size=20).map("".join))
def test_no_stored_text_brings_script_or_unknown_markup(stored: str) -> None:
    builder = EntryBuilder(locale="en")
    try:
        rendered = render_rich_text(stored, builder)
    except FormulaError:
        return

    tags = BeautifulSoup(rendered, "html.parser").find_all(True)
    assert {tag.name for tag in tags} <= TAGS
    assert not [name for tag in tags for name in tag.attrs if name.startswith("on") or name == "style"]
    assert not [tag for tag in tags if not tag.get("href", "https:").startswith(("https:", "#fn-"))]
