"""Addresses of "Contact us"; the root mounts `pages` once per language, before the pages of the website."""

from django.urls import path

from cms.enquiries import views

pages = [
    path("contact/", views.contact, name="contact"),
    path("contact/thanks/", views.thanks, name="contact_thanks"),
]
