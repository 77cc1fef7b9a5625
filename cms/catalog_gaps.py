"""Message catalogs for what the packages under us leave in English: `locale/packages/<language>/LC_MESSAGES/*.po`.

The admin is mostly Wagtail's. Where its catalogs, or those of another installed package, lack a message in one of our
languages, ours hold it; Django reads them after the packages' own. A message that a package translates by itself in a
later version becomes superfluous here, and the check says so.
"""

from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

import django
import polib
from django.apps import AppConfig, apps

from cms.catalogs import (
    CODE_FOLDERS,
    SOURCE_LANGUAGE,
    TEMPLATE_SUFFIXES,
    Gap,
    Message,
    entry_problem,
    key_of,
    messages_in_python,
    messages_in_template,
    new_catalog,
    new_entry,
    read_catalog,
)

DOMAINS = ("django", "djangojs")
FOLDER = "packages"
DJANGO = Path(django.__file__).parent / "conf"
# Folders of a package whose texts nobody sees.
UNSEEN = {"migrations", "test", "tests", "locale"}


def gap_catalog_path(root: Path, language: str, domain: str) -> Path:
    """Return where the gap catalog of a language and a domain (`django`, or `djangojs` for scripts) is kept."""
    return root / "locale" / FOLDER / language / "LC_MESSAGES" / f"{domain}.po"


def missing_upstream(root: Path, language: str, domain: str) -> dict[Message, list[str]]:
    """Return each message that no installed package translates, with the packages that use it, both in order.

    Messages of ours with the same text count as translated: Django takes them for the package's too.
    """
    known = _translated(_catalogs_of(root, language, domain))
    return {
        message: users
        for message, users in package_messages(domain).items()
        if (message.context, message.text, bool(message.plural)) not in known
    }


def package_gaps(root: Path, languages: Iterable[str]) -> list[Gap]:
    """Compare the gap catalogs with what is missing; the empty list means that they are complete and hold nothing else."""
    found: list[Gap] = []
    for language, domain in _each(languages):
        known = {key_of(entry): entry for entry in read_catalog(gap_catalog_path(root, language, domain))}
        for message in missing_upstream(root, language, domain):
            entry = known.pop(message, None)
            problem = "missing" if entry is None else entry_problem(entry)
            if problem:
                found.append(Gap(language, f"{problem} (package, {domain})", message.text))
        found += [Gap(language, f"translated by its package ({domain})", message.text) for message in known]
    return found


def update_package_gaps(root: Path, languages: Iterable[str]) -> None:
    """Bring the gap catalogs in step with the installed packages: new messages empty, superfluous ones removed."""
    for language, domain in _each(languages):
        path = gap_catalog_path(root, language, domain)
        before = read_catalog(path)
        known = {key_of(entry): entry for entry in before}
        catalog = new_catalog(language, before)
        for message, users in missing_upstream(root, language, domain).items():
            entry = known.get(message) or new_entry(message, language)
            entry.occurrences = [(name, "") for name in users]
            catalog.append(entry)
        if len(catalog):
            path.parent.mkdir(parents=True, exist_ok=True)
            catalog.save(str(path))
        else:
            path.unlink(missing_ok=True)


def _each(languages: Iterable[str]) -> Iterator[tuple[str, str]]:
    for language in languages:
        if language != SOURCE_LANGUAGE:
            yield from ((language, domain) for domain in DOMAINS)


def _packages() -> list[AppConfig]:
    return [config for config in apps.get_app_configs() if config.name.partition(".")[0] not in CODE_FOLDERS]


@cache
def package_messages(domain: str) -> dict[Message, list[str]]:
    """A text that is used with and without a plural needs one entry, the one with the plural."""
    users: dict[tuple[str, str], set[str]] = {}
    plurals: dict[tuple[str, str], str] = {}
    for name, message in _uses(domain):
        place = (message.context, message.text)
        users.setdefault(place, set()).add(name)
        plurals[place] = plurals.get(place) or message.plural
    return {Message(*place, plurals[place]): sorted(users[place]) for place in sorted(users)}


def _uses(domain: str) -> Iterator[tuple[str, Message]]:
    """Scripts come compiled, so their messages, like those of Django itself, are known from the English catalog only."""
    for config in _packages():
        path = Path(config.path)
        if domain == "django":
            yield from ((config.name, message) for message in _messages_in_package(path))
        else:
            yield from ((config.name, key_of(entry)) for entry in _source(path, domain))
    yield from (("django", key_of(entry)) for entry in _source(DJANGO, domain))


def _source(path: Path, domain: str) -> polib.POFile:
    return read_catalog(path / "locale" / SOURCE_LANGUAGE / "LC_MESSAGES" / f"{domain}.po")


def _messages_in_package(folder: Path) -> Iterator[Message]:
    """Yield the messages below a folder; a folder below it that is an application of its own speaks for itself."""
    for path in sorted(folder.iterdir()):
        if path.is_dir():
            if path.name not in UNSEEN and not (path / "apps.py").exists():
                yield from _messages_in_package(path)
        elif path.suffix == ".py":
            yield from messages_in_python(path.read_text(encoding="utf-8"))
        elif path.suffix in TEMPLATE_SUFFIXES and "templates" in path.parts:
            yield from messages_in_template(path.read_text(encoding="utf-8"))


def _catalogs_of(root: Path, language: str, domain: str) -> Iterator[Path]:
    """Yield the catalogs that Django merges, as they are compiled in the packages and written by us."""
    for folder in (DJANGO, *(Path(config.path) for config in _packages())):
        yield folder / "locale" / language / "LC_MESSAGES" / f"{domain}.mo"
    yield root / "locale" / language / "LC_MESSAGES" / f"{domain}.po"


def _translated(paths: Iterable[Path]) -> set[tuple[str, str, bool]]:
    """A text that is translated with its plural is found without the plural too."""
    known: set[tuple[str, str, bool]] = set()
    for path in paths:
        if path.exists():
            for entry in polib.mofile(str(path)) if path.suffix == ".mo" else read_catalog(path):
                if entry.msgstr or any(entry.msgstr_plural.values()):
                    place = (entry.msgctxt or "", entry.msgid)
                    known |= {(*place, False), (*place, bool(entry.msgid_plural))}
    return known
