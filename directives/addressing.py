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
    body = tuple(reader.block(block, under_named=False) for block in document.body)
    filled = dataclasses.replace(document, addressees=addressees, distribution=distribution, body=body)
    return Addressed(filled, tuple(dict.fromkeys(reader.unresolved)))


class _Reader:
    def __init__(self, directory: Directory, follow: FollowItems) -> None:
        self.directory = directory
        self.follow = follow
        self.unresolved: list[str] = []

    def addressee(self, line: Addressee) -> Addressee:
        if line.targets:
            return line
        return dataclasses.replace(line, targets=_targets(self._ask(line.text, needed=True)))

    def line(self, line: DistributionLine, *, needed: bool) -> DistributionLine:
        if line.targets or line.archive or line.same_as_addressees:
            return line
        return dataclasses.replace(line, targets=_targets(self._ask(line.text, needed=needed)))

    def block(self, block: Block, *, under_named: bool) -> Block:
        """`under_named`: an ancestor names units, which this item takes over when it names none itself."""
        named = under_named or bool(block.named_units) or bool(block.targets)
        children = tuple(self.block(child, under_named=named) for child in block.children)
        block = dataclasses.replace(block, children=children)
        if block.follow is not None or not block.task:
            return block
        if self.follow == FollowItems.NONE or not (named or self.follow == FollowItems.ALL):
            return dataclasses.replace(block, follow=Follow.GUIDANCE)
        if not block.named_units:
            return dataclasses.replace(block, follow=Follow.TASK if named else Follow.EACH)
        return self._led_by(block, [self._ask(name, needed=True) for name in block.named_units])

    def _led_by(self, block: Block, matches: Iterable[Match]) -> Block:
        """Single bodies: the first leads, the others coordinate. As soon as a group is named, each carries it out."""
        targets = [target for match in matches for target in _targets(match)]
        if not targets:
            return dataclasses.replace(block, follow=Follow.GUIDANCE)
        if any(target.kind != "organization" for target in targets):
            return dataclasses.replace(block, follow=Follow.EACH, targets=tuple(targets))
        first, *others = targets
        parts = [dataclasses.replace(first, role="lead")]
        parts += [dataclasses.replace(other, role="coordinating") for other in others]
        return dataclasses.replace(block, follow=Follow.TASK, targets=tuple(parts))

    def _ask(self, text: str, *, needed: bool) -> Match:
        match = self.directory.suggest(text)
        if match.certain:
            return match
        if needed:
            self.unresolved.append(text)
        return Match(text)


def _targets(match: Match) -> tuple[Target, ...]:
    return tuple(Target(meaning.kind, meaning.code) for meaning in match.meanings)
