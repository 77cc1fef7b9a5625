"""Addresses that the website needs for itself are given to no page."""

from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import Resolver404, resolve, reverse

from pages.models import InformationPage
from tests import factories
from tests.admin_forms import NO_BLOCKS, send


@pytest.mark.parametrize("slug", settings.PAGES_RESERVED_SLUGS)
def test_reserved_address_is_one_of_the_website(slug: str) -> None:
    assert resolve(f"/en/{slug}/").url_name == slug


def test_no_other_name_stands_before_the_pages() -> None:
    with pytest.raises(Resolver404):
        resolve("/en/contact-2")
    assert resolve("/en/contact-2/").url_name == "wagtail_serve"


@pytest.mark.parametrize("slug", settings.PAGES_RESERVED_SLUGS)
def test_page_is_not_saved_at_a_reserved_address(root_page: Any, slug: str) -> None:
    home = factories.make_home()

    with pytest.raises(ValidationError):
        factories.add_page(home, InformationPage, "Hidden", slug=slug)

    assert not InformationPage.objects.exists()


def test_title_alone_leads_to_a_free_address(root_page: Any) -> None:
    page = factories.add_page(factories.make_home(), InformationPage, "Contact")

    assert page.slug == "contact-2"


def test_lower_pages_may_have_the_name(root_page: Any) -> None:
    about = factories.add_page(factories.make_home(), InformationPage, "About", slug="about")

    assert factories.add_page(about, InformationPage, "Contact", slug="contact").url == "/en/about/contact/"


def test_form_says_which_address_is_taken(root_page: Any) -> None:
    home = factories.make_home()
    client = Client()
    client.force_login(get_user_model().objects.create(username="admin", is_superuser=True))
    address = reverse("wagtailadmin_pages:add", args=("pages", "informationpage", home.pk))

    answer = send(client, address, title="Contact", slug="contact", **NO_BLOCKS)

    assert answer.status_code == 200
    assert "The website has a page of its own at “contact”. Choose another slug, such as “contact-2”." in (
        answer.content.decode()
    )
    assert not InformationPage.objects.exists()
