"""What changed between two rounds of a directive: passage by passage, word by word."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from enum import StrEnum

from directives.blocks import Block, walk
from directives.document import Document, Signature

_WORDS = re.compile(r"\w+|\s+|[^\w\s]")
# Less in common than this, and two passages in one place are not the same one reworded.
_STILL_THE_SAME = 0.35
# In very long texts a passage is looked for near its place only, so that the page does not wait for seconds.
_MOST_PAIRS = 4000


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
    CORRECTIONS = "corrections"


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


def compare(before: Document, after: Document, *, one_paper: bool = True) -> list[Passage]:
    """Return the passages of both texts in the order of the later one; what was removed stands where it was.

    In rounds of `one_paper` a passage is known by its id, in two papers by its words.
    """
    if not one_paper:
        before, after = _without_ids(before), _without_ids(after)
    earlier, later = _parts(before), _parts(after)
    return [passage for part in earlier for passage in _compared(part, earlier[part], later[part])]


def compare_enclosed(before: Iterable[Sequence[str]], after: Iterable[Sequence[str]]) -> list[Passage]:
    """Return the same of what goes with the paper: name and SHA-256 of each file; another file may have an old name."""

    def entries(enclosed: Iterable[Sequence[str]]) -> list[_Entry]:
        return [_Entry(sha256 + name, f"{name} · {sha256[:8]}") for name, sha256 in enclosed]

    return list(_compared(Part.ENCLOSURES, entries(before), entries(after)))


def compare_corrections(before: Iterable[str], after: Iterable[str]) -> list[Passage]:
    """Return the same of what the paper does to others, each in its words."""
    earlier, later = ([_Entry(words, words) for words in some] for some in (before, after))
    return list(_compared(Part.CORRECTIONS, earlier, later))


def changed_only(passages: Iterable[Passage]) -> list[Passage]:
    """Return the passages that are not the same in both texts."""
    return [passage for passage in passages if passage.change is not Change.SAME]


def _without_ids(document: Document) -> Document:
    return document.with_each_block(lambda block: replace(block, id=None))


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
        new = after[from_after:to_after]
        if tag == "equal":
            yield from (_passage(part, earlier[entry.key], entry) for entry in new)
            continue
        pairs = dict(_reworded(old, [None if entry.key in earlier else entry for entry in new]))
        left = 0
        for place, entry in enumerate(new):
            if entry.key in earlier:
                yield _passage(part, earlier[entry.key], entry, moved=True)
            elif place in pairs:
                yield from (_whole(part, Change.REMOVED, gone) for gone in old[left : pairs[place]])
                left = pairs[place] + 1
                yield _passage(part, old[pairs[place]], entry)
            else:
                yield _whole(part, Change.ADDED, entry)
        yield from (_whole(part, Change.REMOVED, gone) for gone in old[left:])


def _reworded(old: Sequence[_Entry], new: Sequence[_Entry | None]) -> Iterator[tuple[int, int]]:
    """Places in `new` and in `old` of the same passage reworded, in both orders; the likest pair decides first."""
    reach = _MOST_PAIRS // (max(len(old), len(new)) or 1)
    likeness = {
        (at, was): like
        for at, entry in enumerate(new)
        if entry is not None
        for was in range(max(0, at - reach), min(len(old), at + reach + 1))
        if (like := _likeness(old[was].text, entry.text)) >= _STILL_THE_SAME
    }
    while likeness:
        found = max(likeness, key=lambda pair: (likeness[pair], -pair[0], -pair[1]))
        yield found
        likeness = {
            pair: like
            for pair, like in likeness.items()
            if (pair[0] < found[0] and pair[1] < found[1]) or (pair[0] > found[0] and pair[1] > found[1])
        }


def _passage(part: Part, before: _Entry, after: _Entry, *, moved: bool = False) -> Passage:
    if before.text == after.text:
        change = Change.MOVED if moved else Change.SAME
        return Passage(part, change, (Piece(after.text, Change.SAME),), after.level)
    return Passage(part, Change.REWORDED, tuple(_words(before.text, after.text)), after.level)


def _whole(part: Part, change: Change, entry: _Entry) -> Passage:
    return Passage(part, change, (Piece(entry.text, change),), entry.level)


def _likeness(before: str, after: str) -> float:
    """How much two passages have in common, from 0 to 1; 0 as soon as it cannot be enough."""
    matcher = _matcher(before, after)
    # The cheap upper bounds first: two papers have thousands of pairs.
    if matcher.real_quick_ratio() < _STILL_THE_SAME or matcher.quick_ratio() < _STILL_THE_SAME:
        return 0
    return matcher.ratio()


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
