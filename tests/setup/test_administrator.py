"""The first administrator: made once, with a password that the rules allow."""

import pytest
from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError

from cms.setup.administrator import Login, administrators, create_administrator

pytestmark = pytest.mark.django_db
GOOD = Login("anna", "anna@example.org", "the-first-Kangaroo")


def test_administrator_may_do_everything_and_log_in() -> None:
    user = create_administrator(GOOD)

    assert (user.is_superuser, user.is_active, user.check_password(GOOD.password)) == (True, True, True)
    assert administrators() == ["anna"]


@pytest.mark.parametrize(
    ("login", "reason"),
    [
        (Login("anna", "anna@example.org", "short-1"), "This password is too short"),
        (Login("anna", "anna@example.org", "password123"), "This password is too common."),
        (Login("annabella", "a@example.org", "annabella1"), "The password is too similar to the username."),
        (Login("anna", "", GOOD.password), "An e-mail address is needed"),
        (Login("anna", "no address", GOOD.password), "Enter a valid email address."),
        (Login("", "anna@example.org", GOOD.password), "This field cannot be blank."),
        (Login("with space", "anna@example.org", GOOD.password), "Enter a valid username."),
        (Login("taken", "anna@example.org", GOOD.password), "A user with that username already exists."),
    ],
)
def test_wrong_login_is_refused_with_the_reason_and_nothing_is_written(login: Login, reason: str) -> None:
    get_user_model().objects.create_user("taken")

    with pytest.raises(ValidationError) as refusal:
        create_administrator(login)

    assert reason in " ".join(refusal.value.messages)
    assert list(get_user_model().objects.values_list("username", flat=True)) == ["taken"]


def test_who_cannot_log_in_is_no_administrator() -> None:
    people = get_user_model().objects
    people.create_superuser("inactive", "a@example.org", "x-Kangaroo-1", is_active=False)
    people.create_superuser("invited", "b@example.org")
    people.create_user("author", "c@example.org", "x-Kangaroo-1")

    assert administrators() == []
