"""Nothing that is not live, public and reviewed is reachable through any field."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from graphql import GraphQLObjectType, get_named_type, is_composite_type, is_required_argument

from cms.graphql.schema import schema
from guidance.models import GuidanceToolPage
from home.models import HomePage
from pages.models import ChapterPage, Organisation, Topic
from pages.signals import content_transaction
from tests import factories
from tests.graphql.conftest import Ask

SECRET = "Secret"


def _unpublish(page: Any) -> None:
    page.unpublish()


def _restrict(page: Any) -> None:
    factories.restrict(page)


def _delete(page: Any) -> None:
    page.delete()


HIDINGS: list[Callable[[Any], None]] = [_unpublish, _restrict, _delete]


@pytest.fixture
def secret(home: HomePage) -> ChapterPage:
    """Return a live chapter titled Secret that every kind of relation and link leads to."""
    study = factories.make_study(home)
    topic, image, file = factories.make_topic(), factories.make_image(), factories.make_file()
    organisation = factories.make_organisation()
    with content_transaction():
        factories.make_chapter(study, "Before", [topic])
        chapter = factories.make_chapter(study, SECRET, [topic], summary=f"<p>{SECRET}</p>")
        body = [
            *factories.every_block(image, file, file, chapter, organisation),
            factories.paragraph(f"<p>{factories.page_anchor(chapter, 'words')}</p>"),
        ]
        factories.make_chapter(study, "After", [topic], body=body)
        index = factories.make_tools(home)
        tool = factories.make_tool(index, related_chapters=[chapter], body=body, issue=topic)
        factories.make_brochure(tool)
        factories.make_frame(chapter, image)
        home = HomePage.objects.get(pk=home.pk)
        home.calls_to_action = [("call_to_action", {"text": "Go", "page": chapter})]
        home.save()
    return chapter


def _selection(type_: Any, is_inside_entry: bool = False) -> str:
    """Return a selection of everything below a type that needs no argument; of an entry inside an entry, the leaves."""
    is_entry = any(one.name == "Entry" for one in getattr(type_, "interfaces", ()))
    if isinstance(type_, GraphQLObjectType) or is_entry:
        return _fields(type_, is_inside_entry or is_entry, only_leaves=is_inside_entry and is_entry)
    parts = (
        f"... on {one.name} {{ {_selection(one, is_inside_entry)} }}"
        for one in schema.graphql_schema.get_possible_types(type_)
    )
    return " ".join(["__typename", *parts])


def _fields(type_: Any, is_inside_entry: bool, *, only_leaves: bool) -> str:
    """Return the fields of a type under names of their own, so that those of different types cannot conflict."""
    found = ["__typename"]
    for name, field in type_.fields.items():
        inner = get_named_type(field.type)
        if any(is_required_argument(argument) for argument in field.args.values()):
            continue
        if not is_composite_type(inner):
            found.append(f"{type_.name}_{name}: {name}")
        elif not only_leaves:
            found.append(f"{type_.name}_{name}: {name} {{ {_selection(inner, is_inside_entry)} }}")
    return " ".join(found)


def _everything(ids: dict[str, str]) -> str:
    """Return an operation that walks from every root field through every field below it."""
    parts = []
    for name, field in schema.graphql_schema.query_type.fields.items():
        for number, arguments in enumerate(ids.get(name, "").split("|") if name in ids else [""]):
            if not arguments and any(is_required_argument(argument) for argument in field.args.values()):
                continue
            inner = get_named_type(field.type)
            given = f"({arguments})" if arguments else ""
            parts.append(f"{name}{number}: {name}{given} {{ {_selection(inner)} }}")
    return f"query {{ {' '.join(parts)} }}"


def _ways(ask: Ask, chapter: ChapterPage) -> dict[str, str]:
    """Return arguments that lead to the chapter or to its neighbours, separated by `|`, for each root field."""
    node = ask('{ chapter(slug: "secret") { id } }')["chapter"]["id"]
    topic = Topic.objects.get().translation_key
    organisation = Organisation.objects.get().translation_key
    return {
        "page": f'path: "/study/secret/"|entryId: "{chapter.translation_key}"|path: "/"|path: "/study/after/"',
        "study": 'slug: "study"',
        "chapter": f'slug: "secret"|entryId: "{chapter.translation_key}"|slug: "after"|slug: "before"',
        "guidanceTool": 'slug: "tool"',
        "brochure": 'slug: "brochure"',
        "event": 'slug: "none"',
        "node": f'id: "{node}"',
        "nodes": f'ids: ["{node}"]',
        "topic": f'entryId: "{topic}"',
        "organisation": f'entryId: "{organisation}"',
        "search": f'query: "{SECRET}", locale: EN|query: "words before after", locale: EN',
    }


@pytest.mark.parametrize("hide", HIDINGS)
def test_hidden_chapter_is_reachable_through_no_field(
    ask: Ask, secret: ChapterPage, hide: Callable[[Any], None]
) -> None:
    operation = _everything(_ways(ask, secret))
    assert SECRET in json.dumps(ask(operation))

    hide(ChapterPage.objects.get(pk=secret.pk))
    answer = json.dumps(ask(operation))

    assert SECRET not in answer
    assert "/secret/" not in answer
    assert "Before" in answer
    assert "words" in answer


def test_words_of_a_draft_are_reachable_through_no_field(ask: Ask, secret: ChapterPage) -> None:
    operation = _everything(_ways(ask, secret))
    draft = ChapterPage.objects.get(pk=secret.pk)
    draft.title = draft.summary = "Unfinished"
    draft.save_revision()
    add = ChapterPage(title="Unfinished", slug="unfinished", live=False, locale=draft.locale)
    draft.get_parent().add_child(instance=add)

    answer = json.dumps(ask(operation))

    assert SECRET in answer
    assert "Unfinished" not in answer
    assert "unfinished" not in answer


def test_hidden_study_hides_itself_but_not_as_an_ancestor(ask: Ask, secret: ChapterPage) -> None:
    study = secret.get_parent()

    study.unpublish()

    data = ask('{ chapter(slug: "before") { study { title } parent { title } breadcrumbs { title } } }')
    assert data["chapter"] == {"study": None, "parent": {"title": "Home"}, "breadcrumbs": [{"title": "Home"}]}


def test_restricted_study_hides_its_chapters(ask: Ask, secret: ChapterPage) -> None:
    factories.restrict(secret.get_parent())

    data = ask('{ chapters { totalCount nodes { title } } chapter(slug: "before") { title } studies { totalCount } }')

    assert data == {"chapters": {"totalCount": 0, "nodes": []}, "chapter": None, "studies": {"totalCount": 0}}


def test_translation_that_is_not_accepted_is_not_served(ask: Ask, secret: ChapterPage, home: HomePage) -> None:
    factories.translate(HomePage.objects.get(pk=home.pk), "fr")
    study = secret.get_parent().specific
    french = study.copy_for_translation(factories.locale("fr"))
    french.title = "Étude"
    french.save_revision()
    query = "query($f: Fallback) { studies(locale: FR, fallback: $f) { nodes { title isFallback } } }"

    assert ask(query, f="NONE")["studies"]["nodes"] == []
    assert ask(query, f="SOURCE")["studies"]["nodes"] == [{"title": "Study", "isFallback": True}]


def test_image_is_found_by_its_id_only_while_an_entry_shows_it(ask: Ask, secret: ChapterPage) -> None:
    data = ask('{ guidanceTool(slug: "tool") { body { ... on FigureBlock { image { id } } } } }')
    image = next(one["image"]["id"] for one in data["guidanceTool"]["body"] if one)
    query = "query($id: ID!) { node(id: $id) { __typename } }"
    assert ask(query, id=image) == {"node": {"__typename": "Image"}}

    GuidanceToolPage.objects.get().unpublish()

    assert ask(query, id=image) == {"node": None}


def test_image_of_a_private_collection_is_not_delivered(ask: Ask, secret: ChapterPage) -> None:
    from wagtail.models import Collection, CollectionViewRestriction

    from cms.media.models import Image

    private = Collection.get_first_root_node().add_child(name="Private")
    CollectionViewRestriction.objects.create(collection=private, restriction_type="login")
    image = Image.objects.get()
    image.collection = private
    image.save()

    data = ask('{ guidanceTool(slug: "tool") { body { __typename ... on FigureBlock { image { id } } } bodyHtml } }')

    shown = [one for one in data["guidanceTool"]["body"] if one["__typename"] == "FigureBlock"]
    assert shown == [{"__typename": "FigureBlock", "image": None}]
    assert "<img" not in data["guidanceTool"]["bodyHtml"]
