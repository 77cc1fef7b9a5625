"""GraphQL over HTTP (https://graphql.github.io/graphql-over-http/draft/): GET and POST of JSON, no batches, no cookies."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import orjson
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from graphql import ExecutionResult, execute

from cms.delivery.snapshot import read_snapshot
from cms.graphql.documents import checked_document
from cms.graphql.errors import ErrorCode, internal_error, shown_error
from cms.graphql.items import RequestContext
from cms.graphql.schema import print_sdl, schema

GRAPHQL_JSON = "application/graphql-response+json"
PLAIN_JSON = "application/json"
METHODS = ("GET", "HEAD", "POST")

Answer = dict[str, Any]


class HttpRefusal(Exception):
    """A request that cannot be answered.

    Args:
        status: of HTTP.
        message: for the client.
    """

    def __init__(self, status: int, message: str) -> None:
        super().__init__(message)
        self.status, self.message = status, message


@dataclass(frozen=True)
class Operation:
    """What a request asks for."""

    query: str
    name: str | None = None
    variables: dict[str, Any] | None = None


@csrf_exempt
def graphql(request: HttpRequest) -> HttpResponse:
    """Answer a GraphQL request."""
    media_type = PLAIN_JSON
    try:
        if request.method not in METHODS:
            raise HttpRefusal(405, f"{request.method} is not possible here; use GET or POST.")
        media_type = accepted_type(request)
        operation = operation_of(request)
        answer, is_wellformed = run(operation)
    except HttpRefusal as refusal:
        error = {"message": refusal.message, "extensions": {"code": ErrorCode.BAD_REQUEST.value}}
        return respond({"errors": [error]}, media_type, refusal.status)
    except Exception as cause:
        return respond({"errors": [internal_error(cause)]}, media_type, 500)
    return respond(answer, media_type, 200 if is_wellformed or media_type == PLAIN_JSON else 400)


def schema_file(request: HttpRequest) -> HttpResponse:
    """Serve the schema as text."""
    if request.method not in ("GET", "HEAD"):
        return respond({"errors": [{"message": "Use GET."}]}, PLAIN_JSON, 405)
    return HttpResponse(print_sdl(), content_type="text/plain; charset=utf-8")


def accepted_type(request: HttpRequest) -> str:
    """Return the media type of the answer: what the client prefers, plain JSON where it does not say.

    Raises:
        HttpRefusal: 406 when it accepts neither.
    """
    for accepted in request.accepted_types:
        for offered in (PLAIN_JSON, GRAPHQL_JSON):
            if accepted.match(offered):
                return offered
    raise HttpRefusal(406, f"Accept {GRAPHQL_JSON} or {PLAIN_JSON}.")


def operation_of(request: HttpRequest) -> Operation:
    """Read what a request asks for, from the address of a GET or the body of a POST.

    Raises:
        HttpRefusal: 415 for another content type than JSON in UTF-8, 400 for anything that is not of the right form.
    """
    return _checked(_parameters_of_body(request) if request.method == "POST" else _parameters_of_address(request))


def _parameters_of_address(request: HttpRequest) -> Mapping[str, Any]:
    parameters: dict[str, Any] = dict(request.GET.items())
    for name in ("variables", "extensions"):
        if name in parameters:
            parameters[name] = _json(parameters[name], f"`{name}`")
    return parameters


def _parameters_of_body(request: HttpRequest) -> Mapping[str, Any]:
    encoding = (request.content_params or {}).get("charset", "utf-8").strip('"').lower()
    if request.content_type != PLAIN_JSON or encoding not in ("utf-8", "utf8"):
        raise HttpRefusal(415, f"Send the body as {PLAIN_JSON} in UTF-8.")
    body = _json(request.body, "The body")
    if not isinstance(body, dict):
        raise HttpRefusal(400, "The body is not a JSON object; send one operation at a time.")
    return body


def _json(text: str | bytes, place: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        raise HttpRefusal(400, f"{place} is not valid JSON.") from None


def _checked(parameters: Mapping[str, Any]) -> Operation:
    query, name = parameters.get("query"), parameters.get("operationName")
    if not isinstance(query, str) or not query.strip():
        raise HttpRefusal(400, "`query` is missing; give the document as text.")
    if not isinstance(name, str | None):
        raise HttpRefusal(400, "`operationName` must be text or null.")
    for key in ("variables", "extensions"):
        if not isinstance(parameters.get(key), dict | None):
            raise HttpRefusal(400, f"`{key}` must be a JSON object or null.")
    return Operation(query, name or None, parameters.get("variables"))


def run(operation: Operation) -> tuple[Answer, bool]:
    """Execute an operation in one snapshot.

    Returns:
        The answer, and whether the request was a good one: False when nothing was executed because of the document, the
        variables or the name of the operation; the answer has no `data` then.
    """
    checked = checked_document(operation.query)
    if checked.document is None:
        return {"errors": [shown_error(error, checked.code) for error in checked.errors]}, False
    with read_snapshot() as version:
        result = execute(
            schema.graphql_schema,
            checked.document,
            context_value=RequestContext(version),
            variable_values=operation.variables,
            operation_name=operation.name,
        )
    assert isinstance(result, ExecutionResult)  # all resolvers are synchronous
    errors = result.errors or []
    if errors and all(error.path is None for error in errors):
        return {"errors": [shown_error(error) for error in errors]}, False
    answer: Answer = {"errors": [shown_error(error) for error in errors]} if errors else {}
    return {**answer, "data": result.data}, True


def respond(answer: Answer, media_type: str, status: int) -> HttpResponse:
    """Return an answer as JSON in UTF-8. Errors are not kept by caches."""
    response = HttpResponse(orjson.dumps(answer), status=status, content_type=f"{media_type}; charset=utf-8")
    response["Vary"] = "Accept, Authorization, Origin"
    if "errors" in answer:
        response["Cache-Control"] = "no-store"
    if status == 405:
        response["Allow"] = ", ".join(METHODS)
    return response
