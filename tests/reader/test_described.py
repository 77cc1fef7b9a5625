"""Pictures and files are described in the language of the text that shows them."""

from collections.abc import Callable

from django.db import connection
from django.test.utils import CaptureQueriesContext

from cms.media.models import File, FileText, Image, ImageText
from home.models import HomePage
from tests import factories
from tests.reader.conftest import Place, Visit

Read = Callable[..., str]


def picture() -> Image:
    """Return a picture that is described in English and French."""
    image = factories.make_image()
    ImageText.objects.create(image=image, locale="en", alt="A field")
    ImageText.objects.create(image=image, locale="fr", alt="Un champ")
    return image


def file() -> File:
    """Return a file that is named in English and French."""
    found = factories.make_file("Form")
    FileText.objects.create(file=found, locale="en", title="A form")
    FileText.objects.create(file=found, locale="fr", title="Un formulaire")
    return found


def test_picture_and_file_of_a_fallback_are_described_in_its_language(place: Place, read: Read) -> None:
    image = picture()
    download = factories.block("download", {"file": file().pk, "title": ""})
    factories.make_chapter(place.study, "Fields", hero=image, body=[factories.figure(image, ""), download])
    factories.translate(place.home, "fr")

    html = read("/fr/study/fields/")

    assert html.count('alt="A field"') == 2
    assert '<span class="title">A form</span>' in html
    assert '<meta property="og:image:alt" content="A field">' in html
    assert "Un champ" not in html
    assert "Un formulaire" not in html


def test_picture_of_a_translation_is_described_in_the_language_of_the_translation(place: Place, read: Read) -> None:
    chapter = factories.make_chapter(place.study, "Fields", hero=picture())
    for page in (place.home, place.study, chapter):
        factories.translate(page, "fr")

    html = read("/fr/study/fields/")

    assert 'alt="Un champ"' in html
    assert "A field" not in html


def test_brochure_of_a_translated_tool_keeps_the_name_of_its_file(home: HomePage, read: Read) -> None:
    index = factories.make_tools(home)
    tool = factories.make_tool(index, "Tool")
    factories.make_brochure(tool, "Leaflet", file=file())
    for page in (home, index, tool):
        factories.translate(page, "fr")

    html = read("/fr/tools/tool/")

    assert '<span class="title">A form</span>' in html


def test_statements_of_a_fallback_do_not_grow_with_its_files(place: Place, visit: Visit) -> None:
    factories.translate(place.home, "fr")
    counted = []
    for number in (1, 10):
        links = [factories.paragraph(f'<p><a linktype="document" id="{file().pk}">x</a></p>') for _ in range(number)]
        figures = [factories.figure(picture(), "") for _ in range(number)]
        chapter = factories.make_chapter(place.study, f"With {number}", body=[*links, *figures])
        with CaptureQueriesContext(connection) as captured:
            html = visit(f"/fr/study/{chapter.slug}/").content.decode()
        counted.append(len(captured))
        assert html.count(">x</a>") == number

    assert counted[0] == counted[1]
