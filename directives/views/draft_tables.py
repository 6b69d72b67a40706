"""What the editor asks for about tables: what was pasted as blocks, and the rows of a table as tasks."""

from __future__ import annotations

from typing import Any

from django.http import JsonResponse
from django.views.decorators.http import require_POST

from directives.annexes import FullText
from directives.blocks import Block, BlockKind
from directives.editor_annexes import write_full_html
from directives.editor_html import read_html
from directives.editor_paste import read_pasted
from directives.pasted_tables import annex_of, read_text_table
from directives.task_table import ProposedTask, proposed_tasks, target_of
from directives.views.draft_aids import LONGEST_PASTE, directory_for, only_drafters
from orgs.clock import CLOCK
from orgs.requests import MemberRequest


@require_POST
def pasted(request: MemberRequest) -> JsonResponse:
    """The clipboard (`html`, else `text`) as blocks of the editor; a table of tasks as an annex, but not `in_annex`."""
    only_drafters(request)
    blocks = _blocks(request)
    annex = annex_of(blocks)
    whole = FullText(annexes=(annex,)) if annex and not request.POST.get("in_annex") else FullText(blocks)
    return JsonResponse({"html": write_full_html(whole), "tasks": annex is not None})


@require_POST
def task_table(request: MemberRequest) -> JsonResponse:
    """What each row of a `table` (HTML of the editor) would be as a task, and what has to be decided first."""
    directory = directory_for(request)
    blocks = read_html(request.POST.get("table", "")[:LONGEST_PASTE])
    table = next((block for block in blocks if block.kind is BlockKind.TABLE), None)
    tasks = proposed_tasks(table, directory, CLOCK.today()) if table else []
    return JsonResponse({"rows": [_row(proposed) for proposed in tasks]})


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
