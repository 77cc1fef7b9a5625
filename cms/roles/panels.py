"""The first panel of the start page: whose it is, what waits, and what to try first."""

from collections.abc import Mapping
from typing import Any

from django.contrib.auth import get_user_model
from django.forms import Media
from wagtail.admin.ui.components import Component

from cms.roles.start import Visitor, visitor_of, waiting_for
from cms.roles.steps import HIDDEN, steps_for


class StartPanel(Component):
    """Greets a person with what waits for them and three things to try first."""

    name = "start"
    template_name = "roles/start.html"
    order = 50

    @property
    def media(self) -> Media:
        """Return the style of the panel."""
        return Media(css={"all": ["roles/start.css"]})

    def get_context_data(self, parent_context: Mapping[str, Any] | None = None) -> dict[str, Any]:
        """Return visitor, waiting lines and steps. The number of statements depends on the visitor's roles only."""
        user = (parent_context or {})["request"].user
        visitor = visitor_of(user)
        hidden = are_steps_hidden(user)
        return {
            "visitor": visitor,
            "waiting": waiting_for(visitor),
            "steps": [] if hidden else steps_for(visitor),
            "has_hidden_steps": hidden and bool(visitor.roles),
            "administrators": _administrators(visitor),
            "csrf_token": (parent_context or {})["csrf_token"],
        }


def are_steps_hidden(user: Any) -> bool:
    """Tell whether a person has put the things to try first away. At most one statement."""
    profile = getattr(user, "wagtail_userprofile", None)
    return bool(profile and profile.dismissibles.get(HIDDEN))


def _administrators(visitor: Visitor) -> list[str]:
    """Whom somebody without a role asks for one. One statement, for such people only."""
    if visitor.roles:
        return []
    people = get_user_model()._default_manager.filter(is_superuser=True, is_active=True).order_by("pk")[:3]
    return [str(person.get_full_name() or person.get_username()) for person in people]
