"""A Word file that this program wrote, perhaps edited since: its styles say which part of the paper a paragraph is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from directives.annexes import Annex, Orientation
from directives.blocks import BlockKind
from directives.document import DistributionLine, Document, Issuer, Signature
from directives.formats import profile_named
from directives.formats.profile import Profile
from directives.reading.blocks import Line, blocks_of, line_of, on_one_line, words_after
from directives.reading.parts import Paragraph, Section, Table
from directives.reading.words import (
    addressees_in,
    date_in,
    distribution_in,
    flat,
    number_in,
    place_in,
    signature_in,
    subject_in,
    type_called,
)
from directives.word_styles import Style

_OF_THE_TEXT: dict[str, BlockKind] = {
    Style.BODY: BlockKind.PARAGRAPH,
    Style.ITEM: BlockKind.ITEM,
    Style.HEADING: BlockKind.HEADING,
    Style.DIVISION: BlockKind.HEADING,
}
_OF_THE_SIGNATURE = {Style.AUTHORITY, Style.POSITION, Style.SIGNATURE_NOTE, Style.SIGNER}
_OF_THE_LIST = {Style.DISTRIBUTION_LABEL, Style.DISTRIBUTION_HEADING, Style.DISTRIBUTION}
_CELLS = {Style.CELL, Style.CELL_NARROW}
_WORDS_OF_A_TABLE = _CELLS | {Style.BLANK, "", "Normal"}


def is_own(sections: list[Section]) -> bool:
    """Whether the paragraphs bear the styles of our files."""
    return {Style.PARTY_TITLE, Style.NUMBER, Style.TYPE} & {each.style for each in _paragraphs(sections[0])} != set()


def read_own(sections: list[Section], profile_name: str) -> Document:
    """Read the paper by its styles; what a certified copy added is left out."""
    main, *annexes = sections
    profile = profile_named(profile_name)
    parts = list(_before_the_copy(main))
    lines = [each for part in parts for each in (part.paragraphs if isinstance(part, Table) else [part])]

    def first(style: Style) -> str | None:
        return next((flat(each.text) for each in lines if each.style == style and each.text.strip()), None)

    def every(style: Style) -> list[str]:
        return [each.text for each in lines if each.style == style and each.text.strip()]

    number, symbol = number_in(" ".join(every(Style.NUMBER)))
    place_date = " ".join(every(Style.PLACE_DATE))
    subject = first(Style.SUBJECT) or first(Style.LETTER_SUBJECT) or ""
    second, signature, confirmation = _signatures(parts)
    heading, distribution = _distribution(lines)
    return Document(
        type=type_called(first(Style.TYPE) or "") or "CV",
        profile=profile_name,
        issuer=Issuer(first(Style.SUPERIOR), first(Style.ISSUER), symbol),
        number=number,
        place=place_in(place_date),
        date=date_in(place_date),
        subject=subject_in(subject),
        author_line=first(Style.AUTHOR),
        meeting_note=first(Style.MEETING_NOTE),
        addressees=addressees_in(each for each in every(Style.ADDRESSEE) if not each.rstrip().endswith(":")),
        grounds=tuple(_ground(each, profile) for each in every(Style.GROUND)),
        enacting_line=first(Style.ENACTING),
        body=blocks_of(_text(parts)),
        signature=signature,
        second_signature=second,
        confirmation=confirmation,
        urgency=first(Style.URGENCY),
        circulation=first(Style.CIRCULATION),
        annexes=tuple(_annex(section) for section in annexes),
        distribution_heading=heading,
        distribution=distribution,
    )


def _paragraphs(section: Section) -> Iterator[Paragraph]:
    for part in section.parts:
        yield from part.paragraphs if isinstance(part, Table) else [part]


def _before_the_copy(section: Section) -> Iterator[Paragraph | Table]:
    for part in section.parts:
        if isinstance(part, Table) and any(each.style == Style.COPY_FORM for each in part.paragraphs):
            return
        yield part


def _text(parts: list[Paragraph | Table]) -> Iterator[Line | Table]:
    """The lines and tables of the text; tables that only hold columns side by side belong to head and foot."""
    for part in parts:
        if isinstance(part, Table):
            if all(each.style in _WORDS_OF_A_TABLE for each in part.paragraphs):
                yield part
        elif part.style in _OF_THE_TEXT and part.runs:
            yield _line(part)
        elif part.style in {"", "Normal"} and part.text.strip():
            # Somebody wrote it in Word since.
            yield line_of(part)


def _line(paragraph: Paragraph) -> Line:
    depth = max(0, (paragraph.outline or 0) - 1)
    number, broken, _name = paragraph.text.partition("\n")
    if paragraph.style == Style.DIVISION and broken:
        # The number of a part or chapter stands on a line of its own above its name.
        return Line(BlockKind.HEADING, flat(number), words_after(len(number), on_one_line(paragraph.runs)), depth)
    return line_of(paragraph, _OF_THE_TEXT[paragraph.style], depth)


def _ground(words: str, profile: Profile) -> str:
    return flat(words).removeprefix(profile.ground_mark.strip()).strip().rstrip(",;.:")


def _distribution(lines: list[Paragraph]) -> tuple[str | None, tuple[DistributionLine, ...]]:
    """The list with its sub-heads: the first stands over the whole list, a later one with the line that follows it."""
    heading: str | None = None
    waiting: str | None = None
    written: list[str] = []
    heads: dict[int, str] = {}
    for each in lines:
        if each.style == Style.DISTRIBUTION_HEADING and not written:
            heading = flat(each.text)
        elif each.style == Style.DISTRIBUTION_HEADING:
            waiting = flat(each.text)
        elif each.style == Style.DISTRIBUTION and each.text.strip():
            if waiting:
                heads[len(written)], waiting = waiting, None
            written.append(each.text)
    read = [*distribution_in(written)]
    for place, words in heads.items():
        read[place] = replace(read[place], heading=words)
    return heading, tuple(read)


def _signatures(parts: list[Paragraph | Table]) -> tuple[Signature | None, Signature | None, Signature | None]:
    """The second signature, the signature and the confirmation, by the places of their cells in the foot."""
    feet = [part for part in parts if isinstance(part, Table) and _styles(part) & (_OF_THE_SIGNATURE | _OF_THE_LIST)]
    cells = {
        (at, column): cell.paragraphs
        for foot in feet[:1]
        for at, row in enumerate(foot.rows)
        for column, cell in enumerate(row)
    }
    signatures = [_signature(cells.get(place, ())) for place in ((0, 0), (0, 1), (1, 1))]
    return signatures[0], signatures[1], signatures[2]


def _styles(table: Table) -> set[str]:
    return {each.style for each in table.paragraphs}


def _signature(paragraphs: Iterable[Paragraph]) -> Signature | None:
    signed = [each for each in paragraphs if each.style in _OF_THE_SIGNATURE and each.text.strip()]
    lines = [each.text for each in signed if each.style != Style.SIGNER]
    names = [each.text for each in signed if each.style == Style.SIGNER]
    return signature_in(lines, names, [each.text for each in signed if each.style == Style.SIGNATURE_NOTE])


def _annex(section: Section) -> Annex:
    title = next((each.text for each in _paragraphs(section) if each.style == Style.ANNEX_TITLE), "")
    orientation: Orientation = "landscape" if section.landscape else "portrait"
    return Annex(flat(title), blocks_of(_text(list(section.parts))), orientation)
