"""The pages "Contact us" and "Thank you"."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from cms.delivery.loading import Delivered, Loader
from cms.enquiries.form_tokens import issue_token
from cms.enquiries.forms import EnquiryForm, consent_sentence, privacy_sentence
from cms.enquiries.guards import Refusal, check_sending
from cms.enquiries.queries import subject
from cms.enquiries.services import Message, receive_enquiry
from cms.reader.frame import own_page_frame
from cms.reader.rendering import render_message
from cms.reader.views import website_reading

FIELDS = ("name", "email", "message", "consent")


@csrf_exempt  # readers get no cookie; the form's token and the browser's own word about the sender stand in for it
@require_http_methods(["GET", "HEAD", "POST"])
def contact(request: HttpRequest) -> HttpResponse:
    """Show the form, or take what was sent and lead to the thanks.

    `about` is the entry id of what the message is about. What cannot be taken is shown again as it was typed, with
    the reason.
    """
    loader = Loader(website_reading())
    sent = request.POST if request.method == "POST" else request.GET
    about = subject(loader, sent.get("about", ""))
    if request.method == "POST":
        return _receive(request, loader, about)
    return _page(loader, about, form=EnquiryForm(), token=issue_token())


@require_safe
def thanks(request: HttpRequest) -> HttpResponse:
    """Say that the message has arrived and what happens next."""
    loader = Loader(website_reading())
    about = subject(loader, request.GET.get("about", ""))
    return _page(loader, about, template="enquiries/thanks.html", title=_("Thank you"), view="contact_thanks")


def _receive(request: HttpRequest, loader: Loader, about: Delivered | None) -> HttpResponse:
    form, token = EnquiryForm(request.POST), request.POST.get("token", "")
    if not form.is_valid():
        return _page(loader, about, form=form, token=token)
    checked = check_sending(request, token)
    if isinstance(checked, Refusal):
        form.add_error(None, checked.reason)
        token = issue_token() if checked.token_is_spent else token
        response = _page(loader, about, checked.status, form=form, token=token)
        if checked.wait_seconds:
            response["Retry-After"] = str(checked.wait_seconds)
        return response
    typed = form.cleaned_data
    message = Message(
        name=typed["name"],
        email=typed["email"],
        text=typed["message"],
        language=loader.reading.locale,
        consent_text=f"{consent_sentence()} {privacy_sentence()}",
        nonce=checked.nonce,
        is_spam=form.is_trapped,
    )
    receive_enquiry(message, about)
    return HttpResponseRedirect(reverse("contact_thanks") + _query(about))


def _page(
    loader: Loader,
    about: Delivered | None,
    status: int = 200,
    *,
    template: str = "enquiries/form.html",
    title: str = "",
    view: str = "contact",
    form: EnquiryForm | None = None,
    token: str = "",
) -> HttpResponse:
    title = title or _("Contact us")
    words: dict[str, Any] = {"about": about, "form": form, "token": token, "privacy": privacy_sentence()}
    if form is not None:
        words["fields"] = [form[name] for name in FIELDS]
        words["problems"] = form.non_field_errors()
        title = _("Error: %(title)s") % {"title": title} if form.errors else title
    response = render_message(
        loader,
        template,
        status,
        frame=own_page_frame(loader, reverse(view) + _query(about)),
        title=title,
        stylesheet="enquiries/contact.css",
        **words,
    )
    response["Cache-Control"] = "no-store"
    return response


def _query(about: Delivered | None) -> str:
    return f"?{urlencode({'about': about.entry_id})}" if about else ""
