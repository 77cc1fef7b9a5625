"""The mails that no mail server took: files in the data folder, read for the admin's mailbox, and removed after a while.

Without a mail server Django's file backend writes each mail into a folder, one file for each connection with a line of
dashes after each mail.
"""

import logging
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default as modern
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils import timezone

logger = logging.getLogger(__name__)

FILE_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
NAME = re.compile(r"\d{8}-\d{6}-\d{1,20}\.log")
# What the backend writes after each mail; a line of dashes inside a mail is followed by other words.
END_OF_MAIL = re.compile(rb"\n-{79}\n(?=\Z|Content-Type: )")
# Templates of mails leave such gaps where a condition did not hold.
EMPTY_LINES = re.compile(r"\n(?:[ \t]*\r?\n){2,}")


@dataclass(frozen=True)
class Mail:
    """One mail that was kept.

    Attributes:
        file: name of its file.
        turn: its place in the file, from 0.
        sent_at: when it was written, aware.
        recipients: addresses in lower case, those in copy too.
        to: the line that names them, as it was written.
        text: the plain text, empty when there is none.
        html: the HTML version as it was sent (not cleaned), empty when there is none.
    """

    file: str
    turn: int
    subject: str
    sender: str
    to: str
    recipients: tuple[str, ...]
    sent_at: datetime
    text: str
    html: str


@dataclass(frozen=True)
class Mailbox:
    """The mails that somebody may see, newest first, and how many files could not be read."""

    mails: list[Mail]
    unreadable: int


def is_kept() -> bool:
    """Tell whether mails are kept in the folder, because no mail server is set up."""
    return bool(settings.EMAIL_DELIVERY_BACKEND == FILE_BACKEND)


def mailbox_of(user: Any) -> Mailbox:
    """Return the mails of a person; administrators see those of everybody. Reads files that are new since the last call."""
    found: list[Mail] = []
    unreadable = 0
    for path in _files():
        mails = _mails_in(path)
        unreadable += mails is None
        found += [mail for mail in mails or () if _may_read(user, mail)]
    return Mailbox(sorted(found, key=lambda mail: (mail.sent_at, mail.file, mail.turn), reverse=True), unreadable)


def mail_for(user: Any, file: str, turn: int) -> Mail | None:
    """Return one mail; None when there is no such file or mail, or it is somebody else's."""
    path = Path(settings.EMAIL_FILE_PATH) / Path(file).name
    if path.name != file or not _is_ours(path) or not path.is_file():
        return None
    return next((mail for mail in _mails_in(path) or () if mail.turn == turn and _may_read(user, mail)), None)


def prune_mails() -> None:
    """Delete the files of mails older than `MAILS_KEPT_DAYS`, and the oldest of more than `MAILS_KEPT_FILES`."""
    oldest = timezone.now().timestamp() - timedelta(days=settings.MAILS_KEPT_DAYS).total_seconds()
    removed = 0
    for place, path in enumerate(_files()):
        if (place >= settings.MAILS_KEPT_FILES or _written_at(path) < oldest) and path.is_file():
            path.unlink(missing_ok=True)
            removed += 1
    logger.info("pruned kept mails count=%d", removed)


def _may_read(user: Any, mail: Mail) -> bool:
    return bool(user.is_superuser or (user.email and user.email.lower() in mail.recipients))


def _files() -> list[Path]:
    """The files of mails, newest first; the time of writing begins their names."""
    folder = Path(settings.EMAIL_FILE_PATH)
    try:
        return sorted((path for path in folder.iterdir() if _is_ours(path)), reverse=True)
    except OSError:
        return []


def _is_ours(path: Path) -> bool:
    """A link may lead anywhere."""
    return bool(NAME.fullmatch(path.name)) and not path.is_symlink()


def _written_at(path: Path) -> float:
    try:
        return path.stat().st_mtime
    except OSError:
        return float("inf")


def _mails_in(path: Path) -> tuple[Mail, ...] | None:
    """The mails of a file, None when it cannot be read."""
    try:
        seen = path.stat()
        return _read(path, seen.st_mtime_ns, seen.st_size)
    except Exception as error:  # a file is somebody else's bytes, and the parser's errors are many
        logger.warning("kept mail cannot be read file=%s error=%s", path.name, type(error).__name__)
        return None


@lru_cache(maxsize=2000)
def _read(path: Path, changed_ns: int, size: int) -> tuple[Mail, ...]:
    """A file that has changed has another time or size, and is read again."""
    parts = END_OF_MAIL.split(path.read_bytes())
    return tuple(_parse(path, turn, part) for turn, part in enumerate(parts) if part.strip())


def _parse(path: Path, turn: int, raw: bytes) -> Mail:
    message = message_from_bytes(raw, policy=modern)
    if not message.keys():
        raise ValueError("no header")
    addresses = [address for name in ("to", "cc") for address in _addresses(message, name)]
    return Mail(
        file=path.name,
        turn=turn,
        subject=" ".join(str(message["subject"] or "").split()),
        sender=str(message["from"] or ""),
        to=", ".join(addresses),
        recipients=tuple(address.lower() for address in addresses),
        sent_at=_moment(message, path),
        text=_body(message, "plain"),
        html=_body(message, "html"),
    )


def _addresses(message: EmailMessage, name: str) -> Iterator[str]:
    for header in message.get_all(name, []):
        yield from (address.addr_spec for address in header.addresses)


def _moment(message: EmailMessage, path: Path) -> datetime:
    written = getattr(message["date"], "datetime", None)
    if written is None:
        return datetime.fromtimestamp(path.stat().st_mtime, UTC)
    return written if written.tzinfo else written.replace(tzinfo=UTC)


def _body(message: EmailMessage, kind: str) -> str:
    part = message.get_body(preferencelist=(kind,))
    return EMPTY_LINES.sub("\n\n", str(part.get_content()).strip()) if part else ""
