"""Documents: parsed and validated once, then kept; the most recent ones stay."""

from dataclasses import dataclass
from functools import lru_cache

from graphql import DocumentNode, GraphQLError, parse, validate

from cms.graphql.errors import ErrorCode
from cms.graphql.schema import schema

KEPT_DOCUMENTS = 500


@dataclass(frozen=True)
class CheckedDocument:
    """A document that can be executed, or the errors that say why not, with their code."""

    document: DocumentNode | None
    errors: tuple[GraphQLError, ...] = ()
    code: ErrorCode = ErrorCode.GRAPHQL_VALIDATION_FAILED


@lru_cache(maxsize=KEPT_DOCUMENTS)
def checked_document(source: str) -> CheckedDocument:
    """Parse and validate a document. The answer depends on the text alone, so it is kept."""
    try:
        document = parse(source)
    except GraphQLError as error:
        return CheckedDocument(None, (error,), ErrorCode.GRAPHQL_PARSE_FAILED)
    except RecursionError:
        too_deep = GraphQLError("The document is nested too deeply to be read.")
        return CheckedDocument(None, (too_deep,), ErrorCode.GRAPHQL_PARSE_FAILED)
    errors = validate(schema.graphql_schema, document)
    return CheckedDocument(None, tuple(errors)) if errors else CheckedDocument(document)
