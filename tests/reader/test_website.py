"""What stands around every page: languages, fallback, addresses, headers, and the number of statements."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation
from django.utils.translation import gettext
from pytest_django import DjangoCaptureOnCommitCallbacks

from home.models import HomePage
from pages.models import ChapterPage
from tests import factories
from tests.reader.conftest import LOCALES, Place, Visit

Read = Callable[..., str]


def test_alternates_name_every_translation_and_a_default(place: Place, read: Read) -> None:
    for page in (place.home, place.study):
        factories.translate(page, "fi")

    html = read("/fi/study/")

    assert '<link rel="canonical" href="https://site.example/fi/study/">' in html
    assert html.count('rel="alternate"') == 3
    for language, address in (("en", "en/study/"), ("fi", "fi/study/"), ("x-default", "en/study/")):
        assert f'<link rel="alternate" hreflang="{language}" href="https://site.example/{address}">' in html


def test_page_without_translation_is_shown_in_its_source_with_a_notice(place: Place, read: Read) -> None:
    factories.translate(place.home, "fi")

    html = read("/fi/study/inquiry/")

    with translation.override("fi"):
        message = "This page has not been translated into English yet. Here is the original text (%(language)s)."
        notice = gettext(message) % {"language": gettext("English")}
    assert '<html lang="fi">' in html
    assert html.count('<p class="notice">') == 1
    assert f'<p class="notice">{notice}</p>' in html
    assert '<div class="prose" lang="en"><p>First words.</p>' in html
    assert '<link rel="canonical" href="https://site.example/en/study/inquiry/">' in html
    assert 'rel="alternate"' not in html
    assert '<meta property="og:locale" content="en_GB">' in html
    assert '<li><a href="/fi/study/" lang="en">Study</a></li>' in html


def test_path_of_the_original_leads_to_the_translation(place: Place, visit: Visit) -> None:
    factories.translate(place.home, "fi")
    factories.translate(place.study, "fi", kept={"slug": "tutkimus"})

    assert visit("/fi/study/", 302)["Location"] == "/fi/tutkimus/"
    assert visit("/fi/tutkimus/")["Content-Language"] == "fi"


def test_old_address_of_a_moved_page_leads_to_the_new_one(
    place: Place, visit: Visit, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    place.study.slug = "research"
    with django_capture_on_commit_callbacks(execute=True):
        place.study.save_revision().publish()

    assert visit("/en/study/", 301)["Location"] == "/en/research/"
    assert visit("/en/study/inquiry/", 301)["Location"] == "/en/research/inquiry/"


def test_language_switcher_leads_to_the_same_page_and_says_what_is_missing(place: Place, read: Read) -> None:
    factories.translate(place.home, "de")
    factories.translate(place.study, "de", kept={"slug": "studie"})

    html = read("/en/study/")

    assert '<a href="/de/studie/" lang="de" hreflang="de" title="Deutsch"><abbr>DE</abbr>' in html
    assert '<a href="/fi/study/" lang="fi" hreflang="fi" title="Suomi" class="untranslated">' in html
    assert html.count("(not translated yet)") == 3
    assert '<span lang="fi">Suomi</span> <span class="facts">not translated yet</span>' in html


def test_menu_footer_and_facts_stand_on_every_page(place: Place, read: Read) -> None:
    factories.make_frame(place.study, factories.make_image("Logo"))

    for path, current in (("/en/study/", "page"), ("/en/study/inquiry/", "true")):
        html = read(path)

        assert f'<li><a href="/en/study/" aria-current="{current}">Inside</a></li>' in html
        assert '<li><a href="https://out.example/">Outside</a></li>' in html
        assert "<p>We coordinate</p>" in html
        assert '<a href="mailto:post@site.example">post@site.example</a>' in html


@pytest.mark.parametrize("path", ["/fi/nowhere/", "/fi/study/nowhere/"])
def test_unknown_path_is_answered_in_the_language_of_the_path(home: HomePage, read: Read, path: str) -> None:
    html = read(path, 404)

    with translation.override("fi"):
        title = gettext("This page does not exist")
    assert '<html lang="fi">' in html
    assert f"<h1>{title}</h1>" in html
    assert '<meta name="robots" content="noindex">' in html


def test_drafts_and_restricted_pages_are_not_there(place: Place, visit: Visit) -> None:
    factories.restrict(place.study)
    visit("/en/study/", 404)
    visit("/en/study/inquiry/", 404)


@pytest.mark.parametrize(
    ("wanted", "address"),
    [("de-AT,fr;q=0.3", "/de/"), ("fi", "/fi/"), ("sv,it;q=0.5", "/it/"), ("sv", "/en/"), ("", "/en/")],
)
def test_entrance_leads_to_the_visitors_language(db: None, visit: Visit, wanted: str, address: str) -> None:
    answer = visit("/", 302, accept_language=wanted)

    assert answer["Location"] == address
    assert answer["Vary"] == "Accept-Language"
    assert "Set-Cookie" not in answer


def test_wagtail_knows_the_address_of_every_page(place: Place) -> None:
    factories.translate(place.home, "fi")
    study = factories.translate(place.study, "fi", kept={"slug": "tutkimus"})

    assert study.url == "/fi/tutkimus/"
    assert place.home.url == "/en/"


def test_pages_set_no_cookie_and_load_nothing_from_elsewhere(place: Place, visit: Visit) -> None:
    for path, status in (("/en/", 200), ("/en/study/inquiry/", 200), ("/fi/nowhere/", 404), ("/sitemap.xml", 200)):
        answer = visit(path, status)

        assert not answer.cookies
        assert "Set-Cookie" not in answer
        assert "Cookie" not in answer.get("Vary", "")
        assert answer.content.count(b"<script") == answer.content.count(b'<script type="application/ld+json">')
    policy = visit("/fi/nowhere/", 404)["Content-Security-Policy"]
    assert policy == (
        "default-src 'none'; img-src 'self' data: https://site.example; media-src 'self' https://site.example; "
        "style-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
    )


def test_placeholders_are_allowed_by_their_hash(place: Place, visit: Visit) -> None:
    import base64
    import hashlib

    chapter = ChapterPage.objects.get(pk=place.chapter.pk)
    chapter.hero = factories.make_image()
    chapter.save()

    answer = visit("/en/study/inquiry/")

    style = answer.content.decode().split("<style>")[1].split("</style>")[0]
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    assert f".picture-{chapter.hero_id} img{{background:#c82828 url(" in style
    assert f"style-src 'self' 'sha256-{digest}';" in answer["Content-Security-Policy"]
    assert "style=" not in answer.content.decode()


def test_unchanged_page_is_not_sent_twice(place: Place, visit: Visit) -> None:
    first = visit("/en/study/")
    second = visit("/en/study/", 304, if_none_match=first["ETag"])
    place.study.subtitle = "What really works"
    place.study.save()
    third = visit("/en/study/", if_none_match=first["ETag"])

    assert first["Cache-Control"] == "public, max-age=0, must-revalidate"
    assert second.content == b""
    assert b"What really works" in third.content


def statements(visit: Visit, path: str) -> int:
    """Count the statements of a request."""
    with CaptureQueriesContext(connection) as captured:
        visit(path)
    return len(captured)


def test_statements_do_not_grow_with_chapters(place: Place, visit: Visit) -> None:
    topic, institute = factories.make_topic(), factories.make_organisation()
    image = factories.make_image()
    counted: dict[int, tuple[int, int]] = {}

    def add(number: int) -> None:
        author: Any = factories.block("author", {"name": "Ana", "role": "", "organisation": institute.pk})
        body = [factories.figure(image), factories.paragraph(f"<p>{factories.page_anchor(place.study)}</p>")]
        factories.make_chapter(place.study, f"Chapter {number}", [topic], hero=image, authors=[author], body=body)

    made = 0
    for wanted in (1, 10, 50):
        for number in range(made, wanted):
            add(number)
        made = wanted
        counted[wanted] = (statements(visit, "/en/study/"), statements(visit, "/en/study/chapter-0/"))

    assert counted[10] == counted[1]
    assert counted[50] == counted[1]
    assert counted[1][0] <= 16
    assert counted[1][1] <= 24


def test_statements_do_not_grow_with_partners(home: HomePage, visit: Visit) -> None:
    from pages.models import PartnersPage

    factories.add_page(home, PartnersPage, "Partners", slug="partners")
    network = factories.make_organisation("Network", role="NETWORK")
    counted = []
    for wanted in (1, 10):
        for number in range(wanted):
            member = factories.make_organisation(
                f"Member {wanted}-{number}", country="FI", logo=factories.make_image()
            )
            member.networks.set([network])
            member.save()
            factories.make_contact(member, f"Office {number}")
        counted.append(statements(visit, "/en/partners/"))

    assert counted[0] == counted[1]


def test_sitemap_names_every_page_with_its_versions(place: Place, visit: Visit) -> None:
    factories.translate(place.home, "fi")
    factories.restrict(place.chapter)

    answer = visit("/sitemap.xml")

    xml = answer.content.decode()
    assert answer["Content-Type"] == "application/xml; charset=utf-8"
    found = [part.split("</loc>")[0] for part in xml.split("<loc>")[1:]]
    assert found == ["https://site.example/en/", "https://site.example/fi/", "https://site.example/en/study/"]
    alternate = '<xhtml:link rel="alternate" hreflang="{0}" href="https://site.example/{0}/"/>'
    assert xml.count(alternate.format("en") + alternate.format("fi")) == 2


def test_large_sitemap_has_an_index(place: Place, visit: Visit, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cms.reader.sitemaps.PAGES_PER_SITEMAP", 2)
    factories.translate(place.home, "fi")

    index = visit("/sitemap.xml").content.decode()

    assert "<loc>https://site.example/sitemap-1.xml</loc>" in index
    assert index.count("<loc>") == 2
    assert visit("/sitemap-1.xml").content.decode().count("<loc>") == 2
    assert "<loc>https://site.example/en/study/inquiry/</loc>" in visit("/sitemap-2.xml").content.decode()
    visit("/sitemap-3.xml", 404)


def test_robots_names_the_sitemap(db: None, visit: Visit) -> None:
    assert visit("/robots.txt").content == (
        b"User-agent: *\nDisallow: /admin/\n\nSitemap: https://site.example/sitemap.xml\n"
    )


def test_every_language_has_a_home_even_before_it_is_translated(home: HomePage, read: Read) -> None:
    for locale in LOCALES:
        assert "<h1>Home</h1>" in read(f"/{locale}/")


def test_emblem_of_who_funds_stands_in_the_footer_of_every_page(place: Place, read: Read) -> None:
    factories.make_frame(place.study, factories.make_image("Logo"))
    emblem = factories.make_image("Emblem", description="Twelve stars")
    factories.make_organisation("Fund", role="FUNDER", logo=emblem)
    factories.make_organisation("Poor fund", role="FUNDER")
    factories.make_organisation("Partner", role="PARTNER", logo=factories.make_image("Other", description="A partner"))

    for path in ("/en/", "/de/study/inquiry/"):
        footer = read(path).split('<footer class="site-footer">')[1]

        assert footer.count("<img") == 1
        assert 'alt="Twelve stars" loading="lazy"' in footer
