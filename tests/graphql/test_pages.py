"""Single entries: pages of every type with everything that belongs to them."""

from typing import Any

import pytest

from home.models import HomePage
from tests import factories
from tests.graphql.conftest import Ask


def test_page_by_path(ask: Ask, home: HomePage) -> None:
    factories.make_study(home)

    data = ask('{ page(path: "/study/") { __typename title path url slug breadcrumbs { title path } parent { title } } }')

    assert data["page"] == {
        "__typename": "Study",
        "title": "Study",
        "path": "/study/",
        "url": "https://site.example/en/study/",
        "slug": "study",
        "breadcrumbs": [{"title": "Home", "path": "/"}],
        "parent": {"title": "Home"},
    }
