"""Breaks centred words into lines of nearly the same length, as a typist does; CSS alone fills the first line."""

from collections.abc import Callable
from dataclasses import replace

from directives.column_widths import with_columns
from directives.document_fonts import BOLD, ITALIC, REGULAR, FontFace, width
from directives.formats import Profile
from directives.printed_page import PrintedPage
from directives.printed_page.parts import (
    PrintedAnnex,
    PrintedBlock,
    PrintedFoot,
    PrintedHead,
    PrintedLine,
    PrintedSignature,
)

_POINTS_PER_MM = 72 / 25.4
# A tenth of a point is finer than any printer.
_FINE = 0.1
# Between label and list of Kính gửi, and a trace more than the words need, so that none of them breaks.
_LABEL_GAP_MM = 2.0
_SPARE_MM = 0.3


def balance(page: PrintedPage, profile: Profile) -> PrintedPage:
    """Return the page with line breaks in those centred texts that need more than one line, and measured columns."""
    whole = profile.text_width_mm - profile.side_space_mm
    label_mm, list_mm = _addressees(page, profile)
    copy = page.copy
    return replace(
        page,
        head=_head(page.head, profile),
        author_line=balanced(page.author_line, BOLD, profile.author_pt, whole),
        subject=balanced(page.subject, BOLD, profile.subject_pt, whole),
        blocks=tuple(_block(block, profile, profile.text_width_mm) for block in page.blocks),
        foot=_foot(page.foot, profile),
        annexes=tuple(_annex(annex, profile) for annex in page.annexes),
        copy=copy and replace(copy, head=_head(copy.head, profile), foot=_foot(copy.foot, profile)),
        measured=True,
        label_mm=label_mm,
        list_mm=list_mm,
    )


def balanced(text: str, face: FontFace, size_pt: float, width_mm: float) -> str:
    """Break each line of the text into as few lines as its width allows, the longest of them as short as can be.

    Breaks that the drafter set stay; a line that fits stays whole.
    """
    room = width_mm * _POINTS_PER_MM

    def measure(words: str) -> float:
        return width(words, face, size_pt)

    return "\n".join(_balanced_line(line, measure, room) for line in text.split("\n"))


def _head(head: PrintedHead, profile: Profile) -> PrintedHead:
    left = profile.left_column_mm
    beside = left - profile.side_space_mm
    faces = {"urgency": (BOLD, profile.urgency_pt), "circulation": (BOLD, profile.circulation_pt)}
    marks = tuple(
        replace(mark, text=balanced(mark.text, *faces.get(mark.style, (ITALIC, profile.draft_mark_pt)), beside))
        for mark in head.marks
    )
    return replace(
        head,
        superior=balanced(head.superior, REGULAR, profile.superior_pt, left),
        issuer=balanced(head.issuer, BOLD, profile.issuer_pt, left),
        letter_subject=balanced(head.letter_subject, ITALIC, profile.letter_subject_pt, beside),
        marks=marks,
    )


def _foot(foot: PrintedFoot, profile: Profile) -> PrintedFoot:
    left = profile.left_column_mm if foot.second_signature else profile.right_column_mm
    signature, second = _names_level(
        _signature(foot.signature, profile, profile.right_column_mm), _signature(foot.second_signature, profile, left)
    )
    return replace(
        foot,
        signature=signature,
        second_signature=second,
        confirmation=_signature(foot.confirmation, profile, profile.right_column_mm),
    )


def _signature(signature: PrintedSignature | None, profile: Profile, width_mm: float) -> PrintedSignature | None:
    if signature is None:
        return None
    room = width_mm - profile.side_space_mm

    def fitted(line: PrintedLine) -> PrintedLine:
        face = BOLD if line.style == "bold" else REGULAR
        return replace(line, text=balanced(line.text, face, profile.signature_pt, room))

    return replace(signature, lines=tuple(map(fitted, signature.lines)), names=tuple(map(fitted, signature.names)))


def _names_level(
    one: PrintedSignature | None, other: PrintedSignature | None
) -> tuple[PrintedSignature | None, PrintedSignature | None]:
    """Give the signature with fewer lines more room, so that the names of both stand level."""
    if one is None or other is None:
        return one, other
    more = other.line_count - one.line_count
    return (
        replace(one, blank_lines=one.blank_lines + max(more, 0)),
        replace(other, blank_lines=other.blank_lines + max(-more, 0)),
    )


def _annex(annex: PrintedAnnex, profile: Profile) -> PrintedAnnex:
    across = profile.page_height_mm - profile.margin_left_mm - profile.margin_right_mm
    text_mm = across if annex.landscape else profile.text_width_mm
    room = text_mm - profile.side_space_mm
    return replace(
        annex,
        title=balanced(annex.title, BOLD, profile.annex_title_pt, room),
        reference=balanced(annex.reference, ITALIC, profile.annex_reference_pt, room),
        blocks=tuple(_block(block, profile, text_mm) for block in annex.blocks),
    )


def _block(block: PrintedBlock, profile: Profile, text_mm: float) -> PrintedBlock:
    if block.is_table:
        return with_columns(block, profile, text_mm)
    if "division" not in block.style and block.style != "enacting":
        return block
    room = text_mm - profile.side_space_mm
    runs = tuple(replace(run, text=balanced(run.text, BOLD, profile.body_pt, room)) for run in block.runs)
    return replace(block, runs=runs)


def _addressees(page: PrintedPage, profile: Profile) -> tuple[float, float]:
    """Return the widths of label and list in millimetres; together they are no wider than the text."""
    if not page.addressees:
        return 0, 0
    label = _mm(f"{page.addressees_label}:", ITALIC, profile.addressees_pt) + _LABEL_GAP_MM
    mark = "- " if len(page.addressees) > 1 else ""
    longest = max(_mm(f"{mark}{addressee}", REGULAR, profile.addressees_pt) for addressee in page.addressees)
    return label, min(longest + _SPARE_MM, profile.text_width_mm - label)


def _mm(text: str, face: FontFace, size_pt: float) -> float:
    return width(text, face, size_pt) / _POINTS_PER_MM


def _balanced_line(line: str, measure: Callable[[str], float], room: float) -> str:
    filled = _filled(line, measure, room)
    too_narrow, wide_enough = 0.0, room
    while len(filled) > 1 and wide_enough - too_narrow > _FINE:
        tried = (too_narrow + wide_enough) / 2
        lines = _filled(line, measure, tried)
        if len(lines) > len(filled) or any(measure(words) > tried for words in lines):
            too_narrow = tried
        else:
            wide_enough, filled = tried, lines
    return "\n".join(filled)


def _filled(line: str, measure: Callable[[str], float], room: float) -> list[str]:
    """Fill line after line; a word that is wider than the room gets a line of its own."""
    lines: list[str] = []
    for word in line.split(" "):
        if lines and measure(f"{lines[-1]} {word}") <= room:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines
