"""The form "Giao việc và nơi nhận": whom each line means, and how each item is followed."""

from __future__ import annotations

import dataclasses
import hashlib
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from directives.addressing import FollowItems, addressed
from directives.document import Addressee, Block, BlockKind, DistributionLine, Document, Follow, Target
from directives.forms.names import Bodies, NamesField, names_of
from directives.forms.pressing import PressForm
from directives.item_places import ItemPlace, item_places
from directives.models import Directive
from orgs.forms.fields import DayField

FOLLOWED = [
    (Follow.GUIDANCE.value, _("Guidance, not followed singly")),
    (Follow.TASK.value, _("Task with one leading unit")),
    (Follow.EACH.value, _("Each unit carries it out")),
]


@dataclasses.dataclass(frozen=True, slots=True)
class LineCard:
    """A line of the paper and the field that says whom it means."""

    text: str
    field: forms.BoundField
    guessed: bool


@dataclasses.dataclass(frozen=True, slots=True)
class ItemCard:
    """An item of the text and the fields that say how it is followed."""

    marker: str
    text: str
    depth: int
    follow: forms.BoundField
    lead: forms.BoundField
    coordinating: forms.BoundField
    informed: forms.BoundField
    units: forms.BoundField
    day: forms.BoundField
    hour: forms.BoundField
    product: forms.BoundField


class RecipientsForm(PressForm):
    """One group of fields for each line and each item of a draft; fields are named after them, not by place."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, directive: Directive, day: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.document = directive.under_head_of(day)
        self.bodies = Bodies(directive.issuer, day)
        self.initial["version"] = directive.version
        self._guess = addressed(self.document, self.bodies.directory, FollowItems.NAMED).document
        for line, guess in self._lines_with_guesses():
            self._add_line(line, guess)
        guessed = {block.id: block for block, _ancestors in self._guess.walk()}
        for item in self._items():
            self._add_item(item.block.id or "", guessed[item.block.id])

    @property
    def addressee_cards(self) -> list[LineCard]:
        """The addressees in the order of the page."""
        return [self._line_card(line) for line in self.document.addressees]

    @property
    def distribution_cards(self) -> list[LineCard]:
        """The distribution lines that may mean a body: neither "như trên" nor the archive."""
        return [self._line_card(line) for line in _meaning_lines(self.document)]

    @property
    def item_cards(self) -> list[ItemCard]:
        """The items in the order of the page."""
        return [
            ItemCard(
                item.marker if item.block.kind is BlockKind.ROW else item.block.marker or "",
                item.words,
                len(item.ancestors),
                *(self[f"{name}-{item.block.id}"] for name in ITEM_FIELDS),
            )
            for item in self._items()
        ]

    def completed(self) -> Document:
        """The document with everything that was chosen; for a valid form."""
        facts = self.cleaned_data
        return dataclasses.replace(
            self.document,
            addressees=tuple(
                dataclasses.replace(line, targets=facts[_line_name(line)]) for line in self.document.addressees
            ),
            distribution=tuple(
                dataclasses.replace(line, targets=facts[_line_name(line)]) if _line_name(line) in facts else line
                for line in self.document.distribution
            ),
            body=tuple(self._completed_block(block) for block in self.document.body),
            annexes=tuple(
                annex.with_body(self._completed_block(block) for block in annex.body) for annex in self.document.annexes
            ),
        )

    def clean(self) -> dict[str, Any]:
        """An hour needs its day."""
        facts: dict[str, Any] = super().clean() or {}
        for item in self._items():
            if facts.get(f"hour-{item.block.id}") and not facts.get(f"day-{item.block.id}"):
                self.add_error(f"day-{item.block.id}", str(_("Write the day that goes with the hour.")))
        return facts

    def _lines_with_guesses(self) -> Iterator[tuple[Addressee | DistributionLine, tuple[Target, ...]]]:
        """Each line with whom it seems to mean; addressees are offered also when several bodies share a name."""
        for line, guess in zip(self.document.addressees, self._guess.addressees, strict=True):
            meanings = () if guess.targets else self.bodies.directory.suggest(line.text).meanings
            yield line, guess.targets or tuple(Target(each.kind, each.code) for each in meanings)
        for entry, seems in zip(self.document.distribution, self._guess.distribution, strict=True):
            if not (entry.archive or entry.same_as_addressees):
                yield entry, seems.targets

    def _items(self) -> Iterator[ItemPlace]:
        """Items, rows of tables of tasks, and what else is followed already."""
        for item in item_places(self.document):
            if item.block.kind is BlockKind.ITEM or item.is_task_row or item.block.follow in {Follow.TASK, Follow.EACH}:
                yield item

    def _add_line(self, line: Addressee | DistributionLine, guess: Iterable[Target]) -> None:
        self.fields[_line_name(line)] = NamesField(
            self.bodies, label=line.text, initial=names_of(self.bodies, line.targets or guess)
        )

    def _add_item(self, block_id: str, block: Block) -> None:
        led = block.follow == Follow.TASK
        parts = {
            role: names_of(self.bodies, [target for target in block.targets if (target.role or "lead") == role])
            for role in ("lead", "coordinating", "informed")
        }
        day, _t, hour = (block.deadline or "").partition("T")
        made: dict[str, forms.Field] = {
            "follow": forms.ChoiceField(
                label=_("Followed as"),
                choices=FOLLOWED,
                initial=(block.follow or Follow.GUIDANCE).value,
                widget=forms.RadioSelect,
                required=False,
            ),
            "lead": NamesField(self.bodies, label=_("Leads"), most=1, initial=parts["lead"] if led else []),
            "coordinating": NamesField(
                self.bodies, label=_("Coordinates"), initial=parts["coordinating"] if led else []
            ),
            "informed": NamesField(self.bodies, label=_("For information"), initial=parts["informed"] if led else []),
            "units": NamesField(
                self.bodies,
                label=_("Units"),
                initial=[] if led else names_of(self.bodies, block.targets),
                help_text=_("Empty: the units of the item above, otherwise every addressee."),
            ),
            "day": DayField(label=_("Deadline"), required=False, initial=date.fromisoformat(day) if day else None),
            "hour": forms.TimeField(
                label=_("Hour"),
                required=False,
                input_formats=["%H:%M", "%Hh%M", "%H giờ %M"],
                initial=hour[:5],
                widget=forms.TimeInput(format="%H:%M", attrs={"placeholder": "07:30", "class": "hour"}),
                error_messages={"invalid": _("Write the hour as 07:30.")},
            ),
            "product": forms.CharField(label=_("Product"), required=False, max_length=300, initial=block.product or ""),
        }
        for name, field in made.items():
            self.fields[f"{name}-{block_id}"] = field

    def _line_card(self, line: Addressee | DistributionLine) -> LineCard:
        field = self[_line_name(line)]
        return LineCard(line.text, field, guessed=not line.targets and bool(field.initial))

    def _completed_block(self, block: Block) -> Block:
        children = tuple(self._completed_block(child) for child in block.children)
        if f"follow-{block.id}" not in self.fields:
            return dataclasses.replace(block, children=children)
        facts = {name: self.cleaned_data[f"{name}-{block.id}"] for name in ITEM_FIELDS}
        follow = Follow(facts["follow"] or Follow.GUIDANCE)
        return dataclasses.replace(
            block,
            children=children,
            follow=follow,
            targets=_parts(facts) if follow == Follow.TASK else facts["units"],
            deadline=_deadline(facts),
            product=facts["product"] or None,
        )


ITEM_FIELDS = ("follow", "lead", "coordinating", "informed", "units", "day", "hour", "product")


def _meaning_lines(document: Document) -> list[DistributionLine]:
    return [line for line in document.distribution if not (line.archive or line.same_as_addressees)]


def _line_name(line: Addressee | DistributionLine) -> str:
    """A name that stays with the words of the line, so that what was typed finds its line after a conflict."""
    kind = "to" if isinstance(line, Addressee) else "copy"
    return f"{kind}-{hashlib.sha256(line.text.encode()).hexdigest()[:12]}"


def _parts(facts: dict[str, Any]) -> tuple[Target, ...]:
    """The units of a task with their roles; a unit that stands in two boxes keeps the weightier role."""
    parts: dict[tuple[str, str], Target] = {}
    for role in ("lead", "coordinating", "informed"):
        for target in facts[role]:
            parts.setdefault((target.kind, target.code), dataclasses.replace(target, role=role))
    return tuple(parts.values())


def _deadline(facts: dict[str, Any]) -> str | None:
    if facts["day"] is None:
        return None
    day: str = facts["day"].isoformat()
    return f"{day}T{facts['hour']:%H:%M}" if facts["hour"] else day
