"""The first administrator of a site."""

from dataclasses import dataclass
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from pages.signals import content_transaction


@dataclass(frozen=True)
class Login:
    """What an administrator logs in with."""

    user_name: str
    email: str
    password: str


def administrators() -> list[str]:
    """Return the user names of all active administrators who can log in with a password. One statement."""
    found = get_user_model()._default_manager.filter(is_superuser=True, is_active=True).order_by("pk")
    return [user.get_username() for user in found if user.has_usable_password()]


def problems_of(login: Login) -> list[str]:
    """Return what is wrong with a login, as sentences; empty when an administrator can be made of it."""
    model = get_user_model()
    user: Any = model(username=login.user_name, email=login.email)
    found = [] if login.email else ["An e-mail address is needed, for notices and for a forgotten password."]
    try:
        user.full_clean(exclude=["password"])
    except ValidationError as error:
        found += error.messages
    try:
        validate_password(login.password, user)
    except ValidationError as error:
        found += error.messages
    return found


def create_administrator(login: Login) -> Any:
    """Make an administrator and return it.

    Raises:
        ValidationError: with every reason why not; nothing is written then.
    """
    found = problems_of(login)
    if found:
        raise ValidationError(found)
    with content_transaction():
        return get_user_model().objects.create_superuser(login.user_name, login.email, login.password)
