"""Reads environment variables: typed, and refused with a plain sentence that names the variable."""

import os
from collections.abc import Sequence
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

TRUE_WORDS = ("1", "true", "yes", "on")
FALSE_WORDS = ("", "0", "false", "no", "off")


def demand(names: Sequence[str]) -> None:
    """Refuse to start while one of the variables is missing or empty.

    Raises:
        ImproperlyConfigured: naming every missing variable at once.
    """
    missing = [name for name in names if not os.environ.get(name, "").strip()]
    if missing:
        verb = "is" if len(missing) == 1 else "are"
        raise ImproperlyConfigured(
            f"{', '.join(missing)} {verb} not set. Production does not start without; see docs/operators.md."
        )


def read_text(name: str, default: str = "") -> str:
    """Return a variable as text without white space around it; the default when it is missing or empty."""
    return os.environ.get(name, "").strip() or default


def read_flag(name: str, default: bool = False) -> bool:
    """Return a variable as yes or no.

    Raises:
        ImproperlyConfigured: when it is none of the words that mean yes or no.
    """
    word = read_text(name, str(default)).lower()
    if word in TRUE_WORDS:
        return True
    if word in FALSE_WORDS:
        return False
    raise ImproperlyConfigured(f"{name} must be true or false, but is {word!r}.")


def read_number(name: str, default: int, lowest: int = 0, highest: int | None = None) -> int:
    """Return a variable as a whole number between `lowest` and `highest`, both included.

    Raises:
        ImproperlyConfigured: when it is no number or out of range.
    """
    word = read_text(name, str(default))
    try:
        number = int(word)
    except ValueError as error:
        raise ImproperlyConfigured(f"{name} must be a whole number, but is {word!r}.") from error
    if number < lowest or (highest is not None and number > highest):
        span = f"at least {lowest}" if highest is None else f"from {lowest} to {highest}"
        raise ImproperlyConfigured(f"{name} must be {span}, but is {number}.")
    return number


def read_list(name: str, default: Sequence[str] = ()) -> list[str]:
    """Return a variable as the words between its commas."""
    words = [word.strip() for word in read_text(name).split(",")]
    return [word for word in words if word] or list(default)


def make_data_folder(folder: Path) -> None:
    """Make the data folder when it is missing.

    Raises:
        ImproperlyConfigured: when it cannot be made.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ImproperlyConfigured(
            f"The data folder {folder} cannot be made ({error.strerror}). Set LINKS_DATA_DIR to a folder you may write."
        ) from error
