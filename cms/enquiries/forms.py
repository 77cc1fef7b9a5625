"""The form "Contact us": what it asks, its hints, and what it says about what is missing."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

LONGEST_MESSAGE = 5000


class EnquiryForm(forms.Form):
    """Name, address, message and consent; `homepage` is a trap that people do not see, and programs fill."""

    use_required_attribute = False  # we say ourselves what is missing, all at once and in the reader's language

    name = forms.CharField(
        label=_("Your name"),
        max_length=120,
        error_messages={
            "required": _("Enter your name."),
            "max_length": _("Your name may have at most %(limit_value)d characters; it has %(show_value)d."),
        },
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    email = forms.EmailField(
        label=_("Your e-mail address"),
        help_text=_("We answer to this address."),
        error_messages={
            "required": _("Enter your e-mail address, so that we can answer."),
            "invalid": _("Enter an e-mail address like name@example.org."),
        },
        widget=forms.EmailInput(attrs={"autocomplete": "email", "autocapitalize": "none", "spellcheck": "false"}),
    )
    message = forms.CharField(
        label=_("Your message"),
        help_text=_("Please write nothing that others must not know, such as names of pupils or passwords."),
        max_length=LONGEST_MESSAGE,
        error_messages={
            "required": _("Write your message."),
            "max_length": _("Your message may have at most %(limit_value)d characters; it has %(show_value)d."),
        },
        widget=forms.Textarea(attrs={"rows": 9}),
    )
    consent = forms.BooleanField(
        error_messages={"required": _("Tick the box, otherwise we may not keep your message and cannot answer.")}
    )
    homepage = forms.CharField(
        required=False,
        label=_("Leave this field empty"),
        widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["consent"].label = consent_sentence()
        for field in self.fields.values():
            field.widget.attrs.pop("maxlength", None)  # browsers would silently cut what is pasted

    def clean_name(self) -> str:
        """Return the name on one line: it stands in the head of a mail."""
        return " ".join(self.cleaned_data["name"].split())

    @property
    def is_trapped(self) -> bool:
        """Tell whether the field that people do not see was filled."""
        return bool(self.cleaned_data.get("homepage"))


def consent_sentence() -> str:
    """Return what a sender agrees to, in the active language."""
    words = gettext(
        "I agree that my name, my e-mail address and my message are kept for %(days)d days, so that you can answer me."
    )
    return words % {"days": settings.ENQUIRIES_KEPT_DAYS}


def privacy_sentence() -> str:
    """Return what happens with a message, in the active language."""
    words = gettext(
        "Your message goes to the coordination of the project and to nobody else. After %(days)d days it is deleted; "
        "if you want that sooner, tell us."
    )
    return words % {"days": settings.ENQUIRIES_KEPT_DAYS}
