"""The texts of the benchmark: chapters of ready-made sentences, the same each time, in every language.

Sentences are put together from the lists in `content/benchmark/`, which have the same order in all languages. What a
chapter says at a place depends on its number and the place only.
"""

from random import Random

from cms.demo.content import Text, read
from pages.entries import words_of

PARAGRAPHS = 20
SECTIONS = 4
PARAGRAPH_WORDS = 65
STUDY = "benchmark/study"


def phrases(locale: str) -> Text:
    """Return the vocabulary of a language; do not change it."""
    vocabulary: Text = read("benchmark/phrases", locale)
    return vocabulary


def chapter_key(number: int) -> str:
    """Name a chapter, from 1, as links do."""
    return f"benchmark/{number}"


def chapter_title(number: int, locale: str) -> str:
    """Return the title of a chapter in one language."""
    words = phrases(locale)
    topic = words["topics"][number % len(words["topics"])]
    title: str = words["chapter"].format(number=number, topic=topic)
    return title


def study_text(locale: str) -> Text:
    """Return the text of the study, in the form of the demonstration's own."""
    return phrases(locale)["study"]


def chapter_text(number: int, locale: str, pictures: list[str]) -> Text:
    """Return a chapter of about 1,500 words, in the form of the demonstration's own.

    Args:
        number: of the chapter, from 1.
        locale: language code.
        pictures: names of the pictures it may show; it takes five of them, the first as its hero.
    """
    return _Chapter(number, locale, pictures).text()


class _Chapter:
    """Writes one chapter in one language."""

    def __init__(self, number: int, locale: str, pictures: list[str]) -> None:
        self.number = number
        self.locale = locale
        self.pictures = pictures
        self.words = phrases(locale)
        self.paragraph_words = 0

    def text(self) -> Text:
        """Return the whole chapter."""
        return {
            "title": chapter_title(self.number, self.locale),
            "slug": self.words["slug"].format(number=self.number),
            "summary": f"{self._sentence('summary', 0)} {self._sentence('summary', 1)}",
            "hero": self._picture(0),
            "body": [block for section in range(SECTIONS) for block in self._section(section)],
            "authors": [],
            "sources": [],
        }

    def _section(self, section: int) -> list[Text]:
        """Return a heading, five paragraphs, a figure and a quote."""
        first = section * PARAGRAPHS // SECTIONS
        paragraphs = [{"paragraph": self._paragraph(place)} for place in range(first, first + PARAGRAPHS // SECTIONS)]
        heading = {"heading": {"level": 2, "text": self.words["headings"][section]}}
        return [heading, *paragraphs[:2], self._figure(section), *paragraphs[2:4], self._quote(section), paragraphs[4]]

    def _paragraph(self, place: int) -> str:
        """Return sentences until there are enough words so far: the first with bold text, the last with a link."""
        link = self.words["link"].format(target=self._link(place))
        sentences = [self._sentence(place, 0, is_bold=True)]
        wanted = (place + 1) * PARAGRAPH_WORDS - self.paragraph_words
        while len(words_of(" ".join([*sentences, link])).split()) < wanted:
            sentences.append(self._sentence(place, len(sentences)))
        self.paragraph_words += len(words_of(" ".join([*sentences, link])).split())
        return f"<p>{' '.join(sentences)} {link}</p>"

    def _sentence(self, place: object, turn: int, *, is_bold: bool = False) -> str:
        subjects, actions, circumstances = (self.words[name] for name in ("subjects", "actions", "circumstances"))
        subject = subjects[(Random(f"{self.number}/{place}").randrange(len(subjects)) + turn) % len(subjects)]
        random = Random(f"{self.number}/{place}/{turn}")
        action, circumstance = random.choice(actions), random.choice(circumstances)
        return f"{f'<b>{subject}</b>' if is_bold else subject} {action} {circumstance}."

    def _link(self, place: int) -> str:
        """Return a link to an earlier chapter or, where there is none, to the study."""
        target = self.number - 1 - place % 5
        if target < 1:
            return f'<a href="entry:{STUDY}">{study_text(self.locale)["title"]}</a>'
        return f'<a href="entry:{chapter_key(target)}">{chapter_title(target, self.locale)}</a>'

    def _picture(self, place: int) -> str:
        return self.pictures[(self.number * (SECTIONS + 1) + place) % len(self.pictures)]

    def _figure(self, section: int) -> Text:
        topics = self.words["topics"]
        alt = self.words["alt"].format(number=section + 1, topic=topics[self.number % len(topics)])
        image = self._picture(section + 1)
        return {"figure": {"image": image, "alt": alt, "caption": f"{self._pick('captions', section)}.", "credit": ""}}

    def _quote(self, section: int) -> Text:
        quote = {"quote": f"{self._pick('quotes', section)}.", "attribution": self._pick("speakers", section)}
        return {"quote": quote}

    def _pick(self, name: str, section: int) -> str:
        """Return one of a list, another one in each section."""
        found: str = self.words[name][(self.number + section) % len(self.words[name])]
        return found
