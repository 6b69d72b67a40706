"""The form "Giao việc và nơi nhận": whom each line means, and how each item is followed."""

from __future__ import annotations

import dataclasses
import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from directives.addressing import FollowItems, addressed
from directives.document import Addressee, Block, BlockKind, DistributionLine, Document, Follow, Target
from directives.forms.deadlines import (
    DEADLINE_FIELDS,
    NamedDeadline,
    deadline_fields,
    deadline_of,
    faults,
    named_in,
)
from directives.forms.names import Bodies, NamesField, names_of
from directives.forms.pressing import PressForm
from directives.item_places import ItemPlace, item_places
from directives.line_notes import LineNote, notes_on
from directives.models import Directive
from directives.recipients import followers_of
from orgs.models import Person

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
    note: LineNote


@dataclasses.dataclass(frozen=True, slots=True)
class ItemCard:
    """An item of the text and the fields that say how it is followed."""

    id: str
    marker: str
    text: str
    depth: int
    follow: forms.BoundField
    lead: forms.BoundField
    coordinating: forms.BoundField
    informed: forms.BoundField
    units: forms.BoundField
    due: forms.BoundField
    day: forms.BoundField
    hour: forms.BoundField
    days: forms.BoundField
    on: forms.BoundField
    product: forms.BoundField
    receiver: forms.BoundField
    monitor: forms.BoundField
    named: list[NamedDeadline]


class RecipientsForm(PressForm):
    """One group of fields for each line and each item of a draft; fields are named after them, not by place."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, directive: Directive, day: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.document = directive.under_head_of(day)
        self.day = day
        self.bodies = Bodies(directive.issuer, day)
        named = {block.monitor for block, _ancestors in self.document.walk() if block.monitor}
        followers = followers_of([directive.issuer_id], day) | Person.objects.filter(username__in=named)
        self.followers = [("", _("Nobody in particular")), *followers.values_list("username", "full_name")]
        self.initial["version"] = directive.version
        self._notes = notes_on(self.document, directive.issuer, day, self.bodies.directory)
        guess = addressed(self.document, self.bodies.directory, FollowItems.NAMED).document
        self._to, self._copies = (
            _line_names("to", self.document.addressees),
            _line_names("copy", self.document.distribution),
        )
        self._add_lines(guess)
        guessed = {block.id: block for block, _ancestors in guess.walk()}
        for item in self._items():
            self._add_item(item.block.id or "", guessed[item.block.id])

    @property
    def addressee_cards(self) -> list[LineCard]:
        """The addressees in the order of the page."""
        lines = zip(self._to, self.document.addressees, self._notes.addressees, strict=True)
        return [self._line_card(*line) for line in lines]

    @property
    def distribution_cards(self) -> list[LineCard]:
        """The distribution lines that may mean a body: neither "như trên" nor the archive."""
        lines = zip(self._copies, self.document.distribution, self._notes.distribution, strict=True)
        return [self._line_card(*line) for line in lines if line[0] in self.fields]

    @property
    def reach(self) -> str:
        """How many bodies the paper would be sent to as it is on record."""
        return self._notes.reach

    @property
    def item_cards(self) -> list[ItemCard]:
        """The items in the order of the page."""
        return [
            ItemCard(
                item.block.id or "",
                item.marker if item.block.kind is BlockKind.ROW else item.block.marker or "",
                item.words,
                len(item.ancestors),
                named=named_in(item.block, self.day),
                **{name: self[f"{name}-{item.block.id}"] for name in ITEM_FIELDS},
            )
            for item in self._items()
        ]

    def completed(self) -> Document:
        """The document with everything that was chosen; for a valid form."""
        facts = self.cleaned_data
        return dataclasses.replace(
            self.document.with_each_block(self._completed_block),
            addressees=tuple(
                dataclasses.replace(line, targets=facts[name])
                for name, line in zip(self._to, self.document.addressees, strict=True)
            ),
            distribution=tuple(
                dataclasses.replace(line, targets=facts[name]) if name in facts else line
                for name, line in zip(self._copies, self.document.distribution, strict=True)
            ),
        )

    def clean(self) -> dict[str, Any]:
        """The boxes of each deadline go together."""
        facts: dict[str, Any] = super().clean() or {}
        for item in self._items():
            said = {name: facts.get(f"{name}-{item.block.id}") for name in DEADLINE_FIELDS}
            for name, words in faults(said):
                if f"{name}-{item.block.id}" not in self.errors:
                    self.add_error(f"{name}-{item.block.id}", words)
        return facts

    def _add_lines(self, guess: Document) -> None:
        """A field for each line with whom it seems to mean; addressees are offered also when bodies share a name."""
        for name, line, seems in zip(self._to, self.document.addressees, guess.addressees, strict=True):
            meanings = () if seems.targets else self.bodies.directory.suggest(line.text).meanings
            self._add_line(name, line, seems.targets or tuple(Target(each.kind, each.code) for each in meanings))
        for name, entry, means in zip(self._copies, self.document.distribution, guess.distribution, strict=True):
            if not (entry.archive or entry.same_as_addressees):
                self._add_line(name, entry, means.targets)

    def _items(self) -> Iterator[ItemPlace]:
        """Items, rows of tables of tasks, and what else is followed already."""
        for item in item_places(self.document):
            if item.block.kind is BlockKind.ITEM or item.is_task_row or item.block.follow in {Follow.TASK, Follow.EACH}:
                yield item

    def _add_line(self, name: str, line: Addressee | DistributionLine, guess: Iterable[Target]) -> None:
        self.fields[name] = NamesField(
            self.bodies, label=line.text, initial=names_of(self.bodies, line.targets or guess)
        )

    def _add_item(self, block_id: str, block: Block) -> None:
        led = block.follow == Follow.TASK
        parts = {
            role: names_of(self.bodies, [target for target in block.targets if (target.role or "lead") == role])
            for role in ("lead", "coordinating", "informed")
        }
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
            **deadline_fields(block, self.day),
            "product": forms.CharField(label=_("Product"), required=False, max_length=300, initial=block.product or ""),
            "receiver": forms.CharField(
                label=_("Who takes the product"), required=False, max_length=200, initial=block.receiving_level or ""
            ),
            "monitor": forms.ChoiceField(
                label=_("Followed by"), required=False, choices=self.followers, initial=block.monitor or ""
            ),
        }
        for name, field in made.items():
            self.fields[f"{name}-{block_id}"] = field

    def _line_card(self, name: str, line: Addressee | DistributionLine, note: LineNote) -> LineCard:
        field = self[name]
        return LineCard(line.text, field, guessed=not line.targets and bool(field.initial), note=note)

    def _completed_block(self, block: Block) -> Block:
        if f"follow-{block.id}" not in self.fields:
            return block
        facts = {name: self.cleaned_data[f"{name}-{block.id}"] for name in ITEM_FIELDS}
        follow = Follow(facts["follow"] or Follow.GUIDANCE)
        deadline, timing = deadline_of(facts)
        return dataclasses.replace(
            block,
            follow=follow,
            targets=_parts(facts) if follow == Follow.TASK else facts["units"],
            deadline=deadline,
            timing=timing,
            product=facts["product"] or None,
            receiving_level=facts["receiver"] or None,
            monitor=facts["monitor"] or None,
        )


NAMES_OF_UNITS = ("lead", "coordinating", "informed", "units")
ITEM_FIELDS = ("follow", *NAMES_OF_UNITS, *DEADLINE_FIELDS, "product", "receiver", "monitor")


def _line_names(kind: str, lines: Iterable[Addressee | DistributionLine]) -> list[str]:
    """Names that stay with the words of the lines, so that what was typed finds its line after a conflict.

    Of lines with the same words the second has its count.
    """
    met: Counter[str] = Counter()
    names = []
    for line in lines:
        words = hashlib.sha256(line.text.encode()).hexdigest()[:12]
        met[words] += 1
        names.append(f"{kind}-{words}" if met[words] == 1 else f"{kind}-{words}-{met[words]}")
    return names


def _parts(facts: dict[str, Any]) -> tuple[Target, ...]:
    """The units of a task with their roles; a unit that stands in two boxes keeps the weightier role."""
    parts: dict[tuple[str, str], Target] = {}
    for role in ("lead", "coordinating", "informed"):
        for target in facts[role]:
            parts.setdefault((target.kind, target.code), dataclasses.replace(target, role=role))
    return tuple(parts.values())
