"""What stands on the printed page of a directive, part by part: words, marks and styles, no sizes."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from directives.blocks import walk
from directives.document import Block, BlockKind, Document, Run, Signature
from directives.formats import Profile
from directives.formats.wording import date_text

# Component 1; constant on every page, so a misspelt captured title never reaches paper.
PARTY_TITLE = "ĐẢNG CỘNG SẢN VIỆT NAM"
# Stands under the issuing body, where state papers carry a rule (ô 2b).
ISSUER_MARK = "*"
_PETITION = "TTr"
_DIVISIONS = ("Phần", "Chương", "Mục")
_LIST_MARKS = (",", ";", ".")
# About nine tenths of a full line of 14 pt; a closing paragraph below it may fill only one line.
_ONE_LINE = 80


class Variant(StrEnum):
    """What the page is for: the final copy, or the print for the signer's pen with number and day left blank."""

    FINAL = "final"
    PROOF = "proof"


@dataclass(frozen=True, slots=True)
class PrintedLine:
    """Words with the names of their styles."""

    text: str
    style: str = ""


@dataclass(frozen=True, slots=True)
class PrintedBlock:
    """One paragraph of the body."""

    marker: str
    runs: tuple[PrintedLine, ...]
    style: str


@dataclass(frozen=True, slots=True)
class PrintedPage:
    """Everything the template prints; an empty text or list is a part that the directive does not have."""

    name: str
    created: str
    superior: str
    issuer: str
    number: str
    place_date: tuple[str, ...]
    letter_subject: str
    type_name: str
    author: str
    subject: str
    meeting_note: str
    addressees_label: str
    addressees: tuple[str, ...]
    blocks: tuple[PrintedBlock, ...]
    distribution_heading: str
    distribution: tuple[str, ...]
    signature_lines: tuple[PrintedLine, ...]
    signature_names: tuple[PrintedLine, ...]
    party_title: str = PARTY_TITLE
    issuer_mark: str = ISSUER_MARK

    @property
    def has_foot(self) -> bool:
        """Whether anything stands below the body."""
        return bool(self.distribution or self.signature_lines or self.signature_names)

    @property
    def words(self) -> Iterator[str]:
        """Every text that comes from the directive, to be checked against the fonts."""
        yield from (self.name, self.superior, self.issuer, self.number, *self.place_date)
        yield from (self.type_name, self.author, self.subject, self.letter_subject, self.meeting_note)
        yield from (*self.addressees, self.distribution_heading, *self.distribution)
        for block in self.blocks:
            yield block.marker
            yield from (run.text for run in block.runs)
        yield from (line.text for line in (*self.signature_lines, *self.signature_names))


def printed_page(document: Document, profile: Profile, variant: Variant) -> PrintedPage:
    """Lay out the words of a directive as this edition of the format prints them."""
    kind = document.document_type
    proof = variant is Variant.PROOF
    number = document.blank_number if proof else document.printed_number
    subject = document.subject.printed
    names = (kind.name, number or "", subject.replace("\n", " "))
    return PrintedPage(
        name=" - ".join(name for name in names if name.strip()),
        created="" if proof or document.date is None else document.date.isoformat(),
        superior=document.issuer.superior_line or "",
        issuer=document.issuer.name_line or "",
        number=number or "",
        place_date=_place_date(document, proof=proof),
        letter_subject=subject if kind.is_letter else "",
        type_name="" if kind.is_letter else kind.name.upper(),
        author=document.author_line or "",
        subject="" if kind.is_letter else subject,
        meeting_note=document.meeting_note or "",
        addressees_label=profile.petition_label if document.type == _PETITION else profile.addressees_label,
        addressees=_marked(
            [addressee.text for addressee in document.addressees], profile, profile.addressees_separator
        ),
        blocks=_blocks(document),
        distribution_heading=document.distribution_heading or "",
        distribution=_marked([line.printed for line in document.distribution], profile, profile.distribution_separator),
        signature_lines=_signature_lines(document.signature),
        signature_names=_signature_names(document.signature),
    )


def _place_date(document: Document, *, proof: bool) -> tuple[str, ...]:
    """Return place and date as two pieces between which a line may break; nothing where neither is known."""
    if document.place is None and document.date is None:
        return ()
    date = date_text(document.date, day_blank=proof)
    return (f"{document.place},", date) if document.place else (date,)


def _marked(entries: list[str], profile: Profile, separator: str) -> tuple[str, ...]:
    """Give each entry of a list its end mark; an entry that brings its own keeps it."""
    return tuple(
        entry if entry.endswith(_LIST_MARKS) else entry + profile.separator_after(place, len(entries), separator)
        for place, entry in enumerate(entries)
    )


def _blocks(document: Document) -> tuple[PrintedBlock, ...]:
    flat = [(block, len(ancestors)) for block, ancestors in walk(document.body)]
    if document.dissemination:
        flat.append((Block(BlockKind.PARAGRAPH, runs=(Run(document.dissemination),)), 0))
    last = len(flat) - 1
    return tuple(_block(block, level, is_last=place == last) for place, (block, level) in enumerate(flat))


def _block(block: Block, level: int, *, is_last: bool) -> PrintedBlock:
    styles = [block.kind.value, f"level-{level + 1}"]
    if block.kind is BlockKind.HEADING and (block.marker or "").startswith(_DIVISIONS):
        styles.append("division")
    if is_last:
        styles.append("closing")
        # The signature must keep two lines of the body by it; a single line has to bring the paragraph before along.
        if len(block.text) < _ONE_LINE:
            styles.append("single-line")
    return PrintedBlock(block.marker or "", tuple(_runs(block.runs)), " ".join(styles))


def _runs(runs: Iterable[Run]) -> Iterator[PrintedLine]:
    """Print a space between two runs on its own; WeasyPrint breaks a line wrongly after a span that ends in one."""
    space, before = "", Run("")
    for run in runs:
        text = space + run.text
        words = text.strip()
        if words and text[0].isspace():
            yield PrintedLine(" ", "underline" if before.underline and run.underline else "")
        if words:
            yield PrintedLine(words, _run_style(run))
            before = run
        space = " " if text[-1:].isspace() else ""


def _run_style(run: Run) -> str:
    styles = (("bold", run.bold), ("italic", run.italic), ("underline", run.underline))
    return " ".join(name for name, wanted in styles if wanted)


def _signature_lines(signature: Signature | None) -> tuple[PrintedLine, ...]:
    """Print authority in bold, the position beneath it upright, a position without authority in bold (ô 7a, 7b)."""
    if signature is None:
        return ()
    printed: list[PrintedLine] = []
    under_authority = False
    for line in signature.lines:
        if line.role == "name":
            continue
        bold = line.role == "authority" or (line.role == "position" and not under_authority)
        under_authority = under_authority or line.role == "authority"
        printed.append(PrintedLine(line.text, "bold" if bold else line.role))
    return tuple(printed)


def _signature_names(signature: Signature | None) -> tuple[PrintedLine, ...]:
    if signature is None:
        return ()
    named: Iterable[str] = [line.text for line in signature.lines if line.role == "name"]
    return tuple(PrintedLine(name, "bold") for name in named or [signature.signer or ""] if name)
