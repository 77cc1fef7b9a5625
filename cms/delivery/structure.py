"""Where every page stands: path, parents, position and visibility, computed from Wagtail's tree.

Position and order come from the source: the children of a page and of its translations are merged into one order, that of
the page that was there first; what exists in another language only stands behind its neighbour there. So a chapter has
the same number in every language.
"""

import uuid
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from wagtail.models import Page, PageViewRestriction, Site

from cms.delivery.models import Visibility

STEP = Page.steplen


@dataclass(frozen=True)
class Placement:
    """The columns of an entry that say where its page stands; `ancestors` from the home page down, as text."""

    locale: str
    content_locale: str
    visibility: str
    path: str
    slug: str
    parent_id: uuid.UUID | None
    ancestors: list[str]
    position: int
    sort_key: str
    tree_path: str
    tree_url_path: str


@dataclass(frozen=True)
class _Node:
    pk: int
    tree_path: str
    slug: str
    live: bool
    key: uuid.UUID
    locale: str
    alias_of: int | None
    url_path: str


def _with_url_paths(rows: Iterable[tuple[Any, ...]]) -> Iterator[_Node]:
    """Turn rows in tree order into nodes; a page's path is made of the slugs, which are right before Wagtail's copies are.

    Wagtail writes the copies (`url_path`) of the pages below a renamed one after it has told of the new name.
    """
    url_paths: dict[str, str] = {}
    for pk, tree_path, slug, live, key, locale, alias_of in rows:
        above = url_paths.get(tree_path[:-STEP])
        url_paths[tree_path] = "/" if above is None else f"{above}{slug}/"
        yield _Node(pk, tree_path, slug, live, key, locale, alias_of, url_paths[tree_path])


class Structure:
    """A picture of the whole tree, taken with three statements."""

    def __init__(self) -> None:
        rows = Page.objects.order_by("path").values_list(
            "pk", "path", "slug", "live", "translation_key", "locale__language_code", "alias_of_id"
        )
        self._nodes = list(_with_url_paths(rows))
        self._by_path = {node.tree_path: node for node in self._nodes}
        self._by_pk = {node.pk: node for node in self._nodes}
        self._roots = set(Site.objects.values_list("root_page__translation_key", flat=True))
        self._restricted = tuple(PageViewRestriction.objects.values_list("page__path", flat=True))

    def placement(self, pk: int) -> Placement | None:
        """Return where a live page stands; None when it does not exist, is not live or is under no site's home page."""
        node = self._by_pk.get(pk)
        if node is None or not node.live:
            return None
        line = self._line(node)
        if not line:
            return None
        ancestors = line[:-1]
        position, sort_key = self._order[node.key]
        return Placement(
            locale=node.locale,
            content_locale=self._original(node).locale,
            visibility=Visibility.RESTRICTED if node.tree_path.startswith(self._restricted) else Visibility.PUBLIC,
            path="/" + node.url_path[len(line[0].url_path) :],
            slug=node.slug,
            parent_id=ancestors[-1].key if ancestors else None,
            ancestors=[str(ancestor.key) for ancestor in ancestors],
            position=position,
            sort_key=sort_key,
            tree_path=node.tree_path,
            tree_url_path=node.url_path,
        )

    def live_pks(self) -> Iterable[int]:
        """Return the primary keys of all live pages, in tree order."""
        return [node.pk for node in self._nodes if node.live]

    def _line(self, node: _Node) -> list[_Node]:
        """Return the nodes from the home page down to `node`, empty when it is under none."""
        line: list[_Node] = []
        path = node.tree_path
        while path:
            current = self._by_path.get(path)
            if current is None:  # a subtree is being deleted
                return []
            line.insert(0, current)
            if current.key in self._roots:
                return line
            path = path[:-STEP]
        return []

    def _original(self, node: _Node) -> _Node:
        seen: set[int] = set()
        while node.alias_of in self._by_pk and node.pk not in seen:
            seen.add(node.pk)
            node = self._by_pk[node.alias_of]
        return node

    @cached_property
    def _order(self) -> Mapping[uuid.UUID, tuple[int, str]]:
        """Position (from 1; 0 when nothing of it is live) and sort key of every translation key."""
        parent_keys: dict[uuid.UUID, uuid.UUID | None] = {}
        children: dict[uuid.UUID, dict[int, list[uuid.UUID]]] = defaultdict(lambda: defaultdict(list))
        for node in sorted(self._nodes, key=lambda item: item.pk):
            parent = self._by_path.get(node.tree_path[:-STEP])
            parent_keys.setdefault(node.key, parent.key if parent else None)
        for node in self._nodes:
            parent = self._by_path.get(node.tree_path[:-STEP])
            if parent and node.live:
                children[parent.key][parent.pk].append(node.key)
        positions: dict[uuid.UUID, int] = {}
        for parent_key, lists in children.items():
            merged = merge_orders([lists[pk] for pk in sorted(lists)])
            own = [key for key in merged if parent_keys[key] == parent_key]
            positions.update({key: place for place, key in enumerate(own, start=1)})
        return {key: (positions.get(key, 0), self._sort_key(key, parent_keys, positions)) for key in parent_keys}

    def _sort_key(
        self,
        key: uuid.UUID | None,
        parent_keys: Mapping[uuid.UUID, uuid.UUID | None],
        positions: Mapping[uuid.UUID, int],
    ) -> str:
        steps: list[str] = []
        seen: set[uuid.UUID] = set()
        while key is not None and key not in seen:  # pages moved between languages can stand below each other in turn
            seen.add(key)
            steps.insert(0, f"{positions.get(key, 0):05d}")
            key = parent_keys[key]
        return ".".join(steps)


def merge_orders(orders: Iterable[list[uuid.UUID]]) -> list[uuid.UUID]:
    """Merge several orders into one: the first stays as it is, what is new in a later one stands behind its neighbour."""
    merged: list[uuid.UUID] = []
    for order in orders:
        place = 0
        for key in order:
            if key in merged:
                place = merged.index(key) + 1
            else:
                merged.insert(place, key)
                place += 1
    return merged
