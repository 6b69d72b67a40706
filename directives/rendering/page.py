"""Renders a directive: its main part and its annexes, each laid out by itself and put together in one file."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from django.template.loader import render_to_string

from directives.balanced_lines import balance
from directives.document import Document
from directives.formats import Profile, profile_named
from directives.printed_page import Print, PrintedAnnex, PrintedPage, Variant, printed_page
from directives.rendering.archive import archive_pdf
from directives.rendering.letters import refuse_unknown_letters
from directives.rendering.places import ImagePlace, SignatureImages, places_on
from directives.rendering.press import Press, Sheet, press, versions

if TYPE_CHECKING:
    from weasyprint.document import Document as LaidOut


@dataclass(frozen=True, slots=True)
class Rendered:
    """A PDF with its SHA-256 (hex), number of pages, the versions of what made it, and where signatures belong."""

    pdf: bytes
    sha256: str
    pages: int
    versions: dict[str, str]
    places: tuple[ImagePlace, ...]


def render(
    document: Document,
    *,
    profile: Profile | None = None,
    variant: Variant = Variant.FINAL,
    draft_number: int | None = None,
    images: SignatureImages | None = None,
) -> Rendered:
    """Render a directive in its own format profile, or in the given one, as PDF/A-2a.

    `draft_number` stands in the mark of a draft; `images` puts the signer's signature and the seal on the page. Raises
    RenderingError where a library or a font is missing, or the text holds a sign that the fonts do not have.
    """
    profile = profile or profile_named(document.profile)
    made_for = Print(variant, draft_number)
    laid_out = _laid_out(press(), document, profile, made_for, images)
    pdf = archive_pdf(laid_out)
    places = tuple(places_on(laid_out.pages, profile))
    return Rendered(pdf, hashlib.sha256(pdf).hexdigest(), len(laid_out.pages), versions(), places)


def for_the_screen(document: Document, draft_number: int | None = None, *, variant: Variant = Variant.DRAFT) -> bytes:
    """Return a PDF from which images for the screen are made; a draft carries a watermark there.

    Tags and the archive's marks, of no use to an image, are left out. Raises RenderingError as `render` does.
    """
    made_for = Print(variant, draft_number, on_screen=True)
    pdf: bytes = _laid_out(press(), document, profile_named(document.profile), made_for, None).write_pdf()
    return pdf


def main_html(
    document: Document, profile: Profile, made_for: Print, images: dict[str, bytes] | None = None
) -> tuple[PrintedPage, str]:
    """Return the measured page of a directive, and its main part as HTML; raises RenderingError as `render` does."""
    page = printed_page(document, profile, made_for)
    refuse_unknown_letters(page.words)
    page = balance(page, profile)
    return page, render_to_string("documents/directive.html", {"page": page, "images": images})


def sheet_of(document: Document, profile: Profile, *, mirrored: bool) -> Sheet:
    """Return the sheet on which a type of document is printed."""
    small = document.document_type.paper == "A5"
    height = profile.small_page_height_mm if small else profile.page_height_mm
    return Sheet(profile.page_width_mm, height, small=small, mirrored=mirrored)


def _laid_out(
    by: Press, document: Document, profile: Profile, made_for: Print, images: SignatureImages | None
) -> LaidOut:
    mirrored = made_for.variant is Variant.DUPLEX
    given = images.by_key() if images else None
    page, html = main_html(document, profile, made_for, given)
    main = by.lay_out(html, profile, sheet_of(document, profile, mirrored=mirrored), images=given)
    parts = [main, *(_annex(by, page, annex, profile, mirrored=mirrored) for annex in page.annexes)]
    return main.copy([each for part in parts for each in part.pages]) if page.annexes else main


def _annex(by: Press, page: PrintedPage, annex: PrintedAnnex, profile: Profile, *, mirrored: bool) -> LaidOut:
    """Annexes count their own pages."""
    html = render_to_string("documents/annex.html", {"page": page, "annex": annex})
    upright = Sheet(profile.page_width_mm, profile.page_height_mm, small=False, mirrored=mirrored)
    across = replace(upright, width_mm=profile.page_height_mm, height_mm=profile.page_width_mm)
    return by.lay_out(html, profile, across if annex.landscape else upright)
