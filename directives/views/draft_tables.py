"""What the editor asks for about tables: what was pasted as blocks, and the rows of a table as tasks.

A table of tasks is pasted with its rows read, so that nobody waits for two answers.
"""

from __future__ import annotations

from typing import Any

from django.http import JsonResponse
from django.views.decorators.http import require_POST

from directives.annexes import FullText
from directives.blocks import Block, BlockKind, walk
from directives.document import Document
from directives.editor_annexes import write_full_html
from directives.editor_html import read_html
from directives.editor_paste import read_pasted
from directives.pasted_tables import annex_of, read_text_table
from directives.task_table import ProposedTask, proposed_tasks, target_of
from directives.views.draft_aids import LONGEST_PASTE, directory_for, only_drafters
from orgs.clock import CLOCK
from orgs.requests import MemberRequest
from orgs.verdicts import Refused


@require_POST
def pasted(request: MemberRequest) -> JsonResponse:
    """The clipboard (`html`, else `text`) as blocks of the editor; a table of tasks as an annex, but not `in_annex`."""
    only_drafters(request)
    blocks = _blocks(request)
    annex = annex_of(blocks)
    if annex is None:
        return JsonResponse({"html": write_full_html(FullText(blocks)), "rows": None})
    inside = bool(request.POST.get("in_annex"))
    whole = _named(FullText(blocks) if inside else FullText(annexes=(annex,)))
    try:
        rows = _rows(request, whole.body if inside else whole.annexes[0].body)
    except Refused:
        # The table is pasted all the same; who asks for its rows is told why there are none.
        rows = None
    return JsonResponse({"html": write_full_html(whole), "rows": rows})


@require_POST
def task_table(request: MemberRequest) -> JsonResponse:
    """What each row of a `table` (HTML of the editor) would be as a task, and what has to be decided first."""
    return JsonResponse({"rows": _rows(request, read_html(request.POST.get("table", "")[:LONGEST_PASTE]))})


def _rows(request: MemberRequest, blocks: tuple[Block, ...]) -> list[dict[str, Any]]:
    """The first table among the blocks row by row."""
    directory = directory_for(request)
    table = next((block for block, _above in walk(blocks) if block.kind is BlockKind.TABLE), None)
    return [_row(proposed) for proposed in proposed_tasks(table, directory, CLOCK.today())] if table else []


def _named(text: FullText) -> FullText:
    """The text with an id for each block, by which the editor finds the row that was read."""
    return Document(type="CV", profile="HD05", body=text.body, annexes=text.annexes).with_ids().full_text


def _blocks(request: MemberRequest) -> tuple[Block, ...]:
    html = request.POST.get("html", "")[:LONGEST_PASTE]
    if html:
        return read_pasted(html)
    table = read_text_table(request.POST.get("text", "")[:LONGEST_PASTE])
    return (table,) if table else ()


def _row(proposed: ProposedTask) -> dict[str, Any]:
    return {
        "id": proposed.task.row.id,
        "number": proposed.task.number,
        "words": proposed.task.content,
        "units": [
            {"words": unit.words, "role": role, "target": target_of(unit.meaning) if unit.meaning else None}
            for unit, role in proposed.units
        ],
        "deadline": proposed.deadline.iso,
        "timing": proposed.deadline.timing,
        "says": proposed.deadline.says,
        "product": proposed.product or None,
        "receiver": proposed.receiver or None,
        "faults": [
            {
                "words": fault.words,
                "offers": [{"label": offer.label, "change": offer.change} for offer in fault.offers],
                "asks": fault.asks,
                "unit": fault.unit,
            }
            for fault in proposed.faults
        ],
    }
