"""What can go wrong with a backup, each as one sentence that says what to do."""

import errno

from django.db import DatabaseError


class BackupFailed(Exception):
    """Raised when no archive could be written; nothing was left behind under its name."""


class ArchiveBroken(Exception):
    """Raised when an archive is not what it should be; nothing was changed."""


class RestoreRefused(Exception):
    """Raised before anything was touched: the site is not empty, or the archive does not fit this version."""


class RestoreFailed(Exception):
    """Raised when bringing back failed; the site is as it was before."""


class CleanUpFailed(Exception):
    """Raised when a site was brought back, but its indexes could not be built or old files not be removed."""


def explain_os_error(error: OSError, what: str) -> str:
    """Say in one sentence why a file could not be written or read.

    Args:
        error: what the system said.
        what: the path, for people.
    """
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return f"The disk of {what} is full: make room, or write to another disk."
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return f"{what} may not be written or read by this user: change its rights, or name another place."
    if error.errno == errno.ENOENT:
        return f"{what}: there is no such file or folder."
    if error.errno == errno.EISDIR:
        return f"{what} is a folder: name a file."
    return f"{what}: {error.strerror or error}."


def explain_database_error(error: DatabaseError) -> str:
    """Say in one sentence that the database cannot be used, and who knows more."""
    said = (str(error).strip() or type(error).__name__).splitlines()[0]
    return f"The database cannot be used ({said}): 'manage.py doctor' says what to do."
