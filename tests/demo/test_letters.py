"""The letters of readers in the demonstration."""

from typing import Any

import pytest
from django.contrib.auth import get_user_model

from cms.demo.inventory import seeded_things
from cms.demo.ledger import Ledger
from cms.demo.letters import LETTERS, seed_letters
from cms.enquiries.models import Enquiry, EnquiryState
from pages.models import InformationPage
from tests.factories import add_page, make_home

pytestmark = pytest.mark.django_db


@pytest.fixture
def ledger() -> Ledger:
    """Return a ledger that knows the pages that the letters are about, and the person who answers."""
    home, ledger = make_home(), Ledger()
    get_user_model().objects.create_user("communications")
    for number, key in enumerate(dict.fromkeys(letter.page for letter in LETTERS)):
        page = add_page(home, InformationPage, f"Page {number}", slug=f"page-{number}")
        ledger.once(f"page:{key}", lambda page=page: page)
    return ledger


def do_with(ledger: Ledger) -> Any:
    """Return what does a step once."""
    return ledger.once


def test_letters_wait_are_answered_and_are_spam(ledger: Ledger) -> None:
    seed_letters(do_with(ledger), ledger)

    found = {one.name: (one.state, one.language, one.subject_title) for one in Enquiry.objects.all()}
    assert found == {
        "A teacher trainer": (EnquiryState.NEW, "en", "Page 0"),
        "Luokanopettaja": (EnquiryState.NEW, "fi", "Page 1"),
        "Une professeure des écoles": (EnquiryState.ANSWERED, "fr", "Page 2"),
        "Best offers": (EnquiryState.SPAM, "en", "Page 2"),
    }
    assert "180 jours" in Enquiry.objects.get(language="fr").consent_text


def test_second_run_writes_no_further_letters_and_removal_finds_them(ledger: Ledger) -> None:
    seed_letters(do_with(ledger), ledger)

    seed_letters(do_with(Ledger()), ledger)

    assert Enquiry.objects.count() == 4
    assert [thing.title for thing in seeded_things() if thing.kind == "enquiries"] == [
        str(one) for one in Enquiry.objects.order_by("pk")
    ]
