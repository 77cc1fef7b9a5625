"""The form "Contact us": how it is reached, what it says about mistakes, and that nothing typed is ever lost."""

import html
from datetime import timedelta

import lxml.html
import pytest
from django.utils import translation
from django.utils.translation import gettext
from pytest_django import Settings

from cms.enquiries.models import Enquiry, EnquiryState
from pages.models import PartnersPage
from tests import factories
from tests.enquiries.conftest import NOW, TYPED, Reader

LOCALES = ("en", "fr", "fi", "it", "de")


def page(response: object) -> lxml.html.HtmlElement:
    """Parse an answer."""
    return lxml.html.fromstring(response.content.decode())  # type: ignore[attr-defined]


def problems(response: object) -> list[tuple[str, str]]:
    """Return text and target of each line of the summary of errors."""
    lines = page(response).xpath("//div[@class='problems']//li")
    return [(line.text_content(), line.xpath("string(a/@href)")) for line in lines]


def test_message_is_kept_with_its_subject_and_consent(reader: Reader) -> None:
    answer = reader.send(about=str(reader.outputs.translation_key))

    enquiry = Enquiry.objects.get()
    sent = NOW + timedelta(seconds=20)
    assert (answer.status_code, answer["Location"]) == (
        302,
        f"/en/contact/thanks/?about={reader.outputs.translation_key}",
    )
    assert (enquiry.name, enquiry.email) == ("Ana Example", "ana@example.org")
    assert enquiry.message == "May we translate\nthe first tool?"
    assert (enquiry.subject_title, enquiry.subject_url) == ("Outputs", "https://site.example/en/outputs/")
    assert (enquiry.subject_entry_id, enquiry.subject_locale) == (reader.outputs.translation_key, "en")
    assert (enquiry.language, enquiry.state) == ("en", EnquiryState.NEW)
    assert (enquiry.received_at, enquiry.consented_at) == (sent, sent)
    assert enquiry.expires_at == sent + timedelta(days=180)
    assert enquiry.consent_text == (
        "I agree that my name, my e-mail address and my message are kept for 180 days, so that you can answer me. "
        "Your message goes to the coordination of the project and to nobody else. After 180 days it is deleted; "
        "if you want that sooner, tell us."
    )


def test_thanks_lead_back_to_the_subject(reader: Reader) -> None:
    answer = reader.client.get("/en/contact/thanks/", {"about": str(reader.outputs.translation_key)})

    assert page(answer).xpath("//h1/text()") == ["Thank you"]
    assert page(answer).xpath("//ul[@class='actions']//a/@href") == ["/en/outputs/", "/en/"]


def test_everything_missing_is_told_at_once_and_what_was_typed_stays(reader: Reader) -> None:
    answer = reader.send(name="", email="ana", consent="", message="Half a thought")

    assert answer.status_code == 200
    assert problems(answer) == [
        ("Enter your name.", "#id_name"),
        ("Enter an e-mail address like name@example.org.", "#id_email"),
        ("Tick the box, otherwise we may not keep your message and cannot answer.", "#id_consent"),
    ]
    tree = page(answer)
    assert tree.xpath("//title/text()") == ["Error: Contact us – LINES"]
    (summary,) = tree.xpath("//div[@class='problems']")
    assert (summary.get("role"), summary.get("tabindex"), "autofocus" in summary.attrib) == ("alert", "-1", True)
    (email,) = tree.xpath("//input[@id='id_email']")
    assert (email.value, email.get("aria-invalid")) == ("ana", "true")
    assert email.get("aria-describedby") == "id_email_helptext id_email_error"
    assert len(tree.xpath("//*[@id='id_email_helptext']")) == len(tree.xpath("//*[@id='id_email_error']")) == 1
    assert tree.xpath("//textarea[@id='id_message']")[0].value.strip() == "Half a thought"
    assert not Enquiry.objects.exists()


def test_fields_say_what_browsers_may_fill_in(reader: Reader) -> None:
    tree = page(reader.client.get("/en/contact/"))

    filled = {
        field.name: field.get("autocomplete") for field in tree.xpath("//form[@class='enquiry']//input[@autocomplete]")
    }
    assert filled == {"name": "name", "email": "email", "homepage": "off"}
    assert tree.xpath("//form[@class='enquiry']//*[@maxlength]") == []


def test_too_long_a_message_is_refused_with_its_length_and_not_cut(reader: Reader) -> None:
    answer = reader.send(message="x" * 5001)

    assert problems(answer) == [("Your message may have at most 5000 characters; it has 5001.", "#id_message")]
    assert page(answer).xpath("//textarea")[0].value.strip() == "x" * 5001


def test_what_was_typed_is_shown_as_text(reader: Reader) -> None:
    answer = reader.send(message="</textarea><script>alert(1)</script>", email="no")

    assert "<script" not in answer.content.decode()
    assert page(answer).xpath("//textarea")[0].value.strip() == "</textarea><script>alert(1)</script>"


def test_too_fast_is_asked_to_send_again_and_the_second_time_it_comes_through(reader: Reader) -> None:
    token = reader.open()
    first = reader.send(token=token, seconds=2)

    assert first.status_code == 422
    assert problems(first) == [
        ("That was faster than most people type. Nothing is lost: please send your message again.", "")
    ]
    assert page(first).xpath("//textarea")[0].value.strip() == TYPED["message"]
    assert page(first).xpath("//input[@name='token']/@value") == [token]
    assert not Enquiry.objects.exists()

    assert reader.send(token=token, seconds=1).status_code == 302
    assert Enquiry.objects.count() == 1


@pytest.mark.parametrize("token", ["nothing", "WyJuIiwxXQ:1abc:forged"])
def test_form_without_our_token_is_asked_again_with_a_new_one(reader: Reader, token: str) -> None:
    answer = reader.send(token=token)

    (new,) = page(answer).xpath("//input[@name='token']/@value")
    assert answer.status_code == 422
    assert new != token
    assert not Enquiry.objects.exists()
    assert reader.send(token=new, seconds=5).status_code == 302


def test_form_that_was_open_for_more_than_a_day_is_sent_again_with_a_new_token(reader: Reader) -> None:
    old = reader.send(seconds=24 * 3600 + 1)

    (new,) = page(old).xpath("//input[@name='token']/@value")
    assert problems(old)[0][0].startswith("This form has been open for very long.")
    assert page(old).xpath("//input[@id='id_name']/@value") == ["Ana Example"]
    assert reader.send(token=new, seconds=5).status_code == 302


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"sec-fetch-site": "same-origin"}, 302),
        ({"sec-fetch-site": "cross-site", "origin": "https://site.example"}, 403),
        ({"sec-fetch-site": "same-site"}, 403),
        ({"origin": "https://site.example"}, 302),
        ({"origin": "http://testserver"}, 302),
        ({"origin": "https://other.example"}, 403),
        ({"origin": "null"}, 403),
    ],
)
def test_form_is_taken_from_our_own_pages_only(reader: Reader, headers: dict[str, str], status: int) -> None:
    answer = reader.send(headers=headers)

    assert answer.status_code == status
    assert Enquiry.objects.count() == (status == 302)
    if status == 403:
        assert problems(answer) == [("This form was sent from another website. Please send it from here.", "")]
        assert page(answer).xpath("//textarea")[0].value.strip() == TYPED["message"]


def test_what_programs_fill_in_is_kept_as_spam(reader: Reader) -> None:
    assert reader.send(homepage="https://buy.example").status_code == 302
    assert Enquiry.objects.get().state == EnquiryState.SPAM


def test_one_form_sent_twice_is_one_enquiry_but_other_words_are_another(reader: Reader) -> None:
    token = reader.open()

    for message in ("Once", "Once", "Twice"):
        assert reader.send(token=token, message=message).status_code == 302

    assert sorted(Enquiry.objects.values_list("message", flat=True)) == ["Once", "Twice"]


def test_address_has_a_limit_by_the_hour_that_loses_no_text(reader: Reader, settings: Settings) -> None:
    settings.ENQUIRIES_PER_ADDRESS_AND_HOUR = 2
    reader.send(message="One")
    reader.send(message="Two")

    refused = reader.send(message="Three")

    assert refused.status_code == 429
    assert refused["Retry-After"] == str(3600 - 60)
    assert problems(refused) == [
        ("Too many messages have been sent from here within an hour. Please send yours again in 59 minutes.", "")
    ]
    assert page(refused).xpath("//textarea")[0].value.strip() == "Three"
    reader.clock.shift(3600)
    assert reader.send(message="Three").status_code == 302
    assert Enquiry.objects.count() == 3


def test_all_together_have_a_limit(reader: Reader, settings: Settings) -> None:
    settings.ENQUIRIES_PER_HOUR = 3
    settings.TRUSTED_PROXIES = 1

    statuses = [reader.send(headers={"x-forwarded-for": f"192.0.2.{number}"}).status_code for number in range(4)]

    assert statuses == [302, 302, 302, 429]


def test_readers_behind_our_proxy_are_told_apart_and_cannot_pretend(reader: Reader, settings: Settings) -> None:
    settings.ENQUIRIES_PER_ADDRESS_AND_HOUR = 1
    settings.TRUSTED_PROXIES = 1
    chains = ("9.9.9.9, 192.0.2.1", "8.8.8.8, 192.0.2.1", "192.0.2.2", "2001:db8::1", "2001:db8::2", "2001:db8:0:1::1")

    statuses = [reader.send(headers={"x-forwarded-for": chain}).status_code for chain in chains]

    assert statuses == [302, 429, 302, 302, 429, 302]


@pytest.mark.parametrize("about", ["", "no-id", "00000000-0000-0000-0000-000000000000"])
def test_form_without_a_known_subject_is_about_nothing(reader: Reader, about: str) -> None:
    assert reader.send(about=about)["Location"] == "/en/contact/thanks/"
    assert (Enquiry.objects.get().subject_title, Enquiry.objects.get().subject_entry_id) == ("", None)


def test_what_a_reader_cannot_see_is_no_subject(reader: Reader) -> None:
    about = str(reader.outputs.translation_key)
    factories.restrict(reader.outputs)

    form = reader.client.get("/en/contact/", {"about": about})

    assert "Outputs" not in form.content.decode()


@pytest.mark.parametrize("locale", LOCALES)
def test_form_speaks_every_language(reader: Reader, locale: str) -> None:
    path = f"/{locale}/contact/"
    form = page(reader.client.get(path))
    refused = reader.send(path=path, name="")

    with translation.override(locale):
        assert form.xpath("//h1/text()") == [gettext("Contact us")]
        assert problems(refused) == [(gettext("Enter your name."), "#id_name")]
    assert form.get("lang") == locale
    reader.send(path=path)
    assert Enquiry.objects.get().language == locale


def test_languages_lead_to_the_form_about_the_same_page(reader: Reader) -> None:
    about = str(reader.outputs.translation_key)

    tree = page(reader.client.get("/en/contact/", {"about": about}))

    assert tree.xpath("//nav[@class='languages']//a/@href") == [
        f"/{locale}/contact/?about={about}" for locale in LOCALES[1:]
    ]


def test_readers_get_no_cookie_no_script_and_no_copy_in_a_cache(reader: Reader) -> None:
    token = reader.open()
    for answer in (
        reader.client.get("/en/contact/"),
        reader.send(token=token, name=""),
        reader.send(token=token),
        reader.client.get("/en/contact/thanks/"),
    ):
        assert not answer.cookies
        assert "Cookie" not in answer.get("Vary", "")
        assert b"<script" not in answer.content
    form = reader.client.get("/en/contact/")
    assert form["Cache-Control"] == "no-store"
    assert "form-action 'self'" in form["Content-Security-Policy"]
    assert page(form).xpath("//meta[@name='robots']/@content") == ["noindex"]


def test_pages_lead_to_the_form_about_themselves(reader: Reader) -> None:
    home = reader.outputs.get_parent().specific
    tools, events = factories.make_tools(home), factories.make_events(home)
    tool = factories.make_tool(tools)
    found = [
        reader.outputs,
        tools,
        tool,
        factories.make_brochure(tool),
        events,
        factories.make_event(events),
        factories.add_page(home, PartnersPage, "Partners", slug="partners"),
    ]

    for one in found:
        tree = page(reader.client.get(one.url))
        wanted = [f"/en/contact/?about={one.translation_key}"]
        assert tree.xpath("//aside[@class='contact-us']//a/@href") == wanted, one.title
        assert tree.xpath("//footer//p[@class='reach-us']/a/@href") == wanted, one.title


def test_page_that_is_not_there_leads_to_the_form_about_nothing(reader: Reader) -> None:
    tree = page(reader.client.get("/fi/nowhere/"))

    assert tree.xpath("//footer//p[@class='reach-us']/a/@href") == ["/fi/contact/"]


def test_subject_in_another_language_says_so(reader: Reader) -> None:
    answer = reader.client.get("/fi/contact/", {"about": str(reader.outputs.translation_key)})

    assert html.unescape(answer.content.decode()).count('<a href="/fi/outputs/" lang="en">Outputs</a>') == 1
