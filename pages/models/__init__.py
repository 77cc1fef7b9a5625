"""Page and snippet models of the study, its events, its directory and its information pages."""

from pages.models.directory import Audience, Contact, Organisation, PartnersPage, Topic
from pages.models.events import EventIndexPage, EventPage
from pages.models.information import InformationPage, OutputsPage
from pages.models.study import ChapterPage, StudyPage

__all__ = [
    "Audience",
    "ChapterPage",
    "Contact",
    "EventIndexPage",
    "EventPage",
    "InformationPage",
    "Organisation",
    "OutputsPage",
    "PartnersPage",
    "StudyPage",
    "Topic",
]
