"""What a picture of the demonstration is drawn from: a small specification with labels in several languages."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

Labels = Mapping[str, str]
Value = float | str | tuple[float, ...] | Labels


@dataclass(frozen=True)
class PictureSpec:
    """One picture, independent of the language it is drawn in.

    Attributes:
        key: Name of the picture, also the stem of its file.
        kind: Which drawing function draws it, for example ``cycle`` or ``bars``.
        source: Locale whose labels stand in where a language has none.
        title: Heading inside the picture, by locale.
        description: Alternative text, by locale.
        items: Labels in drawing order, each by locale.
        values: Numbers for charts (one tuple per series for ``lines``), short labels for ``timeline``
            (texts, or labels by locale).
        unit: What the values measure, by locale.
        series: Names of the series, each by locale.
        axes: Horizontal, then vertical axis of a ``matrix``, each by locale.
        note: One line under the drawing, by locale.
        motif: Which motif a ``plate`` shows.
        topic: Key of the cross-cutting issue whose colour it takes, or empty for the accent.
    """

    key: str
    kind: str
    source: str
    title: Labels
    description: Labels
    items: tuple[Labels, ...] = ()
    values: tuple[Value, ...] = ()
    unit: Labels | None = None
    series: tuple[Labels, ...] = ()
    axes: tuple[Labels, ...] = ()
    note: Labels | None = None
    motif: str = ""
    topic: str = ""

    def say(self, labels: Labels | None, locale: str) -> str:
        """The label in `locale`, else in the source language, else empty.

        Args:
            labels: One label by locale, or nothing.
            locale: BCP 47 code such as ``fi``.

        Returns:
            The text as written, with possible soft hyphens.
        """
        if not labels:
            return ""
        return labels.get(locale) or labels.get(self.source) or next(iter(labels.values()))


def load_spec(path: Path) -> PictureSpec:
    """Read one specification.

    Args:
        path: A file ``<key>.yaml`` as described for the demonstration's pictures.

    Returns:
        The specification; texts that are no mapping count as source-language text.

    Raises:
        ValueError: The file is no mapping, or has no `key`, `kind` or `title`.
    """
    raw = yaml.safe_load(path.read_text(encoding="utf-8"))
    if not isinstance(raw, dict):
        raise ValueError(f"{path} holds no mapping; write one picture specification per file")
    if missing := [name for name in ("key", "kind", "title") if not raw.get(name)]:
        raise ValueError(f"{path} has no {', '.join(missing)}; every picture needs them")
    source = _source_locale(raw)
    return PictureSpec(
        key=str(raw["key"]),
        kind=str(raw["kind"]),
        source=source,
        title=_labels(raw["title"], source),
        description=_labels(raw.get("description", ""), source),
        items=_label_list(raw.get("items"), source),
        values=tuple(_value(value) for value in raw.get("values") or ()),
        unit=_labels(raw.get("unit", ""), source),
        series=_label_list(raw.get("series"), source),
        axes=_label_list(raw.get("axes"), source),
        note=_labels(raw.get("note", ""), source),
        motif=str(raw.get("motif") or ""),
        topic=str(raw.get("topic") or ""),
    )


def _source_locale(raw: Mapping[str, Any]) -> str:
    """The declared source locale, else English if the title has it, else the title's first language."""
    title = raw["title"]
    if raw.get("source"):
        return str(raw["source"])
    if not isinstance(title, dict) or "en" in title:
        return "en"
    return str(next(iter(title)))


def _labels(raw: Any, source: str) -> Labels:
    if isinstance(raw, dict):
        return {str(locale): str(text) for locale, text in raw.items() if text not in (None, "")}
    return {source: str(raw)} if raw not in (None, "") else {}


def _label_list(raw: Sequence[Any] | None, source: str) -> tuple[Labels, ...]:
    return tuple(_labels(entry, source) for entry in raw or ())


def _value(raw: Any) -> Value:
    if isinstance(raw, list):
        return tuple(float(number) for number in raw)
    if isinstance(raw, dict):
        return {str(locale): str(text) for locale, text in raw.items()}
    return raw if isinstance(raw, str) else float(raw)
