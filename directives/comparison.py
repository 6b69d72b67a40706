"""What changed between two rounds of a directive: passage by passage, word by word."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

from directives.blocks import Block, walk
from directives.document import Document, Signature

_WORDS = re.compile(r"\w+|\s+|[^\w\s]")
# Less in common than this, and two passages in one place are not the same one reworded.
_STILL_THE_SAME = 0.35


class Change(StrEnum):
    """What became of a passage, or of words within it."""

    SAME = "same"
    ADDED = "added"
    REMOVED = "removed"
    REWORDED = "reworded"
    MOVED = "moved"


class Part(StrEnum):
    """The part of the paper in which a passage stands, in the order of the page."""

    HEAD = "head"
    ADDRESSEES = "addressees"
    BODY = "body"
    DISTRIBUTION = "distribution"
    SIGNATURE = "signature"
    ANNEX = "annex"
    ENCLOSURES = "enclosures"


@dataclass(frozen=True, slots=True)
class Piece:
    """Words that are in both texts, only in the later (added) or only in the earlier one (removed)."""

    text: str
    change: Change


@dataclass(frozen=True, slots=True)
class Passage:
    """One line, paragraph or row of either text; `level` is how deep it stands in the body, from 0."""

    part: Part
    change: Change
    pieces: tuple[Piece, ...]
    level: int = 0


@dataclass(frozen=True, slots=True)
class _Entry:
    """A passage of one text; two entries with the same key are the same passage."""

    key: str
    text: str
    level: int = 0


def compare(before: Document, after: Document) -> list[Passage]:
    """Return the passages of both texts in the order of the later one; what was removed stands where it was."""
    earlier, later = _parts(before), _parts(after)
    return [passage for part in earlier for passage in _compared(part, earlier[part], later[part])]


def compare_enclosed(before: Iterable[Sequence[str]], after: Iterable[Sequence[str]]) -> list[Passage]:
    """Return the same of what goes with the paper: name and SHA-256 of each file; another file may have an old name."""

    def entries(enclosed: Iterable[Sequence[str]]) -> list[_Entry]:
        return [_Entry(sha256 + name, f"{name} · {sha256[:8]}") for name, sha256 in enclosed]

    return list(_compared(Part.ENCLOSURES, entries(before), entries(after)))


def changed_only(passages: Iterable[Passage]) -> list[Passage]:
    """Return the passages that are not the same in both texts."""
    return [passage for passage in passages if passage.change is not Change.SAME]


def _parts(document: Document) -> dict[Part, list[_Entry]]:
    head = [document.author_line, document.subject.printed, document.meeting_note, document.urgency]
    signatures = [document.second_signature, document.signature, document.confirmation]
    distribution = [document.distribution_heading, *(line.printed for line in document.distribution)]
    file = document.text_file
    head.append(f"{file.name} · {file.sha256[:8]}" if file else None)
    texts: dict[Part, list[str | None]] = {
        Part.HEAD: [*head, document.circulation, *document.grounds, document.enacting_line],
        Part.ADDRESSEES: [addressee.text for addressee in document.addressees],
        Part.DISTRIBUTION: [document.dissemination, *distribution],
        Part.SIGNATURE: [line for signature in signatures for line in _signature_lines(signature)],
    }
    entries = {part: [_Entry(text, text) for text in lines if text] for part, lines in texts.items()}
    annexes = [
        entry for annex in document.annexes for entry in (_Entry(annex.title, annex.title), *_blocks(annex.body))
    ]
    every = {**entries, Part.BODY: list(_blocks(document.body)), Part.ANNEX: annexes}
    return {part: every[part] for part in Part if part in every}


def _signature_lines(signature: Signature | None) -> Iterator[str | None]:
    if signature is not None:
        yield from (line.text for line in signature.lines)
        yield signature.signer


def _blocks(blocks: Sequence[Block]) -> Iterator[_Entry]:
    for block, ancestors in walk(blocks):
        if block.line:
            yield _Entry(block.id or block.line, block.line, len(ancestors))


def _compared(part: Part, before: Sequence[_Entry], after: Sequence[_Entry]) -> Iterator[Passage]:
    """Walk both texts; an entry that the later one has elsewhere is shown there, as moved."""
    earlier = {entry.key: entry for entry in before}
    stays = {entry.key for entry in after}
    matcher = SequenceMatcher(None, [entry.key for entry in before], [entry.key for entry in after], autojunk=False)
    for tag, from_before, to_before, from_after, to_after in matcher.get_opcodes():
        old = [entry for entry in before[from_before:to_before] if tag == "equal" or entry.key not in stays]
        for entry in after[from_after:to_after]:
            if tag == "equal":
                yield _passage(part, earlier[entry.key], entry)
            elif entry.key in earlier:
                yield _passage(part, earlier[entry.key], entry, moved=True)
            elif old and _is_like(old[0], entry):
                yield _passage(part, old.pop(0), entry)
            else:
                yield Passage(part, Change.ADDED, (Piece(entry.text, Change.ADDED),), entry.level)
        if tag != "equal":
            for entry in old:
                yield Passage(part, Change.REMOVED, (Piece(entry.text, Change.REMOVED),), entry.level)


def _passage(part: Part, before: _Entry, after: _Entry, *, moved: bool = False) -> Passage:
    if before.text == after.text:
        change = Change.MOVED if moved else Change.SAME
        return Passage(part, change, (Piece(after.text, Change.SAME),), after.level)
    return Passage(part, Change.REWORDED, tuple(_words(before.text, after.text)), after.level)


def _is_like(before: _Entry, after: _Entry) -> bool:
    return _matcher(before.text, after.text).ratio() >= _STILL_THE_SAME


def _words(before: str, after: str) -> Iterator[Piece]:
    old, new = _WORDS.findall(before), _WORDS.findall(after)
    for tag, from_old, to_old, from_new, to_new in _matcher(before, after).get_opcodes():
        removed, added = "".join(old[from_old:to_old]), "".join(new[from_new:to_new])
        if tag == "equal":
            yield Piece(added, Change.SAME)
            continue
        if removed:
            yield Piece(removed, Change.REMOVED)
        if added:
            yield Piece(added, Change.ADDED)


def _matcher(before: str, after: str) -> SequenceMatcher[str]:
    return SequenceMatcher(None, _WORDS.findall(before), _WORDS.findall(after), autojunk=False)
