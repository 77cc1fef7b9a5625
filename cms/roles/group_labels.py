"""The permissions on a group's screen in the language of the person who reads them.

Wagtail translates these labels once, when it starts. Here they are translated each time they are shown.
"""

from django.utils.translation import gettext_lazy
from wagtail import hooks


def translate_when_shown() -> None:
    """Make the labels of the permission panels lazy, in the lists that their forms read; doing it twice changes nothing."""
    for register in hooks.get_hooks("register_group_permission_panel"):
        labels = getattr(register(), "permission_types", None)
        if isinstance(labels, list):
            labels[:] = [(codename, _lazy(short), _lazy(long)) for codename, short, long in labels]


def _lazy(label: object) -> object:
    return gettext_lazy(label) if isinstance(label, str) else label
