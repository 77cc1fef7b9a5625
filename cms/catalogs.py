"""Message catalogs without GNU gettext: found in the code, kept in `locale/<language>/LC_MESSAGES/django.po`, compiled.

English is the language of the code, so its catalog repeats each message; the other four must translate every one.
"""

import ast
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import polib
from django.utils.translation.template import templatize

SOURCE_LANGUAGE = "en"
CODE_FOLDERS = ("cms", "pages", "guidance", "home", "search")
TEMPLATE_SUFFIXES = (".html", ".txt", ".xml")

# Which arguments of each function are context, message and plural.
FUNCTIONS = {
    "gettext": (None, 0, None),
    "gettext_lazy": (None, 0, None),
    "gettext_noop": (None, 0, None),
    "_": (None, 0, None),
    "ngettext": (None, 0, 1),
    "ngettext_lazy": (None, 0, 1),
    "pgettext": (0, 1, None),
    "pgettext_lazy": (0, 1, None),
    "npgettext": (0, 1, 2),
    "npgettext_lazy": (0, 1, 2),
}
STRING = r"u?'(?:[^'\\]|\\.)*'|u?\"(?:[^\"\\]|\\.)*\""
TEMPLATE_CALL = re.compile(
    rf"\b(_|gettext|ngettext|pgettext|npgettext)\(\s*((?:{STRING})(?:\s*,\s*(?:{STRING}))*)", re.DOTALL
)


@dataclass(frozen=True, order=True)
class Message:
    """One text for people: its context ("" when it has none), the text, and the plural ("" when it has none)."""

    context: str
    text: str
    plural: str


@dataclass(frozen=True)
class Gap:
    """Something wrong in a catalog: the language, what is wrong, and the text."""

    language: str
    problem: str
    text: str

    def __str__(self) -> str:
        return f"{self.language}: {self.problem}: {self.text!r}"


def messages_in_python(source: str) -> Iterator[Message]:
    """Yield the messages of a Python module; only literal texts count."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call):
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            texts = [item.value if isinstance(item, ast.Constant) else None for item in node.args]
            yield from _message(name, texts)


def messages_in_template(source: str) -> Iterator[Message]:
    """Yield the messages of a Django template."""
    for match in TEMPLATE_CALL.finditer(templatize(source)):
        texts = [ast.literal_eval(text) for text in re.findall(STRING, match[2], re.DOTALL)]
        yield from _message(match[1], texts)


def messages_in_code(root: Path) -> dict[Message, list[str]]:
    """Return every message below `root` with the files that use it, both in order."""
    found: dict[Message, set[str]] = {}
    for path in _files(root):
        text = path.read_text(encoding="utf-8")
        reader = messages_in_python if path.suffix == ".py" else messages_in_template
        for message in reader(text):
            found.setdefault(message, set()).add(path.relative_to(root).as_posix())
    return {message: sorted(found[message]) for message in sorted(found)}


def gaps(root: Path, languages: Iterable[str]) -> list[Gap]:
    """Compare the catalogs with the code; the empty list means that all are complete and hold nothing else."""
    messages = messages_in_code(root)
    found: list[Gap] = []
    for language in languages:
        known = {key_of(entry): entry for entry in read_catalog(catalog_path(root, language))}
        for message in messages:
            entry = known.pop(message, None)
            problem = "missing" if entry is None else entry_problem(entry)
            if problem:
                found.append(Gap(language, problem, message.text))
        found += [Gap(language, "no longer used", message.text) for message in known]
    return found


def update(root: Path, languages: Iterable[str]) -> None:
    """Bring the catalogs in step with the code: new messages empty (English: repeated), unused ones removed."""
    messages = messages_in_code(root)
    for language in languages:
        before = read_catalog(catalog_path(root, language))
        known = {key_of(entry): entry for entry in before}
        catalog = new_catalog(language, before)
        for message, files in messages.items():
            entry = known.get(message) or new_entry(message, language)
            entry.occurrences = [(name, "") for name in files]
            entry.obsolete = False
            catalog.append(entry)
        path = catalog_path(root, language)
        path.parent.mkdir(parents=True, exist_ok=True)
        catalog.save(str(path))


def compile_changed(root: Path, languages: Iterable[str]) -> list[str]:
    """Compile the catalogs that are newer than what was made of them, and return their languages."""
    compiled = []
    for language in languages:
        changed = [_compile(path) for path in catalog_sources(root, language)]
        if any(changed):
            compiled.append(language)
    return compiled


def catalog_sources(root: Path, language: str) -> list[Path]:
    """Return the catalogs of a language that exist: ours, then those that fill the gaps of packages."""
    folders = (root / "locale" / language, root / "locale" / "packages" / language)
    return [path for folder in folders for path in sorted((folder / "LC_MESSAGES").glob("*.po"))]


def catalog_path(root: Path, language: str) -> Path:
    """Return where the catalog of a language is kept."""
    return root / "locale" / language / "LC_MESSAGES" / "django.po"


def read_catalog(path: Path) -> polib.POFile:
    """Return a catalog; an empty one when the file does not exist."""
    return polib.pofile(str(path), wrapwidth=110) if path.exists() else polib.POFile(wrapwidth=110)


def new_catalog(language: str, before: polib.POFile) -> polib.POFile:
    """Return an empty catalog that keeps the head of the one before."""
    catalog = polib.POFile(wrapwidth=110)
    catalog.metadata = before.metadata or _metadata(language)
    return catalog


def key_of(entry: polib.POEntry) -> Message:
    """Return the message that an entry translates."""
    return Message(entry.msgctxt or "", entry.msgid, entry.msgid_plural or "")


def new_entry(message: Message, language: str) -> polib.POEntry:
    """Return an entry without a translation; in English the message is its own."""
    repeated = language == SOURCE_LANGUAGE
    entry = polib.POEntry(msgid=message.text, msgctxt=message.context or None)
    if "%(" in message.text:
        entry.flags.append("python-format")
    if message.plural:
        entry.msgid_plural = message.plural
        entry.msgstr_plural = {0: message.text, 1: message.plural} if repeated else {0: "", 1: ""}
    elif repeated:
        entry.msgstr = message.text
    return entry


def entry_problem(entry: polib.POEntry) -> str:
    """Return what is wrong with an entry in one or two words, "" when nothing is."""
    if entry.obsolete:
        return "obsolete"
    if entry.fuzzy:
        return "fuzzy"
    if not entry.translated():
        return "not translated"
    return _placeholder_problem(entry)


def _files(root: Path) -> Iterator[Path]:
    for folder in CODE_FOLDERS:
        for path in sorted((root / folder).rglob("*")):
            is_code = path.suffix == ".py" and "migrations" not in path.parts
            if is_code or (path.suffix in TEMPLATE_SUFFIXES and "templates" in path.parts):
                yield path


def _message(name: str, texts: Sequence[object]) -> Iterator[Message]:
    places = FUNCTIONS.get(name)
    if places is None:
        return
    parts = ["" if place is None else (texts[place] if place < len(texts) else None) for place in places]
    context, text, plural = parts
    if isinstance(context, str) and isinstance(text, str) and isinstance(plural, str) and text:
        yield Message(context, text, plural)


def _compile(source: Path) -> bool:
    target = source.with_suffix(".mo")
    if target.exists() and target.stat().st_mtime >= source.stat().st_mtime:
        return False
    made = target.with_suffix(".mo.new")
    polib.pofile(str(source)).save_as_mofile(str(made))
    made.replace(target)
    return True


def _placeholder_problem(entry: polib.POEntry) -> str:
    allowed = set(_placeholders(entry.msgid)) | set(_placeholders(entry.msgid_plural or ""))
    for text in [entry.msgstr] if not entry.msgid_plural else entry.msgstr_plural.values():
        used = set(_placeholders(text))
        if used - allowed or (not entry.msgid_plural and used != allowed):
            return "placeholders or tags differ"
    return ""


def _placeholders(text: str) -> list[str]:
    return re.findall(r"%\(\w+\)[sdfr]|(?<!%)%[sdf]\b|\{\w*\}|</?\w+", text)


def _metadata(language: str) -> dict[str, str]:
    plural = "n > 1" if language == "fr" else "n != 1"
    return {
        "Language": language,
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": f"nplurals=2; plural=({plural});",
    }
