"""GraphQL over HTTP: methods, media types, bodies, errors, cookies."""

import json
from typing import Any

import pytest
from django.test import Client
from pytest_django import Settings

from cms.graphql import documents, view
from cms.graphql.schema import print_sdl
from home.models import HomePage
from tests import factories

GRAPHQL_JSON = "application/graphql-response+json"
PLAIN_JSON = "application/json"
QUERY = "{ __typename }"
DATA = {"data": {"__typename": "Query"}}

pytestmark = pytest.mark.django_db


def _post(body: Any, accept: str | None = None, content_type: str = PLAIN_JSON, path: str = "/graphql") -> Any:
    headers = {} if accept is None else {"accept": accept}
    data = body if isinstance(body, str | bytes) else json.dumps(body)
    return Client(enforce_csrf_checks=True).post(path, data, content_type, headers=headers)


def _get(accept: str | None = None, **parameters: str) -> Any:
    return Client().get("/graphql", parameters, headers={} if accept is None else {"accept": accept})


def _codes(response: Any) -> list[str]:
    return [error["extensions"]["code"] for error in response.json()["errors"]]


@pytest.mark.parametrize("path", ["/graphql", "/graphql/"])
def test_post_answers_at_both_addresses_without_cookies(path: str) -> None:
    response = _post({"query": QUERY}, path=path)

    assert (response.status_code, response.json()) == (200, DATA)
    assert not response.cookies
    assert "Cookie" not in response["Vary"]


def test_get_answers_with_variables_in_json() -> None:
    query = "query A($n: Int!) { events(first: $n) { totalCount } } query B { __typename }"

    response = _get(query=query, variables='{"n": 1}', operationName="A")

    assert (response.status_code, response.json()) == (200, {"data": {"events": {"totalCount": 0}}})


@pytest.mark.parametrize(
    ("accept", "expected"),
    [
        (None, PLAIN_JSON),
        ("*/*", PLAIN_JSON),
        ("application/*", PLAIN_JSON),
        (PLAIN_JSON, PLAIN_JSON),
        (GRAPHQL_JSON, GRAPHQL_JSON),
        (f"{GRAPHQL_JSON}; charset=utf-8, {PLAIN_JSON}; charset=utf-8; q=0.9", GRAPHQL_JSON),
        (f"{GRAPHQL_JSON};q=0.5, {PLAIN_JSON}", PLAIN_JSON),
        (f"text/html, {GRAPHQL_JSON};q=0.9, */*;q=0.1", GRAPHQL_JSON),
    ],
)
def test_media_type_of_the_answer(accept: str | None, expected: str) -> None:
    for response in (_post({"query": QUERY}, accept), _get(accept, query=QUERY)):
        assert response.status_code == 200
        assert response["Content-Type"] == f"{expected}; charset=utf-8"


def test_unacceptable_media_type_is_406() -> None:
    response = _post({"query": QUERY}, "text/html")

    assert response.status_code == 406
    assert _codes(response) == ["BAD_REQUEST"]


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE", "OPTIONS"])
def test_other_methods_are_405(method: str) -> None:
    response = Client().generic(method, "/graphql")

    assert (response.status_code, response["Allow"]) == (405, "GET, HEAD, POST")


@pytest.mark.parametrize(
    "content_type", ["application/x-www-form-urlencoded", "text/plain", "", "application/json; charset=latin-1"]
)
def test_other_content_types_are_415(content_type: str) -> None:
    assert _post('{"query": "{ __typename }"}', content_type=content_type).status_code == 415


@pytest.mark.parametrize(
    "content_type", [PLAIN_JSON, "application/json; charset=utf-8", "application/json;charset=UTF-8"]
)
def test_json_in_utf_8_is_read(content_type: str) -> None:
    assert _post({"query": QUERY}, content_type=content_type).json() == DATA


@pytest.mark.parametrize(
    "body",
    [
        " ",
        "{",
        b"\xff\xfe",
        "[" * 100_000,
        [{"query": QUERY}],
        {},
        {"query": None},
        {"query": 7},
        {"query": " "},
        {"query": QUERY, "operationName": 7},
        {"query": QUERY, "variables": []},
        {"query": QUERY, "variables": "{}"},
        {"query": QUERY, "extensions": 7},
    ],
)
@pytest.mark.parametrize("accept", [PLAIN_JSON, GRAPHQL_JSON])
def test_malformed_request_is_400(body: Any, accept: str) -> None:
    response = _post(body, accept)

    assert response.status_code == 400
    assert _codes(response) == ["BAD_REQUEST"]
    assert "data" not in response.json()


@pytest.mark.parametrize("name", ["operationName", "variables", "extensions"])
def test_null_parameters_are_allowed(name: str) -> None:
    assert _post({"query": QUERY, name: None}).json() == DATA


@pytest.mark.parametrize("parameters", [{}, {"query": QUERY, "variables": "{"}, {"query": QUERY, "variables": "7"}])
def test_malformed_get_is_400(parameters: dict[str, str]) -> None:
    assert _get(**parameters).status_code == 400


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({"query": "{"}, "GRAPHQL_PARSE_FAILED"),
        ({"query": "{ " * 30_000}, "GRAPHQL_PARSE_FAILED"),
        ({"query": "{ unknown }"}, "GRAPHQL_VALIDATION_FAILED"),
        ({"query": "mutation { __typename }"}, "BAD_REQUEST"),
        ({"query": "query($n: Int!) { events(first: $n) { totalCount } }"}, "BAD_REQUEST"),
        ({"query": "query($n: Int) { events(first: $n) { totalCount } }", "variables": {"n": "x"}}, "BAD_REQUEST"),
        ({"query": "query A { __typename } query B { __typename }"}, "BAD_REQUEST"),
        ({"query": QUERY, "operationName": "Missing"}, "BAD_REQUEST"),
    ],
)
def test_bad_documents_and_variables_have_codes(body: dict[str, Any], code: str) -> None:
    strict, plain = _post(body, GRAPHQL_JSON), _post(body, PLAIN_JSON)

    assert (strict.status_code, plain.status_code) == (400, 200)
    for response in (strict, plain):
        assert _codes(response) == [code]
        assert "data" not in response.json()
        assert response["Cache-Control"] == "no-store"


def test_error_of_a_field_leaves_the_rest() -> None:
    response = _post({"query": '{ node(id: "x") { id } events(first: 0) { totalCount } }'}, GRAPHQL_JSON)

    assert response.status_code == 200
    assert response.json()["data"] is None
    assert response.json()["errors"][0]["path"] == ["events"]


def test_unexpected_exception_shows_an_incident_and_never_its_text(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(**kwargs: Any) -> None:
        raise RuntimeError("the secret reason")

    monkeypatch.setattr("cms.graphql.site.site_facts", fail)
    field = _post({"query": "{ site { name facts { email } } }"})
    monkeypatch.setattr(view, "run", fail)
    whole = _post({"query": QUERY})

    for response, status in ((field, 200), (whole, 500)):
        (error,) = response.json()["errors"]
        assert response.status_code == status
        assert error["extensions"]["code"] == "INTERNAL"
        assert error["extensions"]["incident"] in error["message"]
        assert error["extensions"]["incident"] in caplog.text
        assert "secret" not in response.content.decode()


def test_text_comes_as_utf_8() -> None:
    factories.make_home("Étude – Äiti")

    assert "Étude – Äiti".encode() in _post({"query": '{ page(path: "/") { title } }'}).content


def test_documents_are_parsed_once() -> None:
    documents.checked_document.cache_clear()

    for _ in range(3):
        _post({"query": "query Again { __typename }"})

    assert documents.checked_document.cache_info().misses == 1
    assert documents.checked_document.cache_info().hits == 2


def test_schema_is_served_as_text() -> None:
    response = Client().get("/graphql/schema.graphql")

    assert response["Content-Type"] == "text/plain; charset=utf-8"
    assert response.content.decode() == print_sdl()
    assert Client().post("/graphql/schema.graphql").status_code == 405


def test_answer_does_not_depend_on_the_language_of_the_browser(home: HomePage, settings: Settings) -> None:
    factories.make_organisation("Institute", country="DE")
    query = {"query": "{ organisations { nodes { countryName } } }"}

    response = Client().post("/graphql", json.dumps(query), PLAIN_JSON, headers={"accept-language": "fr"})

    assert response.json()["data"]["organisations"]["nodes"] == [{"countryName": "Germany"}]
