"""Addresses of the website: those without language, and `pages`, which the root mounts once per language.

`wagtail_serve` is the name by which Wagtail asks for the address of a page.
"""

from django.urls import path, re_path

from cms.reader import search_views, sitemaps, views

pages = [
    path("search/", search_views.search, name="search"),
    path("search/suggestions", search_views.search_suggestions, name="search_suggestions"),
    re_path(r"^((?:[\w-]+/)*)$", views.entry, name="wagtail_serve"),
]

urlpatterns = [
    path("", views.entrance, name="entrance"),
    path("sitemap.xml", sitemaps.sitemap, name="sitemap"),
    path("sitemap-<int:number>.xml", sitemaps.sitemap_part, name="sitemap_part"),
    path("robots.txt", sitemaps.robots, name="robots"),
]
