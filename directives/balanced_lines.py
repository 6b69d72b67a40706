"""Breaks centred words into lines of nearly the same length, as a typist does; CSS alone fills the first line."""

from collections.abc import Callable
from dataclasses import replace

from directives.document_fonts import BOLD, ITALIC, REGULAR, FontFace, width
from directives.formats import Profile
from directives.printed_page import PrintedPage

_POINTS_PER_MM = 72 / 25.4
# A tenth of a point is finer than any printer.
_FINE = 0.1


def balance(page: PrintedPage, profile: Profile) -> PrintedPage:
    """Return the page with line breaks in those centred texts that need more than one line."""
    left = profile.left_column_mm
    whole = profile.page_width_mm - profile.margin_left_mm - profile.margin_right_mm
    return replace(
        page,
        superior=balanced(page.superior, REGULAR, profile.superior_pt, left),
        issuer=balanced(page.issuer, BOLD, profile.issuer_pt, left),
        letter_subject=balanced(page.letter_subject, ITALIC, profile.letter_subject_pt, left - profile.side_space_mm),
        author=balanced(page.author, BOLD, profile.author_pt, whole - profile.side_space_mm),
        subject=balanced(page.subject, BOLD, profile.subject_pt, whole - profile.side_space_mm),
    )


def balanced(text: str, face: FontFace, size_pt: float, width_mm: float) -> str:
    """Break each line of the text into as few lines as its width allows, the longest of them as short as can be.

    Breaks that the drafter set stay; a line that fits stays whole.
    """
    room = width_mm * _POINTS_PER_MM

    def measure(words: str) -> float:
        return width(words, face, size_pt)

    return "\n".join(_balanced_line(line, measure, room) for line in text.split("\n"))


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
