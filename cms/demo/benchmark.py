"""Builds the large study that speed is measured with: chapters in every language, all published, through the real models.

Pages are created, given a revision and published as an editor's are, about fifty in one content transaction; their translations
stand in wagtail-localize, so that translators see real segments. What exists already is left as it is.
"""

import uuid
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import Any

from tqdm import tqdm
from wagtail.models import Locale, Page
from wagtail.signal_handlers import disable_reference_index_auto_update

from cms.demo import benchmark_text, library, sources
from cms.demo.content import Text, pages, picture_paths
from cms.demo.ledger import Ledger
from cms.demo.pictures import load_spec
from cms.media.models import Image
from cms.media.renditions import prepare_image
from cms.setup import translating, writing
from cms.setup.raw import Names, Writer, made_id
from cms.setup.values import page_values
from cms.translation import store
from home.models import HomePage
from pages.models import ChapterPage, StudyPage
from pages.signals import content_transaction

Progress = Callable[[str], None]

PICTURES = 12
PAGES_PER_TRANSACTION = 50
MOST_CHAPTERS = 5_000


def seed_benchmark(chapters: int, locales: Sequence[str], progress: Progress) -> int:
    """Make what is missing of a study with so many chapters in each language and return how many pages were made.

    Args:
        chapters: how many; chapters beyond that stay when there are more.
        locales: language codes; in a new study the first is the language in which it is written.
        progress: is told what is being done.
    """
    return Benchmark(locales, progress).run(chapters)


class Benchmark:
    """One run."""

    def __init__(self, locales: Sequence[str], progress: Progress) -> None:
        self.ledger = Ledger()
        self.progress = progress
        self.ledger.once("locales", writing.make_locales)
        written_in = StudyPage.objects.filter(translation_key=page_key(benchmark_text.STUDY)).values_list(
            "source_locale", flat=True
        )
        self.source = written_in.first() or locales[0]
        self.locales = [self.source, *(code for code in dict.fromkeys(locales) if code != self.source)]
        self.rows = {row.language_code: row for row in Locale.objects.all()}
        self.pictures: dict[str, int] = {}
        self.pages: dict[str, int] = {}

    def run(self, chapters: int) -> int:
        """Do all steps in order."""
        self.pictures = self._prepare_pictures()
        homes = self._homes()
        studies = self._studies(homes)
        self._know_chapters()
        missing = self._missing(range(1, chapters + 1))
        self.progress(f"Writing chapters ({len(missing)} pages)")
        bar = tqdm(total=len(missing), disable=None, leave=False, unit="")
        for numbers in self._chunks(missing):
            wanted = [(number, code) for number, code in missing if number in numbers]
            self._write_chunk(wanted, studies)
            bar.update(len(wanted))
        bar.close()
        return len(missing)

    def _prepare_pictures(self) -> dict[str, int]:
        """Return the pictures by name, drawn in the source language and with their smallest set of renditions."""
        drawn = [path for path in picture_paths() if self.source in library.spec_locales(load_spec(path))]
        jobs = [(path, self.source) for path in drawn[:PICTURES]]
        keys = {path.stem: library.picture_key(path.stem, self.source) for path, _ in jobs}
        missing = [(path, code) for path, code in jobs if keys[path.stem] not in self.ledger]
        if missing:
            self.progress(f"Drawing pictures ({len(missing)})")
            place = library.collection()
            for path, code, data in library.drawn(missing):
                self.ledger.once(keys[path.stem], partial(library.save_picture, path, code, data, place))
        pictures = {name: self.ledger.pk(key) for name, key in keys.items()}
        for image in Image.objects.filter(pk__in=pictures.values()):
            prepare_image(image, minimum=True)
        return pictures

    def _homes(self) -> dict[str, Page]:
        """Return the home page of each language; a new database gets home pages with a title only."""
        home = HomePage.objects.filter(sites_rooted_here__is_default_site=True).first()
        if home is None:
            self.ledger.once("page:home", self._create_home)
            home = HomePage.objects.get(pk=self.ledger.pk("page:home"))
        return {code: self._translated(home, code, self._plain_home(code)) for code in self.locales}

    def _create_home(self) -> Page:
        home: Any = sources.create_page(pages()[0], self.ledger).specific
        home.save_revision().publish()
        home.refresh_from_db()
        writing.make_site(home, "localhost", 80, "LINKS")
        return home

    def _plain_home(self, code: str) -> HomePage:
        text = pages()[0].text(code)
        return HomePage(title=text["title"], slug=text["slug"], locale=self.rows[code])

    def _studies(self, homes: dict[str, Page]) -> dict[str, Page]:
        """Return the study in each language."""
        study = StudyPage.objects.filter(
            translation_key=page_key(benchmark_text.STUDY), locale=self.rows[self.source]
        ).first()
        if study is None:
            with content_transaction():
                study = self._new_page(StudyPage, benchmark_text.STUDY, self.source, self._study_text(self.source))
                homes[self.source].add_child(instance=study)
                study.save_revision().publish()
        self.pages[benchmark_text.STUDY] = study.pk
        twins = {
            code: self._new_page(StudyPage, benchmark_text.STUDY, code, self._study_text(code))
            for code in self.locales
        }
        return {code: self._translated(study, code, twins[code]) for code in self.locales}

    def _translated(self, source: Any, code: str, twin: Any) -> Page:
        """Return a page in one language; when it is missing it is translated through wagtail-localize."""
        locale = self.rows[code]
        known: Page | None = source if source.locale_id == locale.pk else source.get_translation_or_none(locale)
        if known is None:
            with content_transaction():
                kept = {"slug": twin.slug} if source.depth > 2 else {}
                known = translating.translate(source, twin, locale, kept)
        return Page.objects.get(pk=known.pk).specific

    def _study_text(self, code: str) -> Text:
        return {**benchmark_text.study_text(code), "hero": next(iter(self.pictures))}

    def _know_chapters(self) -> None:
        """Learn which chapters stand in the source language already."""
        numbers = {page_key(benchmark_text.chapter_key(number)): number for number in range(1, MOST_CHAPTERS + 1)}
        found = ChapterPage.objects.filter(locale=self.rows[self.source], translation_key__in=numbers)
        for key, pk in found.values_list("translation_key", "pk"):
            self.pages[benchmark_text.chapter_key(numbers[key])] = pk

    def _missing(self, numbers: Sequence[int]) -> list[tuple[int, str]]:
        """Return number and language of the chapters that do not exist."""
        keys = {number: page_key(benchmark_text.chapter_key(number)) for number in numbers}
        there = set(
            ChapterPage.objects.filter(translation_key__in=keys.values()).values_list(
                "translation_key", "locale__language_code"
            )
        )
        return [(number, code) for number in numbers for code in self.locales if (keys[number], code) not in there]

    def _chunks(self, missing: Sequence[tuple[int, str]]) -> Iterator[set[int]]:
        """Cut the missing chapters into sets that one transaction can hold."""
        numbers = sorted({number for number, _ in missing})
        size = max(1, PAGES_PER_TRANSACTION // len(self.locales))
        for start in range(0, len(numbers), size):
            yield set(numbers[start : start + size])

    def _write_chunk(self, wanted: Sequence[tuple[int, str]], studies: dict[str, Page]) -> None:
        """Write some chapters and their translations in one transaction."""
        with content_transaction():
            for number, code in wanted:
                if code == self.source:
                    page = self._publish_below(studies[code], self._chapter(number, code))
                    self.pages[benchmark_text.chapter_key(number)] = page.pk
            self._translate([(number, code) for number, code in wanted if code != self.source], studies)

    def _translate(self, wanted: Sequence[tuple[int, str]], studies: dict[str, Page]) -> None:
        """Register sources and translated strings together, then publish the targets one by one."""
        originals = {
            number: ChapterPage.objects.get(pk=self.pages[benchmark_text.chapter_key(number)])
            for number in dict.fromkeys(number for number, _ in wanted)
        }
        codes = dict.fromkeys(code for _, code in wanted)
        registered = store.submit_all(list(originals.values()), [self.rows[code] for code in codes])
        strings = {number: store.strings_in(page) for number, page in originals.items()}
        twins = {(number, code): self._chapter(number, code) for number, code in wanted}
        store.save_strings_of(
            {
                registered[(twin.translation_key, code)]: translating.matched_fragments(strings[number], twin)
                for (number, code), twin in twins.items()
            }
        )
        for (_, code), twin in twins.items():
            self._publish_below(studies[code], twin)

    def _publish_below(self, parent: Page, page: Any) -> Any:
        """Add a page as a draft, then publish its first revision; Wagtail indexes it once, at the end."""
        with disable_reference_index_auto_update():
            parent.add_child(instance=page)
        page.save_revision().publish()
        return page

    def _chapter(self, number: int, code: str) -> ChapterPage:
        text = benchmark_text.chapter_text(number, code, list(self.pictures))
        return self._new_page(ChapterPage, benchmark_text.chapter_key(number), code, text)

    def _new_page(self, model: type[Any], key: str, code: str, text: Text) -> Any:
        """Return an unsaved page with the translation key that belongs to `key`."""
        page = model(slug=text["slug"], locale=self.rows[code], live=False, translation_key=page_key(key))
        writer = Writer(key, Names(pages=self.pages, pictures=self.pictures))
        writing.apply_values(page, page_values(model._meta.label, text, writer))
        return page


def page_key(key: str) -> uuid.UUID:
    """Return the translation key of a page of the benchmark."""
    return uuid.UUID(made_id("page", key))
