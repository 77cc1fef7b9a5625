"""Every entry type as a page, in five languages, with what it must say."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from django.utils import translation
from django.utils.translation import gettext

from home.models import HomePage
from pages.models import InformationPage, OutputsPage, PartnersPage
from tests import factories
from tests.reader.conftest import LOCALES, Place, translate_into_all

Read = Callable[..., str]
MONTHS = {
    "en": "January 2018",
    "fr": "janvier 2018",
    "fi": "tammikuu 2018",
    "it": "Gennaio 2018",
    "de": "Januar 2018",
}
AUSTRIA = {"en": "Austria", "fr": "Autriche", "fi": "Itävalta", "it": "Austria", "de": "Österreich"}


def words(locale: str, text: str) -> str:
    """Return the translation that the factories give a text."""
    return text if locale == "en" else f"{locale} {text}"


def said(locale: str, message: str) -> str:
    """Return one of the website's own sentences in a language."""
    with translation.override(locale):
        return gettext(message)


def test_home_shows_lead_questions_figures_and_languages(home: HomePage, read: Read) -> None:
    translate_into_all(home)

    for locale in LOCALES:
        html = read(f"/{locale}/")

        assert f'<html lang="{locale}">' in html
        assert f"<h1>{words(locale, 'Home')}</h1>" in html
        assert f'<div class="lead"><p>{words(locale, "We teach.")}</p></div>' in html
        assert f"<li>{words(locale, 'Who should help?')}</li>" in html
        assert [f"<strong>{number}</strong>" in html for number in (9, 5, 120)] == [True, True, True]
        assert '<p class="notice">' not in html


def test_home_leaves_out_figures_that_are_unknown(db: None, read: Read) -> None:
    factories.make_home(partner_count=9)

    html = read("/en/")

    assert "<strong>9</strong>" in html
    assert html.count("<strong>") == 1


def test_study_shows_chapters_numbers_and_the_planned_month(place: Place, read: Read) -> None:
    place.study.planned_availability = "2018-01"
    place.study.save()
    factories.make_chapter(place.study, "Evidence")
    translate_into_all(place.home, place.study, place.chapter)

    for locale in LOCALES:
        html = read(f"/{locale}/study/")

        assert f"<h1>{words(locale, 'Study')}</h1>" in html
        assert f'<p class="subtitle">{words(locale, "What works")}</p>' in html
        assert f'<div class="prose"><p>{words(locale, "In brief.")}</p></div>' in html
        assert '<span class="number" aria-hidden="true">1</span>' in html
        assert '<span class="number" aria-hidden="true">2</span>' in html
        assert f'href="/{locale}/study/evidence/"' in html
        planned = said(locale, "planned for %(month)s") % {"month": MONTHS[locale]}
        assert f'<span class="planned">{planned}</span>' in html
        assert ('<li lang="en"><span class="number" aria-hidden="true">2</span>' in html) is (locale != "en")
        assert '<a href="https://creativecommons.org/licenses/by/4.0/" rel="license">CC BY 4.0</a>' in html


def test_chapter_shows_every_block_notes_sources_and_citation(place: Place, read: Read) -> None:
    image, file = factories.make_image(), factories.make_file()
    captions = factories.make_file("Captions", "captions.vtt")
    institute = factories.make_organisation("Institute")
    chapter = factories.make_chapter(
        place.study,
        "Everything",
        topics=[factories.make_topic("Climate")],
        hero=image,
        sources="Ana (2010). Trees.\nBea (2012). https://out.example/bea",
        authors=[factories.block("author", {"name": "Ana", "role": "Text", "organisation": institute.pk})],
        body=[
            *factories.every_block(image, file, captions, place.study, institute),
            factories.block("heading", {"level": "2", "text": "After", "anchor": ""}),
        ],
    )
    factories.make_chapter(place.study, "Last")

    html = read(f"/en/study/{chapter.slug}/")

    assert '<span class="number">Chapter 2</span>' in html
    assert '<ol><li><a href="#why-inquiry">Why inquiry?</a></li><li><a href="#after">After</a></li></ol>' in html
    assert '<h2 id="why-inquiry">Why inquiry?</h2>' in html
    assert "H<sub>2</sub>O" in html
    assert '<a href="https://site.example/en/study/">on</a>' in html
    assert '<span lang="fr">bonjour</span>' in html
    assert '<span class="caption">The <i>cycle</i></span> <span class="credit">Picture: Ana</span>' in html
    assert 'alt="A red field"' in html
    assert "<blockquote><p>Ask first.</p></blockquote><figcaption>A teacher</figcaption>" in html
    assert '<tr><th scope="row">Plan</th><td>Ask &amp; think</td></tr>' in html
    assert '<span class="kind">Tip</span> <span class="title">Try it</span>' in html
    assert "<ul><li>One</li><li>Two</li></ul>" in html
    assert '<p class="block-kind">Case study · Institute</p>' in html
    assert '<div class="formula" tabindex="0" role="group" aria-label="x squared"><math' in html
    assert f'<track kind="captions" src="{captions_url(html)}" default>' in html
    assert '<li><a href="https://out.example/list">Outside</a> <span class="facts">out.example</span></li>' in html
    assert '<span class="name">Ana</span>, <span>Text</span>, <span>Institute</span>' in html
    assert '<li class="issue issue-1">Climate</li>' in html
    assert '<a href="https://out.example/bea" rel="nofollow">https://out.example/bea</a>' in html
    assert f"Ana ({datetime.now(UTC).year}). <cite>Everything</cite>. In: Study. Studies." in html
    assert '<span class="address">https://site.example/en/study/everything/</span>' in html
    assert '<a class="previous" rel="prev" href="/en/study/inquiry/">' in html
    assert '<a class="next" rel="next" href="/en/study/last/">' in html


def captions_url(html: str) -> str:
    """Return the address of the captions on a page."""
    return html.split('<track kind="captions" src="')[1].split('"')[0]


def test_footnotes_lead_to_their_places_and_back(place: Place, read: Read) -> None:
    key = "6f2b3c1e-7d14-4c6e-9a51-0d3f6a1b2c3d"
    chapter = place.chapter
    chapter.footnotes.create(uuid=key, text="<p>See Bea.</p>")
    mark = f'<footnote id="{key}">[1]</footnote>'
    chapter.body = [("paragraph", f"<p>Once{mark} and again{mark}</p>")]
    chapter.save()

    html = read("/en/study/inquiry/")

    assert html.count('href="#fn-1"') == 2
    assert '<li id="fn-1"><p>See Bea.</p><a class="back" href="#fnref-1"' in html
    assert '<a class="back" href="#fnref-1-2"' in html


def test_tools_show_issue_audience_steps_brochure_and_file(home: HomePage, read: Read) -> None:
    topic = factories.make_topic("Digital", sort_order=1)
    index = factories.make_tools(home)
    file = factories.make_file("Folded")
    tool = factories.make_tool(
        index,
        "Tool",
        issue=topic,
        summary="<p>In short</p>",
        purpose="<p>To help.</p>",
        audience=[factories.make_audience("Teachers")],
        body=factories.every_tool_block(),
    )
    panels = [factories.block("panel", {"title": f"Panel {n}", "content": "<p>Text</p>"}) for n in range(1, 7)]
    brochure = factories.make_brochure(tool, "Leaflet", body=panels, file=file)
    translate_into_all(home, topic, index, tool, brochure)

    for locale in LOCALES:
        listing, page = read(f"/{locale}/tools/"), read(f"/{locale}/tools/tool/")
        leaflet = read(f"/{locale}/tools/tool/brochure/")

        assert '<li class="card issue issue-2">' in listing
        assert f'<p class="issue-name">{words(locale, "Digital")}</p>' in listing
        assert f'<a href="/{locale}/tools/tool/">{words(locale, "Tool")}</a>' in listing
        assert f'<div class="teaser">{words(locale, "In short")}</div>' in listing
        assert f"<p>{words(locale, 'To help.')}</p>" in page
        assert f">{words(locale, 'Steps')}</h2>" in page
        assert f'<p class="step-title">{words(locale, "First")}</p><p>{words(locale, "Begin.")}</p>' in page
        assert f"<ul><li>{words(locale, 'Paper')}</li><li>{words(locale, 'Pens')}</li></ul>" in page
        assert f">{words(locale, 'Think')}</h2>" in page
        assert f"<li>{words(locale, 'What surprised you?')}</li>" in page
        assert f'<a href="/{locale}/tools/tool/brochure/">{words(locale, "Leaflet")}</a>' in page
        assert leaflet.count('<section class="panel">') == 6
        assert ("PDF, " in leaflet) is (locale == "en")


def test_provisional_event_is_never_dated(home: HomePage, read: Read) -> None:
    index = factories.make_events(home)
    factories.make_event(index, "Open", starts_at=datetime(2018, 3, 12, 9, tzinfo=UTC), time_zone="Europe/Paris")
    translate_into_all(home, index, *index.get_children().specific())

    for locale in LOCALES:
        for path in (f"/{locale}/events/", f"/{locale}/events/open/"):
            html = read(path)

            assert f"<dt>{said(locale, 'Period (provisional)')}</dt>" in html
            assert f"<dd><span>{said(locale, 'to be announced')}</span></dd>" in html
            assert f"<dd>{said(locale, 'country to be announced')}</dd>" in html
            assert "2018" not in html
            assert "<time" not in html


def test_fixed_event_shows_its_times_in_its_own_time_zone(home: HomePage, read: Read) -> None:
    index = factories.make_events(home)
    factories.make_event(index, "Summer", period_start="2018-05", period_end="2018-06")
    factories.make_event(
        index,
        "Fixed",
        is_provisional=False,
        starts_at=datetime(2018, 3, 12, 8, tzinfo=UTC),
        ends_at=datetime(2018, 3, 12, 15, 30, tzinfo=UTC),
        time_zone="Europe/Paris",
        venue="Town hall",
        city="Graz",
        country="AT",
        organisers=[factories.make_organisation("Institute")],
        registration_url="https://out.example/register",
    )

    html, listing = read("/en/events/fixed/"), read("/en/events/")

    assert (
        '<time datetime="2018-03-12T09:00:00+01:00">March 12, 2018, 9 a.m. – 4:30 p.m. (Europe/Paris)</time>' in html
    )
    assert "<span>Town hall</span>, Graz, Austria" in html
    assert "Organised by <span>Institute</span>" in html
    assert '<a class="action" href="https://out.example/register">Register</a>' in html
    assert listing.index("Summer") < listing.index("Fixed")
    assert "<span>May 2018 – June 2018</span>" in listing


def test_partners_stand_by_country_with_contacts_and_notes(home: HomePage, read: Read) -> None:
    notes = [
        factories.block("country_note", {"country": "FI", "text": "<p>Details follow.</p>"}),
        factories.block("country_note", {"country": "AT", "text": "<p>A network.</p>"}),
    ]
    page = factories.add_page(home, PartnersPage, "Partners", slug="partners", country_notes=notes)
    network = factories.make_organisation("Network", country="AT", role="NETWORK")
    member = factories.make_organisation(
        "Institute", country="AT", acronym="INST", website="https://www.inst.example/"
    )
    member.networks.set([network])
    member.save()
    factories.make_contact(member, "Office", email="office@inst.example", phone="+43 (1) 2")
    factories.make_organisation("Fund", role="FUNDER")
    translate_into_all(home, page)

    for locale in LOCALES:
        html = read(f"/{locale}/partners/")

        assert f'<h2 id="at">{AUSTRIA[locale]}</h2>' in html
        assert f"<p>{words(locale, 'Details follow.')}</p>" in html
        assert html.index('<h2 id="fi">') < html.index('<h2 id="at">') < html.index('<h2 id="others">')
        title = "<h3>" if locale == "en" else '<h3 lang="en">'
        assert html.index(f"{title}Institute") < html.index(f"{title}Network")
        assert f'{title}Institute <span class="acronym">(INST)</span></h3>' in html
        assert '<a href="https://www.inst.example/">inst.example</a>' in html
        assert '<a href="mailto:office@inst.example">office@inst.example</a>' in html
        assert '<a href="tel:+4312">+43 (1) 2</a>' in html


def test_outputs_show_kind_month_languages_and_where_they_are(place: Place, read: Read) -> None:
    output = {
        "kind": "STUDY",
        "title": "The study",
        "description": "<p>Long.</p>",
        "planned_availability": "2018-01",
        "languages": ["en", "fi"],
        "page": place.study.pk,
    }
    factories.add_page(place.home, OutputsPage, "Outputs", slug="outputs", outputs=[factories.block("output", output)])

    html = read("/en/outputs/")

    assert '<h2><a href="/en/study/">The study</a></h2>' in html
    assert '<span class="planned">planned for January 2018</span>' in html
    assert "<dd>English, Finnish</dd>" in html


def test_information_page_shows_summary_body_and_pages_below(home: HomePage, read: Read) -> None:
    page = factories.add_page(
        home,
        InformationPage,
        "About",
        slug="about",
        summary="<p>Who we are</p>",
        body=[factories.paragraph("<p>Text.</p>")],
    )
    factories.add_page(page, InformationPage, "Legal", slug="legal")

    html = read("/en/about/")

    assert '<div class="lead">Who we are</div>' in html
    assert '<div class="prose"><p>Text.</p>' in html
    assert '<li><a href="/en/about/legal/">Legal</a></li>' in html


@pytest.mark.parametrize("title", ["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "A & B"])
def test_hostile_titles_are_escaped_everywhere(place: Place, read: Read, title: str) -> None:
    for page in (place.study, place.chapter):
        page.title = title
        page.save()
    factories.make_organisation(title, website="https://out.example/")
    factories.add_page(place.home, PartnersPage, title, slug="partners")

    pages = [read(path) for path in ("/en/study/", "/en/study/inquiry/", "/en/partners/")]

    escaped = title.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")
    for html in pages:
        assert f"<h1>{escaped}</h1>" in html
        assert f"<title>{escaped} – Studies</title>" in html
        assert title not in html
