"""Brochures as PDF: two pages, six panels, the document's language and title, the same bytes each time."""

import io
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from pypdf import PdfReader

from cms.demo.brochure_pdf import BrochurePanel, BrochureText, build_brochure_pdf
from cms.demo.brochure_text import Run, break_lines, read_paragraphs
from cms.demo.pictures import PictureSpec

PLATE = PictureSpec(
    key="decision-makers-hero",
    kind="plate",
    source="en",
    title={"en": "Plate"},
    description={"en": "A bridge"},
    motif="bridge",
)
PANEL = "<p>" + "Lehrkräfte brauchen Zeit für gemeinsames Ausprobieren. " * 7 + "</p>"
BROCHURE = BrochureText(
    title="Entscheidende gewinnen",
    summary="Ein Leitfaden in sechs Feldern.",
    file_title="LINKS: Entscheidende gewinnen",
    panels=tuple(BrochurePanel(f"Feld Nummer {number}", PANEL) for number in range(1, 7)),
    cover=PLATE,
    coordination="Koordiniert von der Fondation La main à la pâte.",
    funding="Gefördert durch das Programm Erasmus+ der Europäischen Union.",
)


def test_brochure_has_two_pages_with_all_panels() -> None:
    reader = PdfReader(io.BytesIO(build_brochure_pdf(BROCHURE, "de")))
    outside, inside = (page.extract_text() for page in reader.pages)

    assert [number for number in range(1, 7) if f"Feld Nummer {number}" in outside] == [1, 2, 6]
    assert [number for number in range(1, 7) if f"Feld Nummer {number}" in inside] == [3, 4, 5]
    assert "Entscheidende" in outside
    assert BROCHURE.funding in inside


def test_brochure_names_its_language_title_and_date() -> None:
    created_at = datetime(2018, 1, 31, 12, tzinfo=UTC)

    reader = PdfReader(io.BytesIO(build_brochure_pdf(BROCHURE, "de", created_at)))

    assert reader.root_object.get("/Lang") == "de"
    assert reader.metadata is not None
    assert reader.metadata.title == "LINKS: Entscheidende gewinnen"
    assert reader.metadata.creation_date == created_at


def test_same_brochure_gives_same_bytes() -> None:
    assert build_brochure_pdf(BROCHURE, "de") == build_brochure_pdf(BROCHURE, "de")


def test_five_panels_are_refused() -> None:
    with pytest.raises(ValueError, match="has 5 panels; a folded brochure takes 6"):
        build_brochure_pdf(replace(BROCHURE, panels=BROCHURE.panels[:5]), "de")


def test_rich_text_is_read_into_paragraphs_and_runs() -> None:
    first, second = read_paragraphs(
        "<p>From <formula>H_2O</formula> to <b>ice</b>.<footnote>ice</footnote></p><ol><li>Ask</li></ol>"
    )

    assert [run.text for run in first.runs] == ["From ", "H", "2", "O", " to ", "ice", "."]
    assert [run.rise for run in first.runs] == [0, 0, -1, 0, 0, 0, 0]
    assert [run.text for run in first.runs if run.is_bold] == ["ice"]
    assert (second.mark, second.runs) == ("1.", [Run("Ask")])


def test_lines_break_at_spaces_but_not_at_no_break_spaces() -> None:
    runs = [Run("Pourquoi\u00a0? "), Run("Parce", is_bold=True), Run(" que")]

    lines = break_lines(runs, 12, lambda run: len(run.text))

    assert [[run.text for run in line] for line in lines] == [["Pourquoi\u00a0?"], ["Parce ", "que"]]
