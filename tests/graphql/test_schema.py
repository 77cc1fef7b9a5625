"""The schema itself: the kept text, descriptions, and the names that were promised."""

from collections.abc import Iterator

import pytest
from django.core.management import CommandError, call_command
from graphql import (
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLObjectType,
    GraphQLUnionType,
    is_introspection_type,
    is_specified_scalar_type,
    validate_schema,
)

from cms.graphql.management.commands import export_schema
from cms.graphql.schema import SDL_FILE, print_sdl, schema

TYPES = {
    name: type_
    for name, type_ in schema.graphql_schema.type_map.items()
    if not is_introspection_type(type_) and not is_specified_scalar_type(type_)
}


def test_kept_text_is_the_schema_of_the_code() -> None:
    assert SDL_FILE.read_text(encoding="utf-8") == print_sdl()
    assert validate_schema(schema.graphql_schema) == []


def test_command_writes_the_text_and_tells_a_difference(monkeypatch: pytest.MonkeyPatch, tmp_path: object) -> None:
    file = SDL_FILE.__class__(str(tmp_path)) / "schema.graphql"
    monkeypatch.setattr(export_schema, "SDL_FILE", file)

    with pytest.raises(CommandError):
        call_command("export_schema", check=True)
    call_command("export_schema")
    call_command("export_schema", check=True)

    assert file.read_text(encoding="utf-8") == print_sdl()


def _descriptions() -> Iterator[tuple[str, str | None]]:
    for name, type_ in TYPES.items():
        yield name, type_.description
        if isinstance(type_, GraphQLEnumType):
            yield from ((f"{name}.{value}", item.description) for value, item in type_.values.items())
        if isinstance(type_, GraphQLInputObjectType):
            yield from ((f"{name}.{field}", item.description) for field, item in type_.fields.items())
        if isinstance(type_, GraphQLObjectType | GraphQLInterfaceType):
            for field, item in type_.fields.items():
                yield f"{name}.{field}", item.description
                yield from ((f"{name}.{field}({one})", given.description) for one, given in item.args.items())


def test_everything_has_a_description() -> None:
    assert [name for name, text in _descriptions() if not (text or "").strip()] == []


def test_a_field_of_a_name_has_one_type_in_all_blocks() -> None:
    block = schema.graphql_schema.get_possible_types(TYPES["Block"])  # type: ignore[arg-type]
    found: dict[str, set[str]] = {}
    for one in block:
        for name, field in one.fields.items():
            found.setdefault(name, set()).add(str(field.type))

    assert {name: types for name, types in found.items() if len(types) > 1} == {}


@pytest.mark.parametrize(
    ("union", "members"),
    [
        (
            "ChapterBlock",
            "HeadingBlock ParagraphBlock FigureBlock QuoteBlock TableBlock CalloutBlock KeyPointsBlock CaseStudyBlock "
            "FormulaBlock VideoBlock DownloadBlock LinkListBlock",
        ),
        (
            "GuidanceToolBlock",
            "HeadingBlock ParagraphBlock FigureBlock QuoteBlock TableBlock CalloutBlock KeyPointsBlock CaseStudyBlock "
            "FormulaBlock VideoBlock DownloadBlock LinkListBlock StepsBlock ChecklistBlock ReflectionBlock",
        ),
        ("BrochureBlock", "PanelBlock"),
    ],
)
def test_unions_have_the_promised_members(union: str, members: str) -> None:
    type_ = TYPES[union]

    assert isinstance(type_, GraphQLUnionType)
    assert [one.name for one in type_.types] == members.split()


@pytest.mark.parametrize(
    ("name", "fields"),
    [
        (
            "Entry",
            "id: ID! entryId: ID! requestedLocale: Locale! contentLocale: Locale! sourceLocale: Locale! isFallback: Boolean! "
            "translations: [TranslationLink!]! translationStatus: TranslationStatus! firstPublishedAt: DateTime! "
            "updatedAt: DateTime! version: String!",
        ),
        (
            "Page",
            "title: String! slug: String! path: String! url: URL! seo: Seo! breadcrumbs: [PageLink!]! parent: Page "
            "children: PageConnection!",
        ),
        (
            "Chapter",
            "number: Int! summary: RichText! hero: Image body: [ChapterBlock!]! study: Study previous: Chapter next: Chapter "
            "footnotes: [Footnote!]! sources: [String!]! readingMinutes: Int! license: License! bodyHtml: String! "
            "bodyMarkdown: String! attribution: String!",
        ),
        (
            "Image",
            "alt: String! isDecorative: Boolean! width: Int! height: Int! placeholder: Placeholder "
            "rendition: Rendition! sources: [ImageSource!]!",
        ),
        ("RichText", "html: String! markdown: String! plainText: String! links: [RichTextLink!]! wordCount: Int!"),
        ("GuidanceTool", "issue: Topic audience: [Audience!]! body: [GuidanceToolBlock!]! brochure: Brochure"),
        ("Brochure", "cover: Image body: [BrochureBlock!]! file: File availableIn: [Locale!]!"),
        ("Event", "period: Period! isProvisional: Boolean! organisers: [Organisation!]!"),
        ("PageInfo", "hasNextPage: Boolean! hasPreviousPage: Boolean! startCursor: String endCursor: String"),
    ],
)
def test_promised_fields_have_the_promised_types(name: str, fields: str) -> None:
    type_ = TYPES[name]
    assert isinstance(type_, GraphQLObjectType | GraphQLInterfaceType)
    words = fields.split()
    promised = dict(zip((word.rstrip(":") for word in words[::2]), words[1::2], strict=True))

    assert {field: str(type_.fields[field].type) for field in promised} == promised


def test_there_are_only_queries() -> None:
    assert schema.graphql_schema.mutation_type is None
    assert schema.graphql_schema.subscription_type is None
