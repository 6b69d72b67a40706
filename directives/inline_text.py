"""Runs of words to and from one line of plain text: **bold**, *italic*, __underline__.

A backslash takes the next sign as it is.
"""

import re
import unicodedata
from collections.abc import Iterable

from directives.blocks import Run

Style = tuple[bool, bool, bool]
_SIGNS = ("**", "*", "__")
_WITHOUT_SIGNS = re.compile(r"[^\\*_]+")
# Signs of machines that word processors leave in pasted text; a paper cannot hold them.
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0e-\x1b\x1f\x7f-\x84\x86-\x9f\u202a-\u202e\u2066-\u2069]")


def printable(text: str) -> str:
    """Return the text without the signs of machines; line breaks and tabs stay."""
    return _UNPRINTABLE.sub("", text)


def merged(runs: Iterable[Run]) -> tuple[Run, ...]:
    """Return the runs in NFC without empty ones, neighbours of one style joined."""
    joined: list[Run] = []
    for run in runs:
        if not run.text:
            continue
        if joined and _style(joined[-1]) == _style(run):
            joined[-1] = _run(joined[-1].text + run.text, _style(run))
        else:
            joined.append(run)
    return tuple(_run(unicodedata.normalize("NFC", run.text), _style(run)) for run in joined)


def write_runs(runs: Iterable[Run]) -> str:
    """Write the runs so that `read_runs` gives them back, spaces at both ends included.

    What would divide cells (a bar, a tab) stands behind a backslash; the break within a cell stays a newline.
    """
    written: list[str] = []
    current: Style = (False, False, False)
    joined = merged(runs)
    for place, run in enumerate(joined):
        written.append(_change(current, _style(run)))
        current = _style(run)
        letters = [_escaped(letter) for letter in run.text]
        if place == 0 and _is_space(letters[0]):
            letters[0] = "\\" + letters[0]
        if place == len(joined) - 1 and _is_space(letters[-1]):
            letters[-1] = "\\" + letters[-1]
        written.extend(letters)
    written.append(_change(current, (False, False, False)))
    return "".join(written)


def read_runs(line: str) -> tuple[Run, ...]:
    """Read the runs of one line; a style that is not closed reaches to the end of the line."""
    runs: list[Run] = []
    style = [False, False, False]
    place = 0
    while place < len(line):
        plain = _WITHOUT_SIGNS.match(line, place)
        if plain is not None:
            runs.append(_run(plain[0], (style[0], style[1], style[2])))
            place = plain.end()
            continue
        sign = next((sign for sign in _SIGNS if line.startswith(sign, place)), None)
        if sign is not None:
            style[_SIGNS.index(sign)] ^= True
            place += len(sign)
            continue
        if line[place] == "\\":
            place += 1
        runs.append(_run(line[place : place + 1], (style[0], style[1], style[2])))
        place += 1
    return merged(runs)


def _style(run: Run) -> Style:
    return run.bold, run.italic, run.underline


def _run(text: str, style: Style) -> Run:
    return Run(text, bold=style[0], italic=style[1], underline=style[2])


def _is_space(letter: str) -> bool:
    return letter.isspace() and letter != "\n"


def _escaped(letter: str) -> str:
    return "\\" + letter if letter in "\\*_|\t" else letter


def _change(before: Style, after: Style) -> str:
    return "".join(sign for sign, was, will in zip(_SIGNS, before, after, strict=True) if was != will)
