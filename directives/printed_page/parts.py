"""The parts of a printed page: words with the names of their styles, no sizes."""

from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PrintedLine:
    """Words with the names of their styles."""

    text: str
    style: str = ""


@dataclass(frozen=True, slots=True)
class PrintedCell:
    """One cell of a table."""

    runs: tuple[PrintedLine, ...]
    columns: int = 1
    rows: int = 1
    style: str = ""

    @property
    def text(self) -> str:
        """The words of the cell."""
        return "".join(run.text for run in self.runs)


@dataclass(frozen=True, slots=True)
class PrintedRow:
    """One row of a table; `place` names it in the directive."""

    cells: tuple[PrintedCell, ...]
    place: str = ""
    style: str = ""


@dataclass(frozen=True, slots=True)
class PrintedBlock:
    """One paragraph, heading (`tag` h2 to h6) or table of the body; `place` names it in the directive.

    A phần, chương or mục has its number as `marker`, on a line of its own; other markers begin the first run.

    A table has `head` and `rows`, and `columns`: the weights of its columns, per cent of its width once measured.
    """

    marker: str = ""
    runs: tuple[PrintedLine, ...] = ()
    style: str = ""
    tag: str = "p"
    place: str = ""
    head: tuple[PrintedRow, ...] = ()
    rows: tuple[PrintedRow, ...] = ()
    columns: tuple[float, ...] = ()

    @property
    def is_table(self) -> bool:
        """Whether the block is a table."""
        return bool(self.head or self.rows)

    @property
    def all_rows(self) -> tuple[PrintedRow, ...]:
        """The rows of the head and those beneath them."""
        return self.head + self.rows

    @property
    def words(self) -> Iterator[tuple[str, str]]:
        """Every text of the block with the place where it stands."""
        yield self.marker, self.place
        yield from ((run.text, self.place) for run in self.runs)
        for row in self.all_rows:
            yield from ((cell.text, row.place or self.place) for cell in row.cells)


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintedHead:
    """The head in two columns; on a certified copy the form of the copy stands where the title of the Party stands."""

    title: str
    style: str
    superior: str
    issuer: str
    issuer_mark: str
    number: str
    place_date: tuple[str, ...]
    letter_subject: str = ""
    marks: tuple[PrintedLine, ...] = ()

    @property
    def texts(self) -> tuple[str, ...]:
        """Every text of the head."""
        marks = tuple(mark.text for mark in self.marks)
        return (
            self.title,
            self.superior,
            self.issuer,
            self.number,
            *self.place_date,
            self.letter_subject,
            *marks,
        )


@dataclass(frozen=True, slots=True)
class PrintedSignature:
    """Authority and position, as many blank lines, the name; `key` names the place of the signature on the page."""

    lines: tuple[PrintedLine, ...]
    names: tuple[PrintedLine, ...]
    blank_lines: int
    key: str

    @property
    def line_count(self) -> int:
        """How many lines stand above the name, the blank ones among them."""
        return self.blank_lines + sum(line.text.count("\n") + 1 for line in self.lines)

    @property
    def texts(self) -> tuple[str, ...]:
        """Every text of the signature."""
        return tuple(line.text for line in (*self.lines, *self.names))


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintedFoot:
    """What stands below the body: nơi nhận on the left, signature on the right, a second one level with it."""

    distribution: tuple[PrintedLine, ...] = ()
    typist: str = ""
    signature: PrintedSignature | None = None
    second_signature: PrintedSignature | None = None
    confirmation: PrintedSignature | None = None

    def __bool__(self) -> bool:
        return bool(self.distribution or self.typist or self.signature or self.second_signature or self.confirmation)

    @property
    def texts(self) -> tuple[str, ...]:
        """Every text of the foot."""
        signatures = [each for each in (self.signature, self.second_signature, self.confirmation) if each]
        signed = tuple(text for signature in signatures for text in signature.texts)
        return (*(line.text for line in self.distribution), self.typist, *signed)


@dataclass(frozen=True, slots=True)
class PrintedAnnex:
    """One annex: its name with the Roman figure, title, the line that says what it belongs to, its body."""

    name: str
    title: str
    reference: str
    blocks: tuple[PrintedBlock, ...]
    landscape: bool = False

    @property
    def words(self) -> Iterator[tuple[str, str]]:
        """Every text of the annex with the place where it stands."""
        yield from ((text, self.name) for text in (self.title, self.reference))
        for block in self.blocks:
            yield from block.words


@dataclass(frozen=True, slots=True)
class PrintedCopy:
    """What a certified copy adds under its rule."""

    head: PrintedHead
    foot: PrintedFoot


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintedPage:
    """Everything the template prints; an empty text or list is a part that the directive does not have.

    `measured` says that lines are broken and columns measured for a sheet of paper; a screen breaks them by itself.
    `label_mm` and `list_mm` are then the widths of the two sides of Kính gửi.
    """

    name: str
    author: str
    created: str
    head: PrintedHead
    type_name: str
    author_line: str
    subject: str
    meeting_note: str
    subject_rule: str
    addressees_label: str
    addressees: tuple[str, ...]
    blocks: tuple[PrintedBlock, ...]
    distribution_label: str
    foot: PrintedFoot
    contact: str
    annexes: tuple[PrintedAnnex, ...]
    copy: PrintedCopy | None
    watermark: str = ""
    measured: bool = False
    label_mm: float = 0
    list_mm: float = 0

    @property
    def addressees_mm(self) -> float:
        """The width of label and list together."""
        return self.label_mm + self.list_mm

    @property
    def words(self) -> Iterator[tuple[str, str]]:
        """Every text that comes from the directive with the place where it stands, an empty one outside the body."""
        texts = (self.name, self.author, self.type_name, self.author_line, self.subject, self.meeting_note)
        copied = (*self.copy.head.texts, *self.copy.foot.texts) if self.copy else ()
        every = (*texts, *self.head.texts, *self.addressees, *self.foot.texts, self.contact, *copied, self.watermark)
        yield from ((text, "") for text in every)
        for block in self.blocks:
            yield from block.words
        for annex in self.annexes:
            yield from annex.words
