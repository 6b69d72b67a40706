"""The body of a directive to and from the HTML of the editor, without loss: one `<p>` for each block, in one row.

What a block is stands in its attributes: `data-kind`, `data-level` (from 0), `data-marker`, `data-id`, `data-follow`,
`data-task`, `data-units`, `data-targets` (JSON), `data-deadline`, `data-product`. Words are plain, `<strong>`, `<em>`
or `<u>`. Nothing else is read, whatever the HTML holds.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterable, Iterator
from html import escape
from typing import Any

from directives.blocks import Block, BlockKind, Run, Target
from directives.flat_blocks import FlatBlock, flattened, nested
from directives.html_lines import HtmlLine, lines_of
from directives.inline_text import merged, printable
from directives.json_object import DocumentError

LONGEST_MARKER = 40
LONGEST_PRODUCT = 300
_ID = re.compile(r"[\w-]{1,32}")
_LINE_BREAKS = re.compile(r"[\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]+")
_TAGS = (("bold", "strong"), ("italic", "em"), ("underline", "u"))


def write_html(blocks: Iterable[Block]) -> str:
    """Write blocks so that `read_html` gives them back."""
    return "".join(_paragraph(flat) for flat in flattened(blocks))


def read_html(html: str) -> tuple[Block, ...]:
    """Read the editor's HTML; a fact that does not fit its block is left out, and of two blocks with one id the first
    keeps it with all that was noted on it."""
    seen: set[str] = set()
    return nested(_flat(line, seen) for line in lines_of(html) if line.tag == "p" or _words(line))


def _paragraph(flat: FlatBlock) -> str:
    written = "".join(f' data-{name}="{escape(value)}"' for name, value in _attributes(flat.level, flat.block) if value)
    return f"<p{written}>{''.join(_run(run) for run in flat.block.runs)}</p>"


def _attributes(level: int, block: Block) -> Iterator[tuple[str, str]]:
    yield "kind", block.kind.value
    yield "level", str(level)
    yield "marker", block.marker or ""
    yield "id", block.id or ""
    yield "follow", block.follow.value if block.follow else ""
    yield "task", "yes" if block.task else ""
    yield "units", json.dumps(block.named_units, ensure_ascii=False) if block.named_units else ""
    yield "targets", _json([target.to_json() for target in block.targets])
    yield "deadline", block.deadline or ""
    yield "product", block.product or ""


def _json(entries: list[Any]) -> str:
    return json.dumps(entries, ensure_ascii=False) if entries else ""


def _run(run: Run) -> str:
    written = escape(run.text, quote=False)
    for style, tag in reversed(_TAGS):
        if getattr(run, style):
            written = f"<{tag}>{written}</{tag}>"
    return written


def _flat(line: HtmlLine, seen: set[str]) -> FlatBlock:
    given = {name.removeprefix("data-"): value for name, value in line.attributes.items() if name.startswith("data-")}
    level = int(given["level"]) if given.get("level", "").isdecimal() and len(given["level"]) < 4 else 0
    block: dict[str, Any] = {
        "kind": given.get("kind", "") if given.get("kind") in set(BlockKind) else BlockKind.PARAGRAPH.value,
        "marker": _line_of_text(given.get("marker", ""))[:LONGEST_MARKER].strip() or None,
        "runs": [run.to_json() for run in merged(_cleaned(line.runs))],
        "children": [],
    }
    for name, value in _facts(given, seen):
        block = _with_fact(block, name, value)
    return FlatBlock(level, Block.from_json(block, "body"))


def _facts(given: dict[str, str], seen: set[str]) -> Iterator[tuple[str, Any]]:
    """What was noted on a block: nothing for the copy of one that was there before."""
    own_id = given.get("id", "")
    if own_id in seen:
        return
    if _ID.fullmatch(own_id):
        seen.add(own_id)
        yield "id", own_id
    yield "task", given.get("task") == "yes"
    yield "named_units", [unit for unit in _entries(given.get("units", "")) if isinstance(unit, str)]
    yield "follow", given.get("follow") or None
    yield "targets", [target for target in _entries(given.get("targets", "")) if _is_target(target)]
    yield "deadline", given.get("deadline") or None
    yield "product", _line_of_text(given.get("product", ""))[:LONGEST_PRODUCT].strip() or None


def _with_fact(block: dict[str, Any], name: str, value: Any) -> dict[str, Any]:
    filled = {**block, name: value}
    try:
        Block.from_json(filled, "body")
    except DocumentError:
        return block
    return filled


def _is_target(entry: Any) -> bool:
    try:
        Target.from_json(entry, "target")
    except DocumentError:
        return False
    return True


def _entries(written: str) -> list[Any]:
    try:
        entries = json.loads(written) if written else []
    except ValueError:
        return []
    return entries if isinstance(entries, list) else []


def _words(line: HtmlLine) -> str:
    return "".join(run.text for run in line.runs).strip()


def _cleaned(runs: Iterable[Run]) -> Iterator[Run]:
    for run in runs:
        yield Run(_line_of_text(run.text), run.bold, run.italic, run.underline)


def _line_of_text(text: str) -> str:
    return unicodedata.normalize("NFC", _LINE_BREAKS.sub(" ", printable(text)))
