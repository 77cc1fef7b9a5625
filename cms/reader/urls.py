"""Addresses of the website. `wagtail_serve` is the name by which Wagtail asks for the address of a page."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import path, re_path

from cms.reader import sitemaps, views

urlpatterns = [
    path("", views.entrance, name="entrance"),
    path("sitemap.xml", sitemaps.sitemap, name="sitemap"),
    path("sitemap-<int:number>.xml", sitemaps.sitemap_part, name="sitemap_part"),
    path("robots.txt", sitemaps.robots, name="robots"),
    *i18n_patterns(re_path(r"^((?:[\w-]+/)*)$", views.entry, name="wagtail_serve"), prefix_default_language=True),
]
