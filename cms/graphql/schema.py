"""The schema, and its text in the schema definition language."""

from pathlib import Path

import graphene

from cms.graphql.nodes import all_types
from cms.graphql.query import Query

schema = graphene.Schema(query=Query, types=all_types())

SDL_FILE = Path(__file__).parent / "schema.graphql"


def print_sdl() -> str:
    """Return the whole schema as text, the way it is kept in `SDL_FILE`."""
    return f"{str(schema).strip()}\n"
