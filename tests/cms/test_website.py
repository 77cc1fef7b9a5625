"""Answers to programs have no language; people are led to the address of theirs."""

import pytest
from django.test import Client
from django.utils import translation

from tests.factories import make_home

pytestmark = pytest.mark.django_db


def test_an_address_of_programs_does_not_vary_by_language(client: Client) -> None:
    make_home()

    answer = client.get("/graphql/schema.graphql", headers={"accept-language": "fi"})

    assert answer.status_code == 200
    assert "Accept-Language" not in answer.get("Vary", "")
    assert "Content-Language" not in answer


def test_a_missing_file_leads_nowhere_else(client: Client) -> None:
    make_home()

    assert client.get("/media/images/none.png", headers={"accept-language": "fi"}).status_code == 404


def test_a_program_gets_the_default_language_whoever_came_before(client: Client) -> None:
    make_home()
    translation.activate("fi")

    client.get("/healthz")

    assert translation.get_language() == "en"


def test_a_page_without_language_leads_to_the_readers_own(client: Client) -> None:
    make_home()

    answer = client.get("/", headers={"accept-language": "fi,en;q=0.5"})

    assert (answer.status_code, answer["Location"]) == (302, "/fi/")
