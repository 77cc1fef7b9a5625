"""What `doctor` says about the people who can log in: an administrator, and passwords that nobody guesses."""

import time
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.hashers import check_password, identify_hasher

from cms.demo.people import known_logins
from cms.findings import Finding, Level
from cms.logins import describe_logins
from cms.setup.administrator import administrators

STRONG = ("argon2", "bcrypt_sha256", "pbkdf2_sha1", "pbkdf2_sha256", "scrypt")
GUESSES = ("password", "12345678", "123456", "admin", "administrator", "changeme", "qwerty123", "letmein", "welcome1")
GUESSING_SECONDS = 8.0


def look_at_administrators() -> Iterator[Finding]:
    """Somebody who may do everything."""
    names = administrators()
    if names:
        yield Finding(Level.OK, "administrators", ", ".join(names))
    else:
        yield Finding(Level.WARN, "administrators", "nobody", "run 'manage.py setup_site' or 'createsuperuser'")


def look_at_hashes() -> Iterator[Finding]:
    """How the passwords of active people are stored; none of them can be read from this."""
    found: dict[str, list[str]] = defaultdict(list)
    for user in get_user_model()._default_manager.filter(is_active=True).order_by("pk"):
        found[storage_of(user)].append(user.get_username())
    for kind, level, advice in (
        ("empty", Level.FAIL, "run 'manage.py changepassword NAME'"),
        (
            "stored in a weak way",
            Level.WARN,
            "ask them to log in and choose a new one, or run 'manage.py changepassword NAME'",
        ),
        ("unusable", Level.WARN, "they cannot log in; deactivate them or send them the link for a forgotten password"),
    ):
        if kind in found:
            yield Finding(level, f"passwords {kind}", ", ".join(found[kind]), advice)
    if found.keys() <= {""}:
        yield Finding(Level.OK, "passwords stored", f"{len(found[''])} people, all in a strong way")


def storage_of(user: Any) -> str:
    """Return what is wrong with the way a password is stored, empty when nothing."""
    if not user.password:
        return "empty"
    if not user.has_usable_password():
        return "unusable"
    try:
        algorithm = identify_hasher(user.password).algorithm
    except ValueError:
        return "stored in a weak way"
    return "" if algorithm in STRONG else "stored in a weak way"


def look_at_known_passwords() -> Iterator[Finding]:
    """The password of the demonstration."""
    names = known_logins()
    if not names:
        yield Finding(Level.OK, "demonstration's password", "nobody uses it")
    elif settings.DEMONSTRATION_ALLOWED:
        yield Finding(Level.OK, "demonstration's password", f"{', '.join(names)}; production would not start")
    else:
        yield Finding(
            Level.FAIL, "demonstration's password", ", ".join(names), describe_logins(names).partition(". ")[2]
        )


def look_at_guesses() -> Iterator[Finding]:
    """The first passwords that an attacker tries, on administrators; the time for it is bounded."""
    began, tried, weak = time.monotonic(), 0, []
    people = get_user_model()._default_manager.filter(is_superuser=True, is_active=True).order_by("pk")
    for user in people:
        if time.monotonic() - began > GUESSING_SECONDS:
            break
        tried += 1
        if any(check_password(guess, user.password) for guess in (user.get_username(), user.email, *GUESSES) if guess):
            weak.append(user.get_username())
    if weak:
        yield Finding(Level.FAIL, "guessed passwords", ", ".join(weak), "run 'manage.py changepassword NAME' now")
    elif tried:
        seen = f"none of {len(GUESSES) + 2} guesses fits {tried} of {len(people)} administrators"
        yield Finding(Level.OK, "guessed passwords", seen)
