"""The widths of table columns, measured from their words; the page then needs no layout that tries them out."""

from dataclasses import replace

from directives.document_fonts import BOLD, REGULAR, FontFace, width
from directives.formats import Profile
from directives.printed_page.parts import PrintedBlock, PrintedCell
from directives.printed_page.tables import placed_rows

_POINTS_PER_MM = 72 / 25.4
# Left and right of the words of a cell, with the rule between two cells.
CELL_PADDING_MM = 1.5
_AROUND_MM = 2 * CELL_PADDING_MM + 0.5
# A column of long text asks for at most so many lines' worth of room; beyond, its cells simply grow downwards.
_WIDEST_WISH_MM = 120.0
# A head may break, though not into a line for each of its words.
_WIDEST_HEAD_MM = 22.0
# A word beyond this breaks within its cell.
_LONGEST_WORD_MM = 40.0
# Enough rows to know a long table by.
_ROWS_MEASURED = 300


def with_columns(table: PrintedBlock, profile: Profile, text_mm: float) -> PrintedBlock:
    """Return the table with the share of each column in per cent, and narrow type where it has many columns."""
    count = column_count(table)
    narrow = count >= profile.table_columns_narrow
    size = profile.table_narrow_pt if narrow else profile.table_pt
    shares = table.columns if len(table.columns) == count else _measured(table, count, size, text_mm)
    total = sum(shares)
    style = f"{table.style} narrow" if narrow else table.style
    return replace(table, style=style, columns=tuple(round(100 * share / total, 3) for share in shares))


def column_count(table: PrintedBlock) -> int:
    """Return how many columns the widest row has."""
    placed = placed_rows(table.all_rows)
    return max(column + cell.columns for _row, cells in placed for column, cell in cells)


def _measured(table: PrintedBlock, count: int, size: float, text_mm: float) -> tuple[float, ...]:
    """Give each column its longest word first; what is left goes to the lines of the rows, and then to the heads."""
    needs, wishes, heads = [_AROUND_MM] * count, [0.0] * count, [0.0] * count
    for number, (_row, cells) in enumerate(placed_rows(table.all_rows[:_ROWS_MEASURED])):
        in_head = number < len(table.head)
        for column, cell in cells:
            if cell.columns == 1:
                need, wish = _cell(cell, BOLD if in_head else REGULAR, size)
                needs[column] = max(needs[column], need)
                asked = heads if in_head else wishes
                asked[column] = max(asked[column], min(wish, _WIDEST_HEAD_MM) if in_head else wish)
    widths = needs
    for asked in (wishes, heads):
        wanted = [max(wish - had, 0.0) for had, wish in zip(widths, asked, strict=True)]
        given = _shared(max(text_mm - sum(widths), 0.0), wanted)
        widths = [had + more for had, more in zip(widths, given, strict=True)]
    return tuple(widths)


def _shared(left: float, wanted: list[float]) -> list[float]:
    """Share a width so that no wish is met beyond its size before the smaller ones are met."""
    given = [0.0] * len(wanted)
    for waiting, column in zip(
        range(len(wanted), 0, -1), sorted(range(len(wanted)), key=wanted.__getitem__), strict=True
    ):
        given[column] = min(wanted[column], left / waiting)
        left -= given[column]
    return given


def _cell(cell: PrintedCell, face: FontFace, size: float) -> tuple[float, float]:
    """Return the width in millimetres of the longest word of a cell and of its longest line."""
    lines = cell.text.split("\n")
    longest = max((width(word, face, size) for line in lines for word in line.split()), default=0.0)
    need = min(longest / _POINTS_PER_MM, _LONGEST_WORD_MM)
    wish = max(width(line, face, size) for line in lines) / _POINTS_PER_MM
    return need + _AROUND_MM, min(wish, _WIDEST_WISH_MM) + _AROUND_MM
