"""The body of a directive to and from the HTML of the editor, without loss: one `<p>` or `<table>` for each block.

They stand in one row. What a block is stands in its attributes: `data-kind`, `data-level` (from 0), `data-marker`,
`data-id`, `data-follow`, `data-task`, `data-units`, `data-targets` (JSON), `data-deadline`, `data-timing`,
`data-product`, `data-receiver`, `data-monitor`; those of a row of a table in its `<tr>`. Words are plain, `<strong>`,
`<em>` or `<u>`. Nothing else is read.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterable, Iterator
from html import escape
from itertools import groupby
from typing import Any

from directives.blocks import Block, BlockKind, Cell, Run, Target
from directives.flat_blocks import FlatBlock, flattened, nested
from directives.html_lines import HtmlLine, HtmlTag, lines_of
from directives.html_tables import rows_of
from directives.inline_text import merged, printable
from directives.json_object import DocumentError, parsed

LONGEST_MARKER = 40
LONGEST_PRODUCT = 300
LONGEST_RECEIVER = 200
_ID = re.compile(r"[\w-]{1,32}")
_WIDTH = re.compile(r"[1-9][0-9]{0,4}")
_TAGS = (("bold", "strong"), ("italic", "em"), ("underline", "u"))
_PLAIN_KINDS = frozenset({BlockKind.PARAGRAPH.value, BlockKind.HEADING.value, BlockKind.ITEM.value})


def write_html(blocks: Iterable[Block]) -> str:
    """Write blocks so that `read_html` gives them back, runs of one style joined."""
    return "".join(
        _table(flat) if flat.block.kind is BlockKind.TABLE else _paragraph(flat) for flat in flattened(blocks)
    )


def read_html(html: str) -> tuple[Block, ...]:
    """Read the editor's HTML; facts that do not fit are left out, and the copy of a block brings no facts along."""
    return read_lines(lines_of(html), set())


def read_lines(lines: Iterable[HtmlLine], seen: set[str]) -> tuple[Block, ...]:
    """Read some lines of the editor's HTML; `seen` are the ids of the blocks that stand before them."""
    return nested(_read(lines, seen))


def _paragraph(flat: FlatBlock) -> str:
    return f"<p{_attributes(flat.block, flat.level)}>{''.join(_run(run) for run in merged(flat.block.runs))}</p>"


def _table(flat: FlatBlock) -> str:
    table = flat.block
    shape = f' data-widths="{" ".join(map(str, table.widths))}"' if table.widths else ""
    head = f' data-head="{table.head_rows}"' if table.head_rows else ""
    rows = "".join(f"<tr{_attributes(row)}>{''.join(_cell(cell) for cell in row.cells)}</tr>" for row in table.children)
    return f"<table{_attributes(table, flat.level)}{shape}{head}><tbody>{rows}</tbody></table>"


def _cell(cell: Cell) -> str:
    columns = f' colspan="{cell.columns}"' if cell.columns > 1 else ""
    rows = f' rowspan="{cell.rows}"' if cell.rows > 1 else ""
    return f"<td{columns}{rows}>{''.join(_run(run) for run in merged(cell.runs))}</td>"


def _attributes(block: Block, level: int | None = None) -> str:
    facts = {
        "kind": block.kind.value,
        "level": "" if level is None else str(level),
        "marker": block.marker,
        "id": block.id,
        "follow": block.follow and block.follow.value,
        "task": "yes" if block.task else "",
        "units": _json(list(block.named_units)),
        "targets": _json([target.to_json() for target in block.targets]),
        "deadline": block.deadline,
        "timing": block.timing,
        "product": block.product,
        "receiver": block.receiving_level,
        "monitor": block.monitor,
    }
    return "".join(f' data-{name}="{escape(value)}"' for name, value in facts.items() if value)


def _json(entries: list[Any]) -> str:
    return json.dumps(entries, ensure_ascii=False) if entries else ""


def _run(run: Run) -> str:
    written = "<br>".join(escape(line, quote=False) for line in run.text.split("\n"))
    for style, tag in reversed(_TAGS):
        if getattr(run, style):
            written = f"<{tag}>{written}</{tag}>"
    return written


def _read(lines: Iterable[HtmlLine], seen: set[str]) -> Iterator[FlatBlock]:
    for table, group in groupby(lines, key=lambda line: line.table):
        if table is not None:
            rows = [_row(row, cells, seen) for row, cells in rows_of(group, _cleaned)]
            if rows:
                yield FlatBlock(_whole(table, "level"), _read_table(table, rows, seen))
            continue
        for line in group:
            if line.tag.name == "p" or "".join(run.text for run in line.runs).strip():
                yield FlatBlock(_whole(line.tag, "level"), _read_paragraph(line, seen))


def _read_paragraph(line: HtmlLine, seen: set[str]) -> Block:
    given = line.tag.attributes.get("data-kind", "")
    kind = given if given in _PLAIN_KINDS else BlockKind.PARAGRAPH.value
    return _read_block(line.tag, seen, {"kind": kind, "runs": [run.to_json() for run in _cleaned(line.runs)]})


def _row(tag: HtmlTag | None, cells: tuple[Cell, ...], seen: set[str]) -> Block:
    facts = {"kind": BlockKind.ROW.value, "cells": [cell.to_json() for cell in cells]}
    return _read_block(tag or HtmlTag("tr", {}), seen, facts)


def _read_table(tag: HtmlTag, rows: list[Block], seen: set[str]) -> Block:
    widths = [int(width) for width in tag.attributes.get("data-widths", "").split() if _WIDTH.fullmatch(width)]
    head = min(_whole(tag, "head"), len(rows))
    shape: dict[str, Any] = {"kind": BlockKind.TABLE.value, "children": [row.to_json() for row in rows]}
    return _read_block(
        tag, seen, shape | ({"widths": widths} if widths else {}) | ({"head_rows": head} if head else {})
    )


def _read_block(tag: HtmlTag, seen: set[str], shape: dict[str, Any]) -> Block:
    given = {name.removeprefix("data-"): value for name, value in tag.attributes.items() if name.startswith("data-")}
    marker = _line_of_text(given.get("marker", ""))[:LONGEST_MARKER].strip() or None
    block = {"marker": marker, "runs": [], "children": [], **shape}
    facts = {name: value for name, value in _facts(given, seen) if value}
    try:
        return Block.from_json({**block, **facts}, "body")
    except DocumentError:
        return _with_those_that_fit(block, facts)


def _with_those_that_fit(block: dict[str, Any], facts: dict[str, Any]) -> Block:
    """Each fact is tried by itself, so that one that does not fit takes no other with it."""
    for name, value in facts.items():
        try:
            Block.from_json({**block, name: value}, "body")
        except DocumentError:
            continue
        block = {**block, name: value}
    return Block.from_json(block, "body")


def _facts(given: dict[str, str], seen: set[str]) -> Iterator[tuple[str, Any]]:
    own_id = given.get("id", "")
    if own_id in seen:
        # The copy of a block that stands further up.
        return
    if _ID.fullmatch(own_id):
        seen.add(own_id)
        yield "id", own_id
    yield "task", given.get("task") == "yes"
    yield "named_units", [unit for unit in _entries(given.get("units", "")) if isinstance(unit, str)]
    yield "follow", given.get("follow") or None
    yield "targets", [target for target in _entries(given.get("targets", "")) if _is_target(target)]
    yield "deadline", given.get("deadline") or None
    yield "timing", given.get("timing") or None
    yield "product", _line_of_text(given.get("product", ""))[:LONGEST_PRODUCT].strip() or None
    yield "receiving_level", _line_of_text(given.get("receiver", ""))[:LONGEST_RECEIVER].strip() or None
    yield "monitor", given.get("monitor", "").strip() or None


def _is_target(entry: Any) -> bool:
    try:
        Target.from_json(entry, "target")
    except DocumentError:
        return False
    return True


def _entries(written: str) -> list[Any]:
    try:
        entries = parsed(written) if written else []
    except ValueError:
        return []
    return entries if isinstance(entries, list) else []


def _whole(tag: HtmlTag, name: str) -> int:
    written = tag.attributes.get(f"data-{name}", "")
    return int(written) if re.fullmatch(r"[0-9]{1,3}", written) else 0


def _cleaned(runs: Iterable[Run]) -> tuple[Run, ...]:
    return merged(Run(_line_of_text(run.text), run.bold, run.italic, run.underline) for run in runs)


def _line_of_text(text: str) -> str:
    return unicodedata.normalize("NFC", printable(text))
