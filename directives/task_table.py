"""A table of tasks read row by row: who leads and who coordinates, until when, and what a person must decide first.

Nothing here is assigned: each row says what it would be, each fault what may be chosen.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from directives.blocks import Block
from directives.deadline_cells import CellDeadline, read_deadline
from directives.editor_html import LONGEST_PRODUCT, LONGEST_RECEIVER
from directives.task_columns import Column, TaskRow, task_rows
from directives.task_units import NamedUnit, Standing, units_in
from orgs.directory import Directory, Meaning

LEAD, COORDINATING = "lead", "coordinating"


@dataclass(frozen=True, slots=True)
class Offer:
    """One answer to a fault: its words, and the facts of the row that it changes."""

    label: str
    change: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Fault:
    """What has to be decided before the row is a task; `asks` a body or a day to be named where no offer fits."""

    words: str
    offers: tuple[Offer, ...] = ()
    asks: str = ""
    unit: int | None = None


@dataclass(slots=True)
class ProposedTask:
    """What a row would be as a task, and what stands in the way."""

    task: TaskRow
    units: list[tuple[NamedUnit, str]]
    deadline: CellDeadline
    faults: list[Fault] = field(default_factory=list)

    @property
    def product(self) -> str:
        """What the task must bring, on one line."""
        return self._line(Column.PRODUCT)[:LONGEST_PRODUCT]

    @property
    def receiver(self) -> str:
        """Who takes the product, on one line."""
        return self._line(Column.RECEIVING)[:LONGEST_RECEIVER]

    def _line(self, column: Column) -> str:
        return " ".join(self.task.said.get(column, "").split())


def proposed_tasks(table: Block, directory: Directory, today: date) -> list[ProposedTask]:
    """What each task of the table would be, in the order of the rows."""
    return [_proposed(task, directory, today) for task in task_rows(table)]


def _proposed(task: TaskRow, directory: Directory, today: date) -> ProposedTask:
    leading, others = units_in(task.said[Column.LEAD], directory)
    others += [unit for group in units_in(task.said.get(Column.COORDINATING, ""), directory) for unit in group]
    units = [*((unit, LEAD) for unit in leading), *((unit, COORDINATING) for unit in others)]
    proposed = ProposedTask(task, units, read_deadline(task.said.get(Column.DEADLINE, ""), today))
    proposed.faults = [
        *_faults_of_leads(leading),
        *_faults_of_units(units),
        *_faults_of_deadline(task, proposed.deadline),
    ]
    return proposed


def _faults_of_leads(leading: list[NamedUnit]) -> Iterator[Fault]:
    groups = [unit for unit in leading if unit.meaning and unit.meaning.kind != "organization"]
    if not leading:
        offer = Offer(_("Not a task"), {"follow": "guidance"})
        yield Fault(_("No unit leads."), (offer,), asks=LEAD)
    elif groups:
        words = _("“%(name)s” is a group: a group does not lead.") % {"name": groups[0].words}
        yield Fault(words, (Offer(_("Each unit carries it out"), {"follow": "each"}),))
    elif len(leading) > 1:
        names = [unit.words for unit in leading]
        words = _("%(count)s units lead: %(names)s. One task has one lead.")
        offer = Offer(_("%(name)s leads, the others coordinate") % {"name": names[0]}, {"leads": 1})
        yield Fault(words % {"count": f"{len(names):02}", "names": "; ".join(names)}, (offer,))


def _faults_of_units(units: Iterable[tuple[NamedUnit, str]]) -> Iterator[Fault]:
    for place, (unit, role) in enumerate(units):
        if unit.standing is Standing.CLEAR:
            continue
        offers = [Offer(meaning.name, {"target": target_of(meaning)}) for meaning in unit.meanings]
        if role == COORDINATING and not offers:
            offers.append(Offer(_("Leave it as words"), {"target": None}))
        yield Fault(_words_of(unit), tuple(offers), asks="unit", unit=place)


def _words_of(unit: NamedUnit) -> str:
    if unit.ended_on:
        facts = {"name": unit.ended_name, "day": f"{unit.ended_on:%d/%m/%Y}"}
        return _("%(name)s ended on %(day)s; choose its successor.") % facts
    if unit.standing is Standing.SHORT:
        words = _("“%(name)s” is not the full name of a body.")
    elif unit.standing is Standing.SHARED:
        words = _("“%(name)s” may mean several bodies.")
    else:
        words = _("“%(name)s” is not in the directory of bodies.")
    return words % {"name": unit.words}


def _faults_of_deadline(task: TaskRow, deadline: CellDeadline) -> Iterator[Fault]:
    if deadline.is_clear:
        return
    offers = [Offer(words, {"deadline": day, "says": words}) for day, words in _days(deadline.offers)]
    offers.append(Offer(_("No deadline"), {"deadline": None, "says": ""}))
    facts = {"words": " ".join(task.said[Column.DEADLINE].split())}
    if deadline.is_impossible:
        words = _("“%(words)s” is a day that does not exist.")
    elif deadline.offers:
        words = _("“%(words)s” is not one day; choose the day.")
    else:
        words = _("“%(words)s” is not a day.")
    yield Fault(words % facts, tuple(offers), asks="day")


def _days(offered: Iterable[str]) -> Iterator[tuple[str, str]]:
    return ((day, f"{date.fromisoformat(day):%d/%m/%Y}") for day in offered)


def target_of(meaning: Meaning) -> dict[str, str]:
    """A body as the browser holds it."""
    return {"kind": meaning.kind, "code": meaning.code, "name": meaning.name}
