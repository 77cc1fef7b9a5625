"""What the roles change in Wagtail's menus."""

from typing import Any

from django.http import HttpRequest
from wagtail import hooks

from cms.roles import menus


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
