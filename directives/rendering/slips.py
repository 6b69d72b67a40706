"""Prints sign-in slips."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.template.loader import render_to_string

from directives.document_fonts import FACES
from directives.rendering.letters import refuse_unknown_letters
from directives.rendering.press import bundled_fonts_only, fonts_fingerprint, weasyprint

SLIPS_ON_A_PAGE = 4


@dataclass(frozen=True, slots=True)
class Slip:
    """What one person needs for the first sign-in; `posts` are printed one under the other."""

    full_name: str
    posts: tuple[str, ...]
    username: str
    password: str


def slips(people: Sequence[Slip], address: str) -> bytes:
    """Print the sign-in slips of these people as a PDF, A4, four to a page with lines to cut along.

    Raises RenderingError as `render` does.
    """
    made_by = weasyprint()
    fonts_fingerprint()
    words = [word for one in people for word in (one.full_name, *one.posts, one.username, one.password)]
    refuse_unknown_letters((word, "") for word in (*words, address))
    sheets = [people[first : first + SLIPS_ON_A_PAGE] for first in range(0, len(people), SLIPS_ON_A_PAGE)]
    page = render_to_string("slips/sign_ins.html", {"sheets": sheets, "address": address, "fonts": FACES})
    pdf: bytes = made_by.HTML(string=page, url_fetcher=bundled_fonts_only()).write_pdf()
    return pdf
