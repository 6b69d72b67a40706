"""A letter written in Word by anybody: its words and their places on the page say which part a paragraph is."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from directives.blocks import BlockKind
from directives.document import Document, Issuer, Subject
from directives.reading.blocks import Line, blocks_of, line_of, without_bold
from directives.reading.parts import Paragraph, Section, Table
from directives.reading.words import (
    addressees_in,
    date_in,
    distribution_in,
    flat,
    is_authority,
    number_in,
    place_in,
    signature_in,
    subject_in,
    type_called,
)

_TITLES = ("ĐẢNG CỘNG SẢN VIỆT NAM", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "CỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM")
_MOTTO = "độc lập - tự do - hạnh phúc"
_RULE = re.compile(r"[-–—_*=.\s]*")
_KINH_GUI = re.compile(r"^kính (?:gửi|trình)\s*:?\s*", re.IGNORECASE)
_NOI_NHAN = re.compile(r"^nơi nhận\s*:?\s*", re.IGNORECASE)
_LETTER_SUBJECT = re.compile(r"^(?:V/v|Về việc)\s")
_LONGEST_HEAD_LINE = 150


@dataclass(slots=True)
class _Found:
    """The lines of each part of the paper, as far as it was read."""

    head: list[str] = field(default_factory=list)
    titles: list[str] = field(default_factory=list)
    addressees: list[str] = field(default_factory=list)
    text: list[Line | Table] = field(default_factory=list)
    distribution: list[str] = field(default_factory=list)
    signature: list[str] = field(default_factory=list)


def read_plain(sections: list[Section], profile_name: str) -> Document:
    """Read the paper by its words; what is not recognised stays in the text."""
    found = _Found()
    parts = [part for section in sections for part in section.parts]
    feet = [at for at, part in enumerate(parts) if _is_foot(part)]
    foot = feet[-1] if feet else len(parts)
    rest = _read_head(parts[:foot], found)
    found.text = list(_text(rest))
    _read_foot(parts[foot:], found)
    return _document(found, profile_name)


def _document(found: _Found, profile_name: str) -> Document:
    number, symbol = next((read for read in map(number_in, found.head) if read[1]), (None, None))
    places = [line for line in found.head if place_in(line)]
    bodies = [flat(line) for line in found.head if _is_body(line)]
    type_code = next((code for code in map(type_called, found.titles) if code), None)
    below = [line for line in found.titles if not type_called(line)]
    author = next((line for line in below if line.lower().startswith("của ")), None)
    subject = [line for line in below if line != author]
    subject = subject or list(_letter_subject(found.head))
    return Document(
        type=type_code or "CV",
        profile=profile_name,
        issuer=Issuer(bodies[0] if len(bodies) > 1 else None, bodies[-1] if bodies else None, symbol),
        number=number,
        place=place_in(places[0]) if places else None,
        date=date_in(places[0]) if places else None,
        subject=subject_in(" ".join(subject)) if subject else Subject(),
        author_line=author and flat(author),
        addressees=addressees_in(found.addressees),
        body=blocks_of(found.text),
        distribution=distribution_in(found.distribution),
        signature=signature_in(found.signature[:-1], found.signature[-1:]) if found.signature else None,
    )


def _letter_subject(head: list[str]) -> Iterator[str]:
    """The subject under the number, as far as the next line of the head that is something else."""
    begins = next((at for at, line in enumerate(head) if _LETTER_SUBJECT.match(line)), len(head))
    yield from head[begins : begins + 1]
    for line in head[begins + 1 :]:
        if _is_body(line) or _is_title(line) or place_in(line) or number_in(line)[1]:
            return
        yield line


def _read_head(parts: list[Paragraph | Table], found: _Found) -> list[Paragraph | Table]:
    """Take the head, the titles and the addressees from the front; what is left is the text."""
    rest = list(parts)
    while rest and (_is_head(rest[0]) or _is_blank(rest[0])):
        found.head += [line for line in _lines(rest.pop(0)) if not _RULE.fullmatch(line)]
    while rest and not _is_blank(rest[0]) and not isinstance(rest[0], Table) and type_called(rest[0].text):
        found.titles.append(flat(rest[0].text))
        del rest[0]
        _read_titles(rest, found)
    _read_addressees(rest, found)
    return rest


def _read_titles(rest: list[Paragraph | Table], found: _Found) -> None:
    """The lines in the middle under the name of the type, as far as a rule or the text."""
    while rest and isinstance(rest[0], Paragraph):
        part = rest[0]
        words = flat(part.text)
        if words and (not part.centred or _KINH_GUI.match(words)):
            return
        del rest[0]
        if words and _RULE.fullmatch(words):
            return
        if words:
            found.titles.append(words)


def _read_addressees(rest: list[Paragraph | Table], found: _Found) -> None:
    while rest and _is_blank(rest[0]):
        del rest[0]
    if not rest or not _KINH_GUI.match(_first_line(rest[0])):
        return
    first = rest.pop(0)
    lines = list(_lines(first))
    found.addressees = [words for words in (_KINH_GUI.sub("", line) for line in lines) if words]
    several = not found.addressees or isinstance(first, Table)
    while rest and isinstance(rest[0], Paragraph) and not isinstance(first, Table):
        line = rest[0].line
        if line and not (line.startswith(("-", "–")) and (several or found.addressees)):
            return
        del rest[0]
        if line:
            found.addressees.append(line)
        elif found.addressees:
            return


def _read_foot(parts: list[Paragraph | Table], found: _Found) -> None:
    """The list and the signature, side by side in a table or one under the other."""
    in_list = False
    for part in parts:
        for column in _columns(part):
            for line in column:
                if _NOI_NHAN.match(line):
                    in_list = True
                elif in_list and (line.startswith(("-", "–", "+")) or line.lower().startswith(("như ", "lưu"))):
                    found.distribution.append(line)
                elif not _RULE.fullmatch(line):
                    in_list = False
                    found.signature.append(line)


def _columns(part: Paragraph | Table) -> Iterator[list[str]]:
    if isinstance(part, Paragraph):
        yield [line for line in _lines(part) if line]
        return
    width = max(len(row) for row in part.rows)
    for column in range(width):
        yield [
            line
            for row in part.rows
            if column < len(row)
            for each in row[column].paragraphs
            for line in _lines(each)
            if line
        ]


def _text(parts: Iterable[Paragraph | Table]) -> Iterator[Line | Table]:
    for part in parts:
        if isinstance(part, Table):
            yield part
        elif part.text.strip():
            if part.outline is not None or _is_heading(part):
                yield without_bold(line_of(part, BlockKind.HEADING, part.outline or 0))
            else:
                yield line_of(part)


def _is_heading(part: Paragraph) -> bool:
    """A short line that is bold from end to end and is no sentence."""
    words = flat(part.text)
    bold = all(run.bold for run in part.runs if run.text.strip())
    return bold and len(words) < _LONGEST_HEAD_LINE and not words.endswith((".", ";", ":"))


def _is_head(part: Paragraph | Table) -> bool:
    lines = [line for line in _lines(part) if line]
    if isinstance(part, Table):
        return any(map(_is_title, lines))
    words = " ".join(lines)
    if type_called(words) or _KINH_GUI.match(words):
        return False
    known = _is_title(words) or bool(_LETTER_SUBJECT.match(words))
    return known or _is_body(words) or bool(number_in(words)[1] and len(words) < 60) or bool(place_in(words))


def _is_body(line: str) -> bool:
    """A line in capitals that is neither the title of the Party nor a number."""
    words = flat(line)
    letters = [letter for letter in words if letter.isalpha()]
    return len(letters) > 5 and words == words.upper() and not _is_title(words) and not number_in(words)[1]


def _is_title(line: str) -> bool:
    """The line that stands on the right of every head, or the motto beneath it."""
    return any(title in line.upper() for title in _TITLES) or _MOTTO in line.lower()


def _is_foot(part: Paragraph | Table) -> bool:
    return any(_NOI_NHAN.match(line) or is_authority(line) for line in _lines(part))


def _is_blank(part: Paragraph | Table) -> bool:
    return isinstance(part, Paragraph) and bool(_RULE.fullmatch(part.text))


def _first_line(part: Paragraph | Table) -> str:
    return next((line for line in _lines(part) if line), "")


def _lines(part: Paragraph | Table) -> Iterator[str]:
    """Every line of a paragraph, or of the cells of a table."""
    paragraphs = part.paragraphs if isinstance(part, Table) else [part]
    for each in paragraphs:
        words = f"{each.marker} {each.text}" if each.marker else each.text
        yield from (flat(line) for line in words.split("\n"))
