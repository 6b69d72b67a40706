"""What one press can do about a finding: a small change of the draft that a person agrees to."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum

from directives.blocks import Block, Target
from directives.document import Addressee, DistributionLine, Document, Follow
from directives.timing import timing_of


class Remedy(StrEnum):
    """The kinds of changes."""

    ADD_RECIPIENT = "add_recipient"
    DEADLINE = "deadline"
    TIMING = "timing"
    FOLLOW = "follow"
    ONE_LEAD = "one_lead"


@dataclass(frozen=True, slots=True)
class Fix:
    """One change: `value` is what is put in at the block, `words` what the button says.

    A recipient is added by its code as `value` under its name as `name`.
    """

    remedy: Remedy
    words: str
    block: str = ""
    value: str = ""
    name: str = ""

    @property
    def key(self) -> tuple[str, str, str]:
        """What tells it from the other fixes of one text."""
        return self.remedy.value, self.block, self.value


def mended(document: Document, fix: Fix) -> Document:
    """Return the text with the change."""
    if fix.remedy == Remedy.ADD_RECIPIENT:
        return _with_recipient(document, fix)
    return document.with_each_block(lambda block: _changed(block, fix) if block.id == fix.block else block)


def _changed(block: Block, fix: Fix) -> Block:
    match fix.remedy:
        case Remedy.DEADLINE:
            return replace(block, deadline=fix.value, timing=None)
        case Remedy.TIMING:
            return replace(block, deadline=None, timing=str(timing_of(fix.value)))
        case Remedy.FOLLOW:
            return replace(block, follow=Follow(fix.value), targets=_in_parts(block.targets, Follow(fix.value)))
        case Remedy.ONE_LEAD:
            return replace(block, targets=_with_one_lead(block.targets))
        case _:
            return block


def _in_parts(targets: tuple[Target, ...], follow: Follow) -> tuple[Target, ...]:
    """A task has one lead; where each carries it out there are no parts."""
    if follow == Follow.TASK:
        return _with_one_lead(targets)
    return tuple(replace(target, role=None) for target in targets)


def _with_one_lead(targets: tuple[Target, ...]) -> tuple[Target, ...]:
    """The first that leads goes on leading; the others coordinate."""
    led, parts = False, []
    for target in targets:
        role = target.role or "lead"
        parts.append(replace(target, role="coordinating" if role == "lead" and led else role))
        led = led or role == "lead"
    return tuple(parts)


def _with_recipient(document: Document, fix: Fix) -> Document:
    target = (Target("organization", fix.value),)
    if document.addressees:
        return replace(document, addressees=(*document.addressees, Addressee(fix.name, target)))
    lines = list(document.distribution)
    before = next((place for place, line in enumerate(lines) if line.archive), len(lines))
    lines.insert(before, DistributionLine(fix.name, targets=target))
    return replace(document, distribution=tuple(lines))
