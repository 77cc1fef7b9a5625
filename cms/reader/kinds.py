"""What readers call the types of entries, and the groups in which a search can be narrowed to them."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

# Name in addresses, words, and the entry types of each group, in the order in which they are offered.
GROUPS: dict[str, tuple[Promise, tuple[str, ...]]] = {
    "study": (_("Study and chapters"), ("Study", "Chapter")),
    "tool": (_("Guidance tools"), ("GuidanceTool",)),
    "brochure": (_("Brochures"), ("Brochure",)),
    "event": (_("Events"), ("Event",)),
    "partner": (_("Partners and contacts"), ("Organisation", "Contact")),
    "page": (
        _("Other pages"),
        ("HomePage", "InformationPage", "OutputsPage", "GuidanceToolIndex", "EventIndex", "PartnersPage"),
    ),
}
LABELS: dict[str, Promise] = {
    "Study": _("Study"),
    "Chapter": _("Chapter"),
    "GuidanceTool": _("Guidance tool"),
    "Brochure": _("Brochure"),
    "Event": _("Event"),
    "Organisation": _("Partner"),
    "Contact": _("Contact"),
}


def kind_label(entry_type: str) -> str:
    """Return what readers call an entry type, in the active language."""
    return str(LABELS.get(entry_type, _("Page")))
