"""What readers wrote in the demonstration: questions that wait, one that was answered, and one of a program."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils import translation

from cms.delivery.loading import Loader
from cms.delivery.queries import Fallback, Reading
from cms.demo.ledger import Ledger
from cms.demo.people import page_of, person_of
from cms.enquiries.forms import consent_sentence, privacy_sentence
from cms.enquiries.models import Enquiry, EnquiryState
from cms.enquiries.queries import subject
from cms.enquiries.services import Message, mark_enquiry, receive_enquiry

Do = Callable[[str, Callable[[], Any]], None]


@dataclass(frozen=True)
class Letter:
    """One message of a reader: a name for the step, who wrote, about which page (its key in the content), and what."""

    name: str
    writer: str
    page: str
    language: str
    text: str
    state: EnquiryState = EnquiryState.NEW


LETTERS = (
    Letter(
        "workshop",
        "A teacher trainer",
        "tools/knowledge-and-skills",
        "en",
        "We would like to use this tool in a workshop for forty primary teachers in March. May we print the brochure with "
        "the logo of our city beside yours?",
    ),
    Letter(
        "tapahtuma",
        "Luokanopettaja",
        "event-1",
        "fi",
        "Voiko tapahtumaan osallistua myös etänä? Koulultamme tulisi kolme opettajaa, joista yksi asuu kaukana.",
    ),
    Letter(
        "partenariat",
        "Une professeure des écoles",
        "partners",
        "fr",
        "Notre école cherche une classe partenaire en Italie pour une enquête sur l’eau. À qui pouvons-nous nous adresser ?",
        EnquiryState.ANSWERED,
    ),
    Letter(
        "spam",
        "Best offers",
        "partners",
        "en",
        "Ten thousand visitors for your website, only today.",
        EnquiryState.SPAM,
    ),
)


def seed_letters(do: Do, ledger: Ledger) -> None:
    """Write to the coordination as readers do."""
    for letter in LETTERS:
        do(f"enquiry:{letter.name}", lambda letter=letter: _send(letter, ledger))  # type: ignore[misc]


def _send(letter: Letter, ledger: Ledger) -> Enquiry:
    loader = Loader(Reading(letter.language, Fallback.SOURCE))
    with translation.override(letter.language):
        consent = f"{consent_sentence()} {privacy_sentence()}"
    message = Message(
        name=letter.writer,
        email=f"{letter.name}@reader.example",
        text=letter.text,
        language=letter.language,
        consent_text=consent,
        nonce=f"demonstration-{letter.name}",
        is_spam=letter.state is EnquiryState.SPAM,
    )
    enquiry = receive_enquiry(message, subject(loader, str(page_of(letter.page, ledger).translation_key)))
    if letter.state is EnquiryState.ANSWERED:
        mark_enquiry(enquiry, letter.state, person_of("communications"))
    return enquiry
