"""Blocks, rich text in all its forms, images and files."""

import re
from typing import Any

import pytest

from cms.media.models import File, Image
from home.models import HomePage
from pages.models import ChapterPage
from tests import factories
from tests.graphql.conftest import Ask

IMAGE = "id alt isDecorative credit license { spdx } width height focalPoint { x y } placeholder { color dataUrl }"


@pytest.fixture
def chapter(home: HomePage) -> ChapterPage:
    """Return a chapter with one block of every kind, with pictures and files."""
    study = factories.make_study(home)
    image = factories.make_image("Red", description="Own words", credit="Library")
    file, captions = factories.make_file("Film", "film.mp4"), factories.make_file("Words", "film.vtt")
    body = factories.every_block(image, file, captions, study, factories.make_organisation("Institute"))
    return factories.make_chapter(study, "Inquiry", hero=image, body=body)


def _body(ask: Ask, fragment: str) -> list[dict[str, Any]]:
    data = ask(f'{{ chapter(slug: "inquiry") {{ body {{ __typename ... on Block {{ id }} {fragment} }} }} }}')
    blocks: list[dict[str, Any]] = data["chapter"]["body"]
    return blocks


def test_one_fragment_for_every_kind_of_block(ask: Ask, chapter: ChapterPage) -> None:
    film, captions = File.objects.get(title="Film"), File.objects.get(title="Words")
    fragments = """
        ... on HeadingBlock { level text anchor }
        ... on ParagraphBlock { content { links { text } } }
        ... on FigureBlock { image { alt } caption { html } credit longDescription }
        ... on QuoteBlock { quote attribution }
        ... on TableBlock { caption { html } columns rows hasRowHeader }
        ... on CalloutBlock { kind title content { plainText } }
        ... on KeyPointsBlock { title points }
        ... on CaseStudyBlock { title context { plainText } action { plainText } evidence { html } organisation { name } }
        ... on FormulaBlock { latex mathml alt }
        ... on VideoBlock { title poster { alt } file { title url } externalUrl transcript { plainText } captionsUrl }
        ... on DownloadBlock { title file { title } }
        ... on LinkListBlock { title links { text kind url path } }"""

    blocks = _body(ask, fragments)
    ids = [one.pop("id") for one in blocks]
    mathml = blocks[8].pop("mathml")

    assert len(set(ids)) == 12
    assert mathml.startswith("<math")
    assert blocks == [
        {"__typename": "HeadingBlock", "level": 2, "text": "Why inquiry?", "anchor": "why-inquiry"},
        {
            "__typename": "ParagraphBlock",
            "content": {"links": [{"text": "on"}, {"text": "print"}, {"text": "go out"}]},
        },
        {
            "__typename": "FigureBlock",
            "image": {"alt": "A red field"},
            "caption": {"html": "The <i>cycle</i>"},
            "credit": "Ana",
            "longDescription": "All about it",
        },
        {"__typename": "QuoteBlock", "quote": "Ask first.", "attribution": "A teacher"},
        {
            "__typename": "TableBlock",
            "caption": {"html": "Phases"},
            "columns": ["Phase", "Aim"],
            "rows": [["Plan", "Ask & think"]],
            "hasRowHeader": True,
        },
        {
            "__typename": "CalloutBlock",
            "kind": "TIP",
            "title": "Try it",
            "content": {"plainText": "First do it yourself."},
        },
        {"__typename": "KeyPointsBlock", "title": "In short", "points": ["One", "Two"]},
        {
            "__typename": "CaseStudyBlock",
            "title": "A garden",
            "context": {"plainText": "A school."},
            "action": {"plainText": "They planted."},
            "evidence": None,
            "organisation": {"name": "Institute"},
        },
        {"__typename": "FormulaBlock", "latex": "x^2", "alt": "x squared"},
        {
            "__typename": "VideoBlock",
            "title": "A film",
            "poster": None,
            "file": {"title": "Film", "url": f"https://site.example/media/{film.file.name}"},
            "externalUrl": None,
            "transcript": {"plainText": "Trees."},
            "captionsUrl": f"https://site.example/media/{captions.file.name}",
        },
        {"__typename": "DownloadBlock", "title": None, "file": {"title": "Film"}},
        {
            "__typename": "LinkListBlock",
            "title": "Read on",
            "links": [
                {"text": "Inside", "kind": "PAGE", "url": "https://site.example/en/study/", "path": "/study/"},
                {"text": "Outside", "kind": "EXTERNAL", "url": "https://out.example/list", "path": None},
            ],
        },
    ]


def test_rich_text_in_all_its_forms(ask: Ask, chapter: ChapterPage) -> None:
    film = File.objects.get(title="Film")
    fragment = """... on ParagraphBlock { content { html paths: html(links: PATH) markdown plainText
        links { text kind url path entryId } } }"""

    content = next(one["content"] for one in _body(ask, fragment) if one["__typename"] == "ParagraphBlock")

    address = f"https://site.example/media/{film.file.name}"
    assert content["html"].startswith(
        '<p>Water is H<sub>2</sub>O. Read <a href="https://site.example/en/study/">on</a>, '
        f'<a href="{address}">print</a> or <a href="https://out.example/">go out</a>.</p>'
    )
    assert '<span lang="fr">bonjour</span>' in content["html"]
    assert '<a href="/study/">on</a>' in content["paths"]
    assert content["markdown"].startswith(
        f"Water is H<sub>2</sub>O. Read [on](https://site.example/en/study/), [print]({address}) "
        "or [go out](https://out.example/).\n\n<math"
    )
    assert content["markdown"].endswith('</math> and <span lang="fr">bonjour</span>')
    assert content["plainText"] == "Water is H2O. Read on, print or go out.\nx squared and bonjour"
    assert content["links"] == [
        {
            "text": "on",
            "kind": "PAGE",
            "url": "https://site.example/en/study/",
            "path": "/study/",
            "entryId": str(chapter.get_parent().translation_key),
        },
        {"text": "print", "kind": "FILE", "url": address, "path": None, "entryId": None},
        {"text": "go out", "kind": "EXTERNAL", "url": "https://out.example/", "path": None, "entryId": None},
    ]


def test_table_as_html_has_scoped_headings(ask: Ask, chapter: ChapterPage) -> None:
    html = next(one["html"] for one in _body(ask, "... on TableBlock { html }") if one["__typename"] == "TableBlock")

    assert '<th scope="col">Phase</th>' in html
    assert '<th scope="row">Plan</th><td>Ask &amp; think</td>' in html
    assert re.search(r'<caption id="[^"]+">Phases</caption>', html)


def test_body_as_one_string(ask: Ask, chapter: ChapterPage) -> None:
    data = ask(
        """{ chapter(slug: "inquiry") { bodyHtml deeper: bodyHtml(headingLevel: 3, links: PATH) bodyMarkdown } }"""
    )["chapter"]

    assert '<h2 id="why-inquiry">Why inquiry?</h2>' in data["bodyHtml"]
    assert '<a href="https://site.example/en/study/">on</a>' in data["bodyHtml"]
    assert '<h3 id="why-inquiry">Why inquiry?</h3>' in data["deeper"]
    assert '<a href="/study/">on</a>' in data["deeper"]
    assert data["bodyMarkdown"].startswith("## Why inquiry?\n\nWater is H<sub>2</sub>O.")
    assert "data-entry" not in data["bodyHtml"] + data["deeper"] + data["bodyMarkdown"]


def test_heading_level_out_of_range_is_refused(answer: Ask, chapter: ChapterPage) -> None:
    result = answer('{ chapter(slug: "inquiry") { bodyHtml(headingLevel: 5) } }')

    assert result["errors"][0]["message"] == "`headingLevel` is 5; it must be between 1 and 4."
    assert result["errors"][0]["extensions"]["code"] == "BAD_REQUEST"


def test_image_with_renditions_and_sources(ask: Ask, chapter: ChapterPage) -> None:
    hero = ask(
        f"""{{ chapter(slug: "inquiry") {{ hero {{ {IMAGE}
        rendition(preset: CARD) {{ url width height type }} png: rendition(preset: SOCIAL, format: PNG) {{ type }}
        sources(preset: CARD) {{ type srcset sizes }} }} }} }}"""
    )["chapter"]["hero"]

    assert hero["rendition"]["url"].startswith("https://site.example/media/images/")
    assert (hero["rendition"]["width"], hero["rendition"]["height"]) == (320, 180)
    assert hero["rendition"]["type"] == "image/webp"
    assert hero["png"] == {"type": "image/webp"}
    (source,) = hero["sources"]
    assert (source["type"], source["sizes"]) == ("image/webp", "(min-width: 60rem) 25rem, 100vw")
    assert re.fullmatch(r"(https://site\.example/media/images/\S+ 320w(, )?){2}", source["srcset"])
    assert (hero["alt"], hero["isDecorative"], hero["credit"]) == ("Own words", False, "Library")
    assert (hero["width"], hero["height"], hero["focalPoint"]) == (320, 180, None)
    assert hero["license"] == {"spdx": "CC-BY-4.0"}
    assert hero["placeholder"]["color"] == "#c82828"
    assert hero["placeholder"]["dataUrl"].startswith("data:image/")


def test_the_same_image_described_differently_has_different_ids(ask: Ask, chapter: ChapterPage) -> None:
    data = ask('{ chapter(slug: "inquiry") { hero { id alt } body { ... on FigureBlock { image { id alt } } } } }')[
        "chapter"
    ]
    shown = next(one["image"] for one in data["body"] if one)

    found = ask(
        "query($ids: [ID!]!) { nodes(ids: $ids) { id ... on Image { alt } } }", ids=[data["hero"]["id"], shown["id"]]
    )

    assert data["hero"]["id"] != shown["id"]
    assert found["nodes"] == [data["hero"], shown]


def test_image_without_any_rendition_is_not_delivered(ask: Ask, chapter: ChapterPage) -> None:
    Image.objects.get().renditions.all().delete()

    data = ask('{ chapter(slug: "inquiry") { hero { alt rendition(preset: CARD) { url } } seo { image { alt } } } }')

    assert data["chapter"] == {"hero": None, "seo": {"image": None}}


def test_file_is_found_again_by_its_id(ask: Ask, chapter: ChapterPage) -> None:
    fragment = "... on DownloadBlock { file { id title description size } }"
    file = next(one["file"] for one in _body(ask, fragment) if one["__typename"] == "DownloadBlock")

    found = ask(
        "query($id: ID!) { node(id: $id) { __typename id ... on File { title description size } } }", id=file["id"]
    )

    assert found["node"] == {"__typename": "File", **file}
    assert (file["title"], file["description"], file["size"]) == ("Film", None, len(factories.PDF))
