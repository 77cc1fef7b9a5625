"""The interface of everything that has an id, and which type stands for what."""

from typing import Any

import graphene
from graphql import GraphQLResolveInfo

from cms.graphql.items import Item, Part, ShownFile, ShownImage

_entry_types: dict[str, Any] = {}
_media_types: dict[type, Any] = {}
_listed: dict[str, Any] = {}


def node_type(cls: Any) -> Any:
    """Register a type whose resolvers get a `ShownImage` or `ShownFile`, by its name; use it as a decorator."""
    _media_types[{"Image": ShownImage, "File": ShownFile}[cls._meta.name]] = cls
    return cls


def entry_type(cls: Any) -> Any:
    """Register a type under the name of the entry type that it shows; use it as a decorator."""
    _entry_types[cls._meta.name] = cls
    return cls


def listed(cls: Any) -> Any:
    """Register an interface that connections can list; use it as a decorator."""
    _listed[cls._meta.name] = cls
    return cls


def named_type(name: str) -> Any:
    """Return a registered type or interface by its name."""
    return _entry_types.get(name) or _listed[name]


def entry_type_names() -> list[str]:
    """Return the names of all entry types of the schema, in alphabetical order."""
    return sorted(_entry_types)


def page_type_names() -> list[str]:
    """Return the names of the entry types that are pages, in alphabetical order."""
    return sorted(
        name for name, cls in _entry_types.items() if any(one._meta.name == "Page" for one in cls._meta.interfaces)
    )


def all_types() -> list[Any]:
    """Return every registered type."""
    return [*_entry_types.values(), *_media_types.values()]


def type_of(root: Part | ShownImage | ShownFile) -> Any:
    """Return the type that shows what a resolver gave."""
    return _entry_types[root.delivered.row.entry_type] if isinstance(root, Item) else _media_types[type(root)]


class Node(graphene.Interface):
    """Anything that can be fetched again by its id."""

    id = graphene.ID(
        required=True,
        description=(
            "Opaque. It also carries the requested locale and fallback, so that a cache by id never mixes languages; "
            "the id of an image or file carries the entry that shows it as well."
        ),
    )

    @classmethod
    def resolve_type(cls, instance: Any, info: GraphQLResolveInfo) -> Any:
        """Return the type of what was found."""
        return type_of(instance)
