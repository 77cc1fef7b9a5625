"""Keeps a production server from running with passwords that everybody knows: those of the demonstration."""

import logging
import time

from django.conf import settings
from django.db import DatabaseError, connections

from cms.demo.people import known_logins

logger = logging.getLogger(__name__)

ASK_AGAIN_SECONDS = 60.0


class UnsafeLogins(RuntimeError):
    """Why production does not start: one sentence that names the users and the commands. gunicorn prints it as it is."""


class _Known:
    """What this process has seen: nobody with a known password, or when it last saw somebody."""

    is_safe = False
    problem = ""
    asked_at = 0.0


def login_problem() -> str:
    """Return what is wrong with the logins of this production server, empty when nothing or when it is none.

    Once nothing was found it is not asked again in this process; else at most once a minute, because each password takes
    a third of a second to try. Two statements when it asks.

    Raises:
        DatabaseError: when the database cannot be asked.
    """
    if settings.DEMONSTRATION_ALLOWED or _Known.is_safe:
        return ""
    if _Known.problem and time.monotonic() - _Known.asked_at < ASK_AGAIN_SECONDS:
        return _Known.problem
    _Known.problem, _Known.asked_at = describe_logins(known_logins()), time.monotonic()
    _Known.is_safe = not _Known.problem
    return _Known.problem


def describe_logins(names: list[str]) -> str:
    """Return the sentence about users with the demonstration's password; empty when there are none."""
    if not names:
        return ""
    return (
        f"These users log in with the password of the demonstration, which everybody knows: {', '.join(names)}. "
        "Run 'manage.py remove_demo' to take the demonstration away, or 'manage.py changepassword NAME' for each."
    )


def demand_safe_logins() -> None:
    """Raise when production would start with a known password; a database that is away is left to `/readyz`.

    Connections are closed, so that a server may fork afterwards.

    Raises:
        UnsafeLogins: with the sentence for people.
    """
    if settings.DEMONSTRATION_ALLOWED:
        return
    try:
        problem = login_problem()
    except DatabaseError as error:
        logger.warning("passwords were not looked at, because the database cannot be asked: %s", error)
        return
    finally:
        connections.close_all()
    if problem:
        raise UnsafeLogins(f"Production does not start. {problem}")
