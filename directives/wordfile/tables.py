"""Tables of the Word file: those that only hold columns side by side, and those of the text with their lines."""

from collections.abc import Iterator, Sequence

from directives.formats import Profile
from directives.printed_page.parts import PrintedBlock, PrintedCell, PrintedRow
from directives.word_styles import Style
from directives.wordfile.markup import element, paragraph, runs_of, twips_of_mm

_EDGES = ("top", "left", "bottom", "right", "insideH", "insideV")
# What a cell of a table in the text keeps free above and below, and on either side.
_CELL_SPACE_MM = (0.6, 1.5)
# How many of the last rows stay with the signature that follows a table.
_KEPT_ROWS = 2


def columns(widths_mm: Sequence[float], *rows: Sequence[str]) -> str:
    """Write rows of columns without lines; each entry is the content of a cell. A row is never cut by a page end."""
    widths = [twips_of_mm(width) for width in widths_mm]
    return _table(widths, [_row(element("cantSplit"), _cells(row, widths)) for row in rows])


def centred_columns(widths_mm: Sequence[float], row: Sequence[str]) -> str:
    """Write one row of columns in the middle of the page; a page end may cut it."""
    widths = [twips_of_mm(width) for width in widths_mm]
    return _table(widths, [_row("", _cells(row, widths))], place=element("jc", val="center"))


def text_table(table: PrintedBlock, profile: Profile, width_mm: float) -> str:
    """Write a table of the text across this width; its head rows stand on every page, and no row is cut."""
    whole = twips_of_mm(width_mm)
    widths = [round(whole * share / 100) for share in table.columns]
    eighths = round(profile.table_rule_pt * 8)
    rule = {"val": "single", "sz": str(eighths), "space": "0", "color": "auto"}
    styles = table.style.split()
    in_row = Style.CELL_NARROW if "narrow" in styles else Style.CELL
    kept_from = len(table.rows) - _KEPT_ROWS if "closing" in styles else len(table.rows)
    spans: dict[int, tuple[int, int]] = {}
    rows = [_text_row(row, in_row, widths, spans, is_head=True) for row in table.head]
    rows += [_text_row(row, in_row, widths, spans, keep=place >= kept_from) for place, row in enumerate(table.rows)]
    lines = element("tblBorders", *(element(edge, **rule) for edge in _EDGES))
    return _table(widths, rows, lines=lines, space_mm=_CELL_SPACE_MM)


def _table(
    widths: list[int], rows: list[str], *, place: str = "", lines: str = "", space_mm: tuple[float, float] = (0, 0)
) -> str:
    height, side = map(twips_of_mm, space_mm)
    edges = (("top", height), ("left", side), ("bottom", height), ("right", side))
    properties = [
        element("tblW", w=sum(widths), type="dxa"),
        place,
        lines,
        element("tblLayout", type="fixed"),
        element("tblCellMar", *(element(edge, w=space, type="dxa") for edge, space in edges)),
    ]
    grid = element("tblGrid", *(element("gridCol", w=width) for width in widths))
    return element("tbl", element("tblPr", *properties), grid, *rows)


def _row(properties: str, cells: Sequence[str]) -> str:
    return element("tr", element("trPr", properties) if properties else "", *cells)


def _cells(contents: Sequence[str], widths: Sequence[int]) -> list[str]:
    return [_cell(content, width) for content, width in zip(contents, widths, strict=True)]


def _cell(content: str, width: int, *properties: str) -> str:
    own = element("tcPr", element("tcW", w=width, type="dxa"), *properties)
    return element("tc", own, content or paragraph(Style.BLANK))


def _text_row(
    row: PrintedRow,
    style: Style,
    widths: list[int],
    spans: dict[int, tuple[int, int]],
    *,
    is_head: bool = False,
    keep: bool = False,
) -> str:
    """Write a row; `spans` holds, by its column, a cell from above that reaches down: how wide, how many rows left."""
    cells = []
    for column, across, cell in _placed(row, len(widths), spans):
        width = sum(widths[column : column + across])
        span = element("gridSpan", val=across) if across > 1 else ""
        if cell is None:
            cells.append(_cell("", width, span, element("vMerge")))
            continue
        down = element("vMerge", val="restart") if cell.rows > 1 else ""
        middle = element("vAlign", val="center") if is_head else ""
        cells.append(_cell(_words(cell, style, is_head=is_head, keep=keep or is_head), width, span, down, middle))
    return _row(element("cantSplit") + (element("tblHeader") if is_head else ""), cells)


def _placed(
    row: PrintedRow, count: int, spans: dict[int, tuple[int, int]]
) -> Iterator[tuple[int, int, PrintedCell | None]]:
    """Yield column, breadth and cell from left to right; None for a cell from above, an empty one where one lacks."""
    own = iter(row.cells)
    column = 0
    while column < count:
        if column in spans:
            across, left = spans.pop(column)
            if left > 1:
                spans[column] = (across, left - 1)
            yield column, across, None
        else:
            cell = next(own, PrintedCell(()))
            across = min(cell.columns, count - column)
            if cell.rows > 1:
                spans[column] = (across, cell.rows - 1)
            yield column, across, cell
        column += across


def _words(cell: PrintedCell, style: Style, *, is_head: bool, keep: bool) -> str:
    kept = element("keepNext") if keep else ""
    centred = element("jc", val="center") if is_head or cell.style == "middle" else ""
    return paragraph(style, runs_of(cell.runs, bold=is_head), properties=kept + centred)
