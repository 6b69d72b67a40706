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
from directives.forms.deadlines import DEADLINE_FIELDS, deadline_fields, deadline_of, faults
from directives.forms.names import Bodies, NamesField, names_of
from directives.forms.pressing import PressForm
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
        self._guess = addressed(self.document, self.bodies.directory, FollowItems.NAMED).document
        for line, guess in self._lines_with_guesses():
            self._add_line(line, guess)
        guessed = {block.id: block for block, _ancestors in self._guess.walk()}
        for block, _depth in self._items():
            self._add_item(block.id or "", guessed[block.id])

    @property
    def addressee_cards(self) -> list[LineCard]:
        """The addressees in the order of the page."""
        lines = zip(self.document.addressees, self._notes.addressees, strict=True)
        return [self._line_card(line, note) for line, note in lines]

    @property
    def distribution_cards(self) -> list[LineCard]:
        """The distribution lines that may mean a body: neither "như trên" nor the archive."""
        lines = zip(self.document.distribution, self._notes.distribution, strict=True)
        return [self._line_card(line, note) for line, note in lines if _means_somebody(line)]

    @property
    def reach(self) -> str:
        """How many bodies the paper would be sent to as it is on record."""
        return self._notes.reach

    @property
    def item_cards(self) -> list[ItemCard]:
        """The items in the order of the page."""
        return [
            ItemCard(
                block.id or "",
                block.marker or "",
                block.text,
                depth,
                *(self[f"{name}-{block.id}"] for name in ITEM_FIELDS),
            )
            for block, depth in self._items()
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
        )

    def clean(self) -> dict[str, Any]:
        """The boxes of each deadline go together."""
        facts: dict[str, Any] = super().clean() or {}
        for block, _depth in self._items():
            said = {name: facts.get(f"{name}-{block.id}") for name in DEADLINE_FIELDS}
            for name, words in faults(said):
                if f"{name}-{block.id}" not in self.errors:
                    self.add_error(f"{name}-{block.id}", words)
        return facts

    def _lines_with_guesses(self) -> Iterator[tuple[Addressee | DistributionLine, tuple[Target, ...]]]:
        """Each line with whom it seems to mean; addressees are offered also when several bodies share a name."""
        for line, guess in zip(self.document.addressees, self._guess.addressees, strict=True):
            meanings = () if guess.targets else self.bodies.directory.suggest(line.text).meanings
            yield line, guess.targets or tuple(Target(each.kind, each.code) for each in meanings)
        for entry, seems in zip(self.document.distribution, self._guess.distribution, strict=True):
            if _means_somebody(entry):
                yield entry, seems.targets

    def _items(self) -> Iterator[tuple[Block, int]]:
        """Items, and paragraphs that are followed already, each with its depth."""
        for block, ancestors in self.document.walk():
            if block.kind is BlockKind.ITEM or block.follow in {Follow.TASK, Follow.EACH}:
                yield block, len(ancestors)

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

    def _line_card(self, line: Addressee | DistributionLine, note: LineNote) -> LineCard:
        field = self[_line_name(line)]
        return LineCard(line.text, field, guessed=not line.targets and bool(field.initial), note=note)

    def _completed_block(self, block: Block) -> Block:
        children = tuple(self._completed_block(child) for child in block.children)
        if f"follow-{block.id}" not in self.fields:
            return dataclasses.replace(block, children=children)
        facts = {name: self.cleaned_data[f"{name}-{block.id}"] for name in ITEM_FIELDS}
        follow = Follow(facts["follow"] or Follow.GUIDANCE)
        deadline, timing = deadline_of(facts)
        return dataclasses.replace(
            block,
            children=children,
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


def _means_somebody(line: DistributionLine) -> bool:
    return not (line.archive or line.same_as_addressees)


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
