"""What results are narrowed by: the choices of each filter with the number of results behind them."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from urllib.parse import urlencode
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django_countries import countries

from cms.delivery.classification import Classification
from cms.delivery.loading import Delivered, Loader
from cms.reader.kinds import GROUPS

TYPE_GROUP = {name: group for group, (_words, names) in GROUPS.items() for name in names}


@dataclass(frozen=True)
class Filter:
    """One filter: its name in addresses, its words, and which values an entry has in it."""

    name: str
    label: Promise
    values: Callable[[Classification], Iterable[str]]


FILTERS = (
    Filter("type", _("Type"), lambda one: [TYPE_GROUP[one.entry_type]] if one.entry_type in TYPE_GROUP else []),
    Filter("topic", _("Topic"), lambda one: one.topics),
    Filter("audience", _("Audience"), lambda one: one.audiences),
    Filter("country", _("Country"), lambda one: [one.country] if one.country else []),
)


@dataclass(frozen=True)
class Choice:
    """One value of a filter: how it is called, in which language ("" for the reader's), how many results, and its link.

    The link of a chosen value takes it away.
    """

    text: str
    language: str
    count: int
    address: str
    is_chosen: bool


@dataclass(frozen=True)
class Facet:
    """A filter with its choices, in their order."""

    name: str
    label: Promise
    choices: list[Choice]

    @property
    def chosen(self) -> Choice | None:
        """Return the choice that holds."""
        return next((one for one in self.choices if one.is_chosen), None)


@dataclass
class Narrowing:
    """Which values were chosen, and, once the results are known, how many each value would leave.

    Attributes:
        chosen: value by name of the filter; filters without a choice are not in it.
        counts: by name of the filter, how many results have a value and everything else that was chosen.
    """

    chosen: Mapping[str, str]
    counts: dict[str, Counter[str]] = field(default_factory=dict)

    def keep(self, found: Sequence[UUID], known: Mapping[UUID, Classification]) -> list[UUID]:
        """Count what was found and return what the choices leave of it, in its order."""
        self.counts = {one.name: Counter() for one in FILTERS}
        kept = []
        for entry_id in found:
            if entry_id not in known:
                continue
            values = {one.name: set(one.values(known[entry_id])) for one in FILTERS}
            missed = [name for name, value in self.chosen.items() if value not in values[name]]
            for name in values:
                if not missed or missed == [name]:
                    self.counts[name].update(values[name])
            if not missed:
                kept.append(entry_id)
        return kept


def chosen_values(sent: Mapping[str, str]) -> dict[str, str]:
    """Return the values that an address chooses."""
    return {one.name: sent[one.name][:60] for one in FILTERS if sent.get(one.name)}


def facets_of(narrowing: Narrowing, loader: Loader, query: str) -> list[Facet]:
    """Return the filters that have something to choose. One statement for the names of topics and audiences."""
    ids = [value for name in ("topic", "audience") for value in narrowing.counts.get(name, ())]
    names = {one.entry_id: one for one in loader.entries(ids, "facets")}
    found = []
    for one in FILTERS:
        counts = Counter(narrowing.counts.get(one.name, {}))
        chosen = narrowing.chosen.get(one.name)
        if chosen and chosen not in counts:
            counts[chosen] = 0
        words = {value: _words(one.name, value, names) for value in counts}
        choices = [
            Choice(*words[value], counts[value], _address(narrowing.chosen, query, one.name, value), value == chosen)
            for value in _ordered(one.name, counts, words, names)
            if words[value][0]
        ]
        if choices:
            found.append(Facet(one.name, one.label, choices))
    return found


def search_query(query: str, chosen: Mapping[str, str], **more: str) -> str:
    """Return the query string of a search."""
    return "?" + urlencode({"q": query, **chosen, **more})


def _address(chosen: Mapping[str, str], query: str, name: str, value: str) -> str:
    """Return the query string with a value chosen, or taken away when it is chosen already."""
    others = {key: one for key, one in chosen.items() if key != name}
    return search_query(query, others if chosen.get(name) == value else {**others, name: value})


def _words(name: str, value: str, names: Mapping[str, Delivered]) -> tuple[str, str]:
    """Return how a value is called, empty when nobody can know, and in which language."""
    if name == "type":
        return (str(GROUPS[value][0]) if value in GROUPS else "", "")
    if name == "country":
        return (str(countries.name(value)), "")
    item = names.get(value)
    if item is None:
        return ("", "")
    return (str(item.payload["name"]), item.row.content_locale if item.is_fallback else "")


def _ordered(
    name: str, counts: Mapping[str, int], words: Mapping[str, tuple[str, str]], names: Mapping[str, Delivered]
) -> list[str]:
    """Return the values in the order in which they stand elsewhere: types and topics in theirs, countries by name."""
    if name == "type":
        return [value for value in GROUPS if value in counts]
    if name == "country":
        return sorted(counts, key=lambda value: words[value][0])
    return sorted((value for value in counts if value in names), key=lambda value: names[value].row.sort_key)
