"""Seeds the demonstration step by step: languages, media, directory, pages, translations, people and their work."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from tqdm import tqdm

from cms.demo import brochures, directory, editorial, letters, library, people, sources, translations, waiting_work
from cms.demo.content import PageText, pages, small_part, words_in
from cms.demo.ledger import Ledger
from cms.media.models import Image
from cms.media.renditions import prepare_image
from cms.setup.writing import make_locales

Progress = Callable[[str], None]


def seed_demonstration(progress: Progress, *, small: bool = False) -> int:
    """Make what is missing of the demonstration and return how many steps were done; 0 when all was there.

    What somebody edited, moved or deleted stays as it is. An interrupted run is continued by the next one.

    Args:
        progress: takes a line for people when a part begins.
        small: make only the pages of the brochure, one page of each other kind and the people; a later run makes the rest.
    """
    seeding = SmallSeeding(progress) if small else Seeding(progress)
    return seeding.run()


class Seeding:
    """One run of the seeding."""

    def __init__(self, progress: Progress) -> None:
        self.ledger = Ledger()
        self.progress = progress
        self.steps = 0

    def run(self) -> int:
        """Do all steps in order."""
        self._do("locales", make_locales)
        self._pictures()
        self._files()
        self._directory()
        self._pages("en")
        self._translate("en")
        self._pages("de")
        self._translate("de")
        self._do("event-order", lambda: sources.order_events(self.ledger))
        self._frame()
        people.seed_people(self._do)
        editorial.seed_work(self._do, self.ledger)
        waiting_work.seed_waiting_work(self._do, self.ledger)
        letters.seed_letters(self._do, self.ledger)
        return self.steps

    def _do(self, key: str, make: Callable[[], Any]) -> None:
        if self.ledger.once(key, make):
            self.steps += 1

    def _say(self, text: str, jobs: list[Any]) -> Any:
        """Tell what begins and return the jobs with a progress bar (on a terminal only)."""
        if jobs:
            self.progress(f"{text} ({len(jobs)})")
        return tqdm(jobs, disable=None, leave=False, unit="")

    def _pictures(self) -> None:
        jobs = self._missing_pictures()
        if not jobs:
            return
        place = library.collection()
        bar = self._say("Drawing pictures", jobs)
        for path, locale, data in library.drawn(jobs):
            self._do(
                library.picture_key(path.stem, locale),
                partial(library.save_picture, path, locale, data, place),
            )
            prepare_image(Image.objects.get(pk=self.ledger.pk(library.picture_key(path.stem, locale))), minimum=True)
            bar.update()
        bar.close()

    def _missing_pictures(self) -> list[tuple[Path, str]]:
        done = {f"picture:{name}" for name in self.ledger.with_prefix("picture:")}
        return library.pictures_to_draw(done)

    def _files(self) -> None:
        for tool, locale in self._say("Setting brochures", self._missing_files()):
            name, title, data = brochures.make_file(tool, locale)
            self._do(
                brochures.file_key(tool, locale),
                partial(library.save_file, name, title, data, library.collection()),
            )

    def _missing_files(self) -> list[tuple[str, str]]:
        return [job for job in brochures.files_to_make() if brochures.file_key(*job) not in self.ledger]

    def _directory(self) -> None:
        self.progress("Filling the directory")
        directory.seed_directory(self._do, self.ledger)
        directory.seed_emblem(self._do, self.ledger)

    def _pages(self, locale: str) -> None:
        texts = [text for text in pages() if text.source == locale]
        for text in self._say("Creating pages", [t for t in texts if f"page:{t.key}" not in self.ledger]):
            self._do(f"page:{text.key}", partial(sources.create_page, text, self.ledger))
        texts = self._texts(locale)
        for text in self._say("Publishing pages", [t for t in texts if f"publish:{t.key}" not in self.ledger]):
            self._do(f"publish:{text.key}", partial(sources.fill_page, text, self.ledger))

    def _translate(self, source: str) -> None:
        jobs = [
            (text, locale)
            for text in self._texts(source)
            for locale in text.locales
            if locale != source and translation_key(text, locale) not in self.ledger
        ]
        for text, locale in self._say("Translating pages", jobs):
            self._do(
                translation_key(text, locale),
                partial(translations.translate_page, text, locale, self.ledger),
            )

    def _texts(self, source: str) -> list[PageText]:
        """Return the pages that this run writes of those in one language."""
        return [text for text in pages() if text.source == source]

    def _frame(self) -> None:
        directory.seed_frame(self._do, self.ledger)


class SmallSeeding(Seeding):
    """The part of the demonstration that is quick to make."""

    def run(self) -> int:
        """Do the steps of this part in order."""
        self._do("locales", make_locales)
        self._pictures()
        self._files()
        self._directory()
        self._pages("en")
        self._translate("en")
        self._frame()
        people.seed_people(self._do)
        return self.steps

    def _missing_pictures(self) -> list[tuple[Path, str]]:
        named = words_in([text.text(text.source) for text in small_part()])
        return [(path, locale) for path, locale in super()._missing_pictures() if path.stem in named]

    def _missing_files(self) -> list[tuple[str, str]]:
        wanted = {text.key for text in small_part()}
        return [job for job in super()._missing_files() if f"brochures/{job[0]}" in wanted]

    def _texts(self, source: str) -> list[PageText]:
        return [text for text in small_part() if text.source == source]


def translation_key(text: PageText, locale: str) -> str:
    """Name a translation among the seeded things."""
    return f"translation:{text.key}:{locale}"
