"""Tables: a caption, columns with headings, rows of text or numbers."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.utils.html import escape
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.contrib.typed_table_block.blocks import TypedTable, TypedTableBlock, TypedTableBlockValidationError
from wagtail_localize.segments import StringSegmentValue

from pages.blocks.base import DeliveredStruct
from pages.entries import EntryBuilder, Payload, word_count

TRANSLATED_COLUMN = "text"


class GridBlock(TypedTableBlock):
    """The caption and the cells of a table; caption, headings and cells of text are translated."""

    text = blocks.TextBlock(label=_("Text"), required=False, rows=1)
    number = blocks.DecimalBlock(label=_("Number"), required=False)

    def clean(self, table: TypedTable) -> TypedTable:
        """Demand a column, a heading for each and a caption.

        Raises:
            TypedTableBlockValidationError: for cells; ValidationError for the table.
        """
        cleaned: TypedTable = super().clean(table)
        if not self.is_deferred_validation:
            demand_complete(cleaned)
        return cleaned

    def get_translatable_segments(self, table: TypedTable) -> list[Any]:
        """Offer caption, headings and cells of text; the path of a cell is its row and column, from 0."""
        return [StringSegmentValue(path, text) for path, text in translated_texts(table)]

    def restore_translated_segments(self, table: TypedTable, segments: Sequence[Any]) -> TypedTable:
        """Put translated texts back; whatever has none keeps the source's."""
        texts = {segment.path: segment.render_text() for segment in segments}
        return TypedTable(
            columns=[
                {**column, "heading": texts.get(f"columns.{number}", column["heading"])}
                for number, column in enumerate(table.columns)
            ],
            row_data=[
                {
                    "values": [
                        texts.get(f"rows.{row_number}.{number}", value) for number, value in enumerate(row["values"])
                    ]
                }
                for row_number, row in enumerate(table.row_data)
            ],
            caption=texts.get("caption", table.caption),
        )


def translated_texts(table: TypedTable) -> Iterator[tuple[str, str]]:
    """Yield path and text of everything in a table that is translated, in reading order."""
    if table.caption:
        yield "caption", table.caption
    for number, column in enumerate(table.columns):
        if column["heading"]:
            yield f"columns.{number}", column["heading"]
    for row_number, row in enumerate(table.row_data):
        for number, value in enumerate(row["values"]):
            if value and table.columns[number]["block"].name == TRANSLATED_COLUMN:
                yield f"rows.{row_number}.{number}", value


def demand_complete(table: TypedTable) -> None:
    """Check that a table can be read by everybody.

    Raises:
        TypedTableBlockValidationError: without columns, caption or a heading.
    """
    messages = []
    if not table.columns:
        messages.append(_("Add at least one column."))
    if not (table.caption or "").strip():
        messages.append(_("Give the table a caption that says what it shows."))
    if any(not (column["heading"] or "").strip() for column in table.columns):
        messages.append(_("Give every column a heading."))
    if messages:
        raise TypedTableBlockValidationError(non_block_errors=messages)


def table_value(
    caption: str, columns: Sequence[str], rows: Sequence[Sequence[str]], *, has_row_header: bool = False
) -> Payload:
    """Return the stored form of a `TableBlock` whose cells are all text, for code that writes content."""
    return {
        "has_row_header": has_row_header,
        "table": {
            "caption": caption,
            "columns": [{"type": TRANSLATED_COLUMN, "heading": heading} for heading in columns],
            "rows": [{"values": list(row)} for row in rows],
        },
    }


class TableBlock(DeliveredStruct):
    """A table with a caption, a heading per column and, when wanted, headings in the first column."""

    table = GridBlock(label=_("Table"))
    has_row_header = blocks.BooleanBlock(
        label=_("The first column names the rows"), required=False, help_text=_("Read out as the heading of each row.")
    )

    class Meta:
        icon = "table"
        label = _("Table")
        group = _("Data")
        description = _("Rows and columns of text or numbers, with a caption.")
        template = "pages/blocks/table.html"
        preview_value = table_value(
            "Phases of an inquiry", ["Phase", "Question"], [["Plan", "What do we change?"]], has_row_header=True
        )

    def entry_value(self, value: Any, builder: EntryBuilder) -> Payload:
        """Return caption (rich text or None), columns and rows (text), and whether the first column names the rows."""
        table = value["table"]
        caption = escape(table.caption or "").strip()
        return {
            "caption": {"html": caption, "words": word_count(caption)} if caption else None,
            "columns": [column["heading"] or "" for column in table.columns],
            "rows": [["" if cell is None else str(cell) for cell in row["values"]] for row in table.row_data],
            "has_row_header": bool(value["has_row_header"]),
        }
