"""The closed list of error codes, the error that resolvers raise, and how any error is shown to a client."""

import logging
import uuid
from enum import StrEnum
from typing import Any

from graphql import GraphQLError

logger = logging.getLogger(__name__)


class ErrorCode(StrEnum):
    """Stands in `extensions.code` of every error."""

    BAD_REQUEST = "BAD_REQUEST"
    GRAPHQL_PARSE_FAILED = "GRAPHQL_PARSE_FAILED"
    GRAPHQL_VALIDATION_FAILED = "GRAPHQL_VALIDATION_FAILED"
    CURSOR_INVALID = "CURSOR_INVALID"
    INTERNAL = "INTERNAL"


class ApiError(GraphQLError):
    """An error whose words are meant for the client.

    Args:
        message: what was wrong, with which value, and what to do; English, like the rest of the API's words for developers.
        code: from the closed list.
    """

    def __init__(self, message: str, code: ErrorCode = ErrorCode.BAD_REQUEST) -> None:
        super().__init__(message, extensions={"code": code.value})


def shown_error(error: GraphQLError, code: ErrorCode = ErrorCode.BAD_REQUEST) -> dict[str, Any]:
    """Return an error as the response shows it, with a code.

    Args:
        error: from parsing, validation, the coercion of variables, or a resolver.
        code: for errors of the library itself; errors of ours carry their own.

    An exception that nobody expected becomes INTERNAL with an incident id; its text goes to the log only.
    """
    cause = error.original_error
    if cause is not None and not isinstance(cause, GraphQLError):
        return {**_place(error), **_incident(cause)}
    known = (error.extensions or {}).get("code")
    return {"message": error.message, **_place(error), "extensions": {"code": known or code.value}}


def internal_error(cause: BaseException) -> dict[str, Any]:
    """Return what is shown for an exception outside any field, and log it."""
    return _incident(cause)


def _place(error: GraphQLError) -> dict[str, Any]:
    formatted = error.formatted
    return {name: formatted[name] for name in ("locations", "path") if name in formatted}


def _incident(cause: BaseException) -> dict[str, Any]:
    incident = uuid.uuid4().hex
    logger.error("GraphQL incident %s", incident, exc_info=cause)
    return {
        "message": f"Something went wrong on our side. Quote incident {incident} when you report it.",
        "extensions": {"code": ErrorCode.INTERNAL.value, "incident": incident},
    }
