"""What the roles change in Wagtail's menus, and the start page."""

from typing import Any

from django.http import HttpRequest
from django.urls import URLPattern, path
from wagtail import hooks

from cms.roles import menus
from cms.roles.group_labels import translate_when_shown
from cms.roles.panels import StartPanel
from cms.roles.views import WaitingPagesView, show_steps


@hooks.register("construct_main_menu")
def group_media(request: HttpRequest, items: list[Any]) -> None:
    """Put images and documents under one item."""
    menus.group_media(items)


@hooks.register("construct_reports_menu")
def keep_needed_reports(request: HttpRequest, items: list[Any]) -> None:
    """Show only the reports that somebody of this role reads."""
    menus.keep_needed_reports(request, items)


@hooks.register("construct_help_menu")
def keep_own_help(request: HttpRequest, items: list[Any]) -> None:
    """Leave out links to other people's sites."""
    menus.keep_own_help(items)


@hooks.register("construct_homepage_panels")
def greet(request: HttpRequest, panels: list[Any]) -> None:
    """Begin the start page with what waits."""
    panels.append(StartPanel())


@hooks.register("register_admin_urls")
def register_start_page() -> list[URLPattern]:
    """Add the screens behind the start page; by now every panel of the groups' screen is known."""
    translate_when_shown()
    return [
        path("start/steps/", show_steps, name="start_page_steps"),
        path("start/<slug:name>/", WaitingPagesView.as_view(), name="start_page_list"),
        path(
            "start/<slug:name>/results/", WaitingPagesView.as_view(results_only=True), name="start_page_list_results"
        ),
    ]
