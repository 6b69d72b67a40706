"""Give the lines and items of a text that came from elsewhere the bodies they mean; what is not certain is reported."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable
from enum import StrEnum

from directives.document import Addressee, Block, DistributionLine, Document, Follow, Target
from orgs.directory import Directory, Match


class FollowItems(StrEnum):
    """Which orders of the text are followed: those that name their units, all of them, or none."""

    NAMED = "named"
    ALL = "all"
    NONE = "none"


@dataclasses.dataclass(frozen=True, slots=True)
class Addressed:
    """The document with its targets, and the names that mean no body, or several, in the order of the page."""

    document: Document
    unresolved: tuple[str, ...]


def addressed(document: Document, directory: Directory, follow: FollowItems) -> Addressed:
    """Fill in the targets that the directory is certain of; targets that are there already stay."""
    reader = _Reader(directory, follow)
    addressees = tuple(reader.addressee(line) for line in document.addressees)
    distribution = tuple(reader.line(line, needed=not document.addressees) for line in document.distribution)
    body = tuple(reader.block(block, None) for block in document.body)
    annexes = tuple(annex.with_body(reader.block(block, None) for block in annex.body) for annex in document.annexes)
    filled = dataclasses.replace(document, addressees=addressees, distribution=distribution, body=body, annexes=annexes)
    return Addressed(filled, tuple(dict.fromkeys(reader.unresolved)))


class _Reader:
    def __init__(self, directory: Directory, follow: FollowItems) -> None:
        self.directory = directory
        self.follow = follow
        self.unresolved: list[str] = []

    def addressee(self, line: Addressee) -> Addressee:
        if line.targets:
            return line
        return dataclasses.replace(line, targets=_targets(self._ask(line.text)))

    def line(self, line: DistributionLine, *, needed: bool) -> DistributionLine:
        if line.targets or line.archive or line.same_as_addressees:
            return line
        return dataclasses.replace(line, targets=_targets(self._ask(line.text, needed=needed)))

    def block(self, block: Block, above: tuple[Target, ...] | None) -> Block:
        """`above` are the units that the nearest ancestor names: () when nobody knows them, None without such a one."""
        if block.named_units and not block.targets and self.follow != FollowItems.NONE:
            block = dataclasses.replace(block, targets=self._led([self._ask(name) for name in block.named_units]))
        units = block.targets if block.targets or block.named_units else above
        children = tuple(self.block(child, units) for child in block.children)
        follow = self._follow(units) if block.task and block.follow is None else block.follow
        return dataclasses.replace(block, children=children, follow=follow)

    def _follow(self, units: tuple[Target, ...] | None) -> Follow:
        """Single bodies share a task; as soon as a group is named, each carries it out; guidance where nobody is."""
        if self.follow == FollowItems.NONE or (units is None and self.follow == FollowItems.NAMED):
            return Follow.GUIDANCE
        if units is None:
            return Follow.EACH
        if any(target.kind != "organization" for target in units):
            return Follow.EACH
        return Follow.TASK if units else Follow.GUIDANCE

    def _led(self, matches: Iterable[Match]) -> tuple[Target, ...]:
        """The units of an item: of single bodies the first leads and the others coordinate."""
        targets = [target for match in matches for target in _targets(match)]
        if not targets or any(target.kind != "organization" for target in targets):
            return tuple(targets)
        first, *others = targets
        coordinating = (dataclasses.replace(other, role="coordinating") for other in others)
        return (dataclasses.replace(first, role="lead"), *coordinating)

    def _ask(self, text: str, *, needed: bool = True) -> Match:
        match = self.directory.suggest(text)
        if match.certain:
            return match
        if needed:
            self.unresolved.append(text)
        return Match(text)


def _targets(match: Match) -> tuple[Target, ...]:
    return tuple(Target(meaning.kind, meaning.code) for meaning in match.meanings)
