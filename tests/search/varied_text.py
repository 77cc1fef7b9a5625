"""Texts as varied as those of a large site: sentences of the benchmark among words whose frequencies follow Zipf's law.

The same number in the same language always gives the same text.
"""

import re
from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from html import escape
from itertools import accumulate
from random import Random
from typing import Any

from cms.demo.benchmark_text import phrases
from cms.demo.content import pages, words_in

VOCABULARY = 20_000
SECTIONS = range(1, 6)
PARAGRAPHS = range(1, 5)
_WORD = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True)
class VariedText:
    """One text: a title, a summary, and headings with their paragraphs; all plain."""

    title: str
    summary: str
    sections: list[tuple[str, list[str]]]

    def payload(self) -> dict[str, Any]:
        """Return it as the payload of an information page."""
        body = []
        for heading, paragraphs in self.sections:
            body.append({"id": heading, "type": "heading", "value": {"level": 2, "text": heading, "anchor": "x"}})
            body += [{"id": "", "type": "paragraph", "value": {"content": _rich(text)}} for text in paragraphs]
        return {"title": self.title, "summary": _rich(self.summary), "body": body}

    def stream(self) -> list[dict[str, Any]]:
        """Return its body as a StreamField stores it."""
        body: list[dict[str, Any]] = []
        for heading, paragraphs in self.sections:
            body.append({"type": "heading", "value": {"level": 2, "text": heading}})
            body += [{"type": "paragraph", "value": f"<p>{escape(text)}</p>"} for text in paragraphs]
        return body


def _rich(text: str) -> dict[str, Any]:
    return {"html": f"<p>{escape(text)}</p>", "words": len(text.split())}


class VariedTexts:
    """Writes texts in one language."""

    def __init__(self, locale: str) -> None:
        self.locale = locale
        self.phrases = phrases(locale)

    def text(self, number: int) -> VariedText:
        """Return a text of about 40 to 900 words."""
        random = Random(f"{self.locale} {number}")
        sections = [
            (self.sentence(random, 4), [self.paragraph(random) for _ in range(random.choice(PARAGRAPHS))])
            for _ in range(random.choice(SECTIONS))
        ]
        return VariedText(f"{self.sentence(random, 5)} {number}", self.sentence(random, 18), sections)

    def paragraph(self, random: Random) -> str:
        """Return two to five sentences; some are the benchmark's, put together from phrases."""
        return " ".join(
            f"{self.phrase(random) if random.random() < 0.3 else self.sentence(random, 14)}."
            for _ in range(random.randint(2, 5))
        )

    def phrase(self, random: Random) -> str:
        """Return a sentence of the benchmark."""
        return " ".join(random.choice(self.phrases[part]) for part in ("subjects", "actions", "circumstances"))

    def sentence(self, random: Random, length: int) -> str:
        """Return so many words drawn by their frequency."""
        drawn = random.choices(self.words, cum_weights=self._weights, k=length)
        return " ".join(drawn).capitalize()

    @cached_property
    def words(self) -> list[str]:
        """The vocabulary, the most frequent word first: that of the demonstration, then words put together from its halves."""
        strings = [
            string for text in pages() if self.locale in text.locales for string in words_in(text.text(self.locale))
        ]
        counts = Counter(word.lower() for string in strings for word in _WORD.findall(re.sub(r"<[^>]*>", " ", string)))
        known = [word for word, _ in counts.most_common()]
        long = [word for word in known if len(word) > 5]
        random, words = Random(self.locale), dict.fromkeys(known)
        while len(words) < VOCABULARY:
            first, second = random.choices(long, k=2)
            words[first[: len(first) // 2 + 1] + second[len(second) // 2 :]] = None
        return list(words)

    @cached_property
    def _weights(self) -> list[float]:
        return list(accumulate(1 / (rank + 2.7) for rank in range(len(self.words))))


def queries(locale: str, number: int) -> list[tuple[str, str]]:
    """Return so many pairs of kind and query about the texts of a language: words, phrases, beginnings, typing errors."""
    writer, random = VariedTexts(locale), Random(f"{locale} queries")
    return [_query(writer, random, list(_MAKERS)[place % len(_MAKERS)]) for place in range(number)]


def _query(writer: VariedTexts, random: Random, kind: str) -> tuple[str, str]:
    found = writer.text(random.randrange(2000)).sections[0][1][0]
    words = _WORD.findall(found)
    start = random.randrange(len(words) - 2)
    return kind, _MAKERS[kind](words[start : start + 3], random)


def _misspelt(words: list[str], random: Random) -> str:
    """Swap, drop or replace one letter inside the longest word."""
    word = max(words, key=len)
    place = random.randrange(1, max(2, len(word) - 1))
    return random.choice(
        [word[:place] + word[place + 1 :], word[:place] + random.choice("aeinrst") + word[place + 1 :]]
    )


_MAKERS = {
    "one word": lambda words, random: max(words, key=len),
    "two words": lambda words, random: " ".join(words[:2]),
    "three words": lambda words, random: " ".join(words),
    "phrase": lambda words, random: f'"{" ".join(words)}"',
    "prefix": lambda words, random: f"{words[0]} {words[1][: max(3, len(words[1]) - 3)]}",
    "misspelt": _misspelt,
}
