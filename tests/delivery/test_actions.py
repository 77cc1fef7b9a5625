"""After any editorial actions entries are equal to what is live, and the change log leads to exactly what can be seen."""

import os

import pytest

from pages.models import Topic
from tests.delivery import walk_more, walk_pages
from tests.delivery.walk import ACTIONS, Walk
from tests.delivery.world import add_image, add_snippet, make_world

LONG = os.environ.get("TESTS_LONG", "") not in ("", "0")
STEPS, CHECK_EVERY = (500, 2) if LONG else (60, 3)


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_entries_follow_random_editorial_actions(seed: int) -> None:
    world = make_world(chapters=2)
    add_image()
    add_snippet(Topic, world.locales["en"], name="Water")

    Walk(world, seed).take(STEPS, CHECK_EVERY)


def test_walk_knows_all_actions() -> None:
    modules = {function.__module__ for _, function in ACTIONS}

    assert modules == {walk_more.__name__, walk_pages.__name__}
    assert len(ACTIONS) == 25
