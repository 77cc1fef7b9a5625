"""Asks our search and Wagtail's the same queries in one process and prints how good and how fast they answer.

Run by tests/bench_search.py, whose docstring says what is measured, on a database that holds the demonstration.
"""

import os
import sys
import time
import uuid
from collections import defaultdict
from collections.abc import Callable, Sequence
from itertools import chain
from random import Random
from statistics import quantiles

import django

django.setup()

from django.core.management import call_command  # noqa: E402
from wagtail.models import Locale, Page  # noqa: E402
from wagtail.search.utils import parse_query_string  # noqa: E402

from cms.delivery.queries import Reading, entries  # noqa: E402
from cms.demo.content import LOCALES  # noqa: E402
from search.queries import find  # noqa: E402
from tests.search import crowd, varied_text  # noqa: E402
from tests.search.judging import (  # noqa: E402
    CUT,
    LEAST_RECALL,
    LEAST_RECIPROCAL_RANK,
    Judgement,
    entry_id,
    judge,
    judged_queries,
    mean_recall,
    mean_reciprocal_rank,
    over,
    page_keys,
)

MORE_QUERIES = 100
MOST_MILLISECONDS = 60
LANGUAGES = {"en": "English", "fr": "French", "fi": "Finnish", "it": "Italian", "de": "German"}

Answer = Callable[[str, str], Sequence[uuid.UUID]]


def main(arguments: list[str]) -> int:
    """Measure quality, then speed, and return 1 when a promise is not kept."""
    crowd.index_whole_texts()
    call_command("update_index", verbosity=0)
    good = measure_quality("--misses" in arguments)
    crowd.add_entries()
    fast = measure_speed()
    return 0 if good and fast else 1


def ours(text: str, locale: str) -> list[uuid.UUID]:
    """Ask our search through the gate of delivery."""
    among = entries(Reading(locale)).values("entry_id")
    return [hit.entry_id for hit in find(text, locale, among=among, first=CUT).hits]


def wagtails(text: str, locale: str) -> list[uuid.UUID]:
    """Ask Wagtail's database search."""
    _, query = parse_query_string(text)
    found = Page.objects.live().filter(locale=Locale.objects.get_for_language(locale)).search(query)
    return [page.translation_key for page in found[:CUT]]


def measure_quality(show_misses: bool) -> bool:
    """Print recall and reciprocal rank of both searches and tell whether ours keeps its promise in every language."""
    mine: list[Judgement] = []
    theirs: list[Judgement] = []
    pages = frozenset(map(entry_id, page_keys()))
    kept = True
    print(f"{'':12}{'queries':>8}{'recall@10':>11}{'MRR':>7}{'Wagtail recall@10':>20}{'MRR':>7}")
    for locale in LOCALES:
        queries = judged_queries(locale)
        own, other = judge(queries, ours), judge(over(queries, pages), wagtails)
        kept = print_quality(LANGUAGES[locale], own, other) and kept
        mine += own
        theirs += other
    kept = print_quality("All", mine, theirs) and kept
    if show_misses:
        print_misses(mine)
    return kept


def print_quality(name: str, own: list[Judgement], other: list[Judgement]) -> bool:
    """Print one line and tell whether it is good enough."""
    recall, rank = mean_recall(own), mean_reciprocal_rank(own)
    kept = recall >= LEAST_RECALL and rank >= LEAST_RECIPROCAL_RANK
    line = (
        f"{name:12}{len(own):8}{recall:11.3f}{rank:7.3f}{mean_recall(other):20.3f}{mean_reciprocal_rank(other):7.3f}"
    )
    print(line if kept else f"{line}  too low", flush=True)
    return kept


def print_misses(judgements: list[Judgement]) -> None:
    """Print the queries that were not answered in full, or whose first result is not relevant."""
    for item in judgements:
        if item.recall < 1 or item.reciprocal_rank < 1:
            query = item.query
            print(f"  {query.locale} {query.kind:11} {item.recall:5.2f} {item.reciprocal_rank:5.2f}  {query.text}")


def measure_speed() -> bool:
    """Print how long both searches take among all entries and tell whether ours is fast enough."""
    asked = [(query.kind, query.text, locale) for locale in LOCALES for query in judged_queries(locale)]
    asked += [(kind, text, locale) for locale in LOCALES for kind, text in varied_text.queries(locale, MORE_QUERIES)]
    Random("order").shuffle(asked)
    own, other = timed(asked, ours), timed(asked, wagtails)
    load = f"load of the machine {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores"
    print(f"\n{len(asked)} queries among {crowd.counted()} entries, milliseconds ({load})")
    print(f"{'':14}{'p50':>8}{'p95':>8}{'p99':>8}{'Wagtail p50':>14}{'p95':>8}{'p99':>8}{'ratio p50':>12}{'p95':>8}")
    kinds = sorted({kind for kind, _, _ in asked})
    slowest = print_speed("All", [*own.values()], [*other.values()])
    for kind in kinds:
        print_speed(kind, [own[kind]], [other[kind]])
    if slowest >= MOST_MILLISECONDS:
        print(f"Too slow: 95 % are promised within {MOST_MILLISECONDS} ms.")
    return slowest < MOST_MILLISECONDS


def timed(asked: Sequence[tuple[str, str, str]], answer: Answer) -> dict[str, list[float]]:
    """Return the milliseconds of each query by kind; the first ten queries are asked once before, unmeasured."""
    for _, text, locale in asked[:10]:
        answer(text, locale)
    times: dict[str, list[float]] = defaultdict(list)
    for kind, text, locale in asked:
        began = time.perf_counter()
        answer(text, locale)
        times[kind].append((time.perf_counter() - began) * 1000)
    return times


def print_speed(name: str, own: list[list[float]], other: list[list[float]]) -> float:
    """Print one line and return the 95th percentile of ours."""
    mine, theirs = percentiles([*chain(*own)]), percentiles([*chain(*other)])
    ratios = [mine[0] / theirs[0], mine[1] / theirs[1]]
    numbers = "".join(f"{value:8.1f}" for value in mine)
    print(f"{name:14}{numbers}{theirs[0]:14.1f}{theirs[1]:8.1f}{theirs[2]:8.1f}{ratios[0]:12.2f}{ratios[1]:8.2f}")
    return mine[1]


def percentiles(values: list[float]) -> tuple[float, float, float]:
    """Return the 50th, 95th and 99th percentile."""
    cuts = quantiles(values, n=100, method="inclusive")
    return cuts[49], cuts[94], cuts[98]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
