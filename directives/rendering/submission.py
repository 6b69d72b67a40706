"""Prints what goes to a signer beside the papers themselves: the slip of one paper, and the day's list."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import astuple, dataclass
from datetime import date, datetime
from typing import Any

from django.template.loader import render_to_string

from directives.document_fonts import FACES
from directives.formats import profile_on
from directives.formats.wording import date_text
from directives.rendering.letters import refuse_unknown_letters
from directives.rendering.press import bundled_fonts_only, fonts_fingerprint, weasyprint


@dataclass(frozen=True, slots=True)
class SheetHead:
    """In whose name the sheet stands, where and on what day."""

    superior: str
    body: str
    place: str
    day: date

    @property
    def title(self) -> str:
        """What stands on the right at the head of every paper of the Party."""
        return profile_on(self.day).party_title

    @property
    def place_date(self) -> str:
        """Place and date in one line, as papers write it."""
        return ", ".join(part for part in (self.place, date_text(self.day)) if part)


@dataclass(frozen=True, slots=True)
class Said:
    """What one person on the way to the signer said: in what post, about what passage, when, and what came of it."""

    who: str
    post: str
    words: str
    at: datetime | None
    about: str = ""
    answer: str = ""


@dataclass(frozen=True, slots=True)
class SubmissionSlip:
    """The slip with which one paper goes to its signer; `contents` are its tasks in short."""

    head: SheetHead
    signer: str
    paper: str
    facts: tuple[tuple[str, str], ...]
    contents: tuple[str, ...]
    said: tuple[Said, ...]
    asked: str
    submitted_by: str


@dataclass(frozen=True, slots=True)
class ListedPaper:
    """One line of the day's list."""

    paper: str
    urgency: str
    drafted: str
    submitted_at: datetime | None
    said: str


@dataclass(frozen=True, slots=True)
class SigningList:
    """The day's list of papers for signature, for each signer a part of its own."""

    head: SheetHead
    signers: tuple[tuple[str, tuple[ListedPaper, ...]], ...]


def submission_slip(slip: SubmissionSlip) -> bytes:
    """Print the slip as a PDF, A4; raises RenderingError as `render` does."""
    return _printed("slips/submission_slip.html", {"slip": slip})


def signing_list(papers: SigningList) -> bytes:
    """Print the list as a PDF, A4 across; raises RenderingError as `render` does."""
    return _printed("slips/signing_list.html", {"list": papers, "across": True})


def _printed(template: str, context: dict[str, Any]) -> bytes:
    made_by = weasyprint()
    fonts_fingerprint()
    for sheet in context.values():
        if not isinstance(sheet, bool):
            refuse_unknown_letters((words, "") for words in _words(astuple(sheet)))
    page = render_to_string(template, {**context, "fonts": FACES})
    pdf: bytes = made_by.HTML(string=page, url_fetcher=bundled_fonts_only()).write_pdf()
    return pdf


def _words(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for part in value:
            yield from _words(part)
