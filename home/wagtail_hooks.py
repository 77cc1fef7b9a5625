"""Registers the site frame in the admin."""

from wagtail.snippets.models import register_snippet

from home.viewsets import SiteFrameGroup

register_snippet(SiteFrameGroup)
