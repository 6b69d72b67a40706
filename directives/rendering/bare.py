"""The same page in one bare call of WeasyPrint, without a press that is kept; what the bench compares with."""

from __future__ import annotations

from django.template.loader import render_to_string

from directives.document import Document
from directives.document_fonts import FACES
from directives.formats import profile_named
from directives.printed_page import Print
from directives.rendering.archive import VARIANT
from directives.rendering.page import main_html, sheet_of
from directives.rendering.press import bundled_fonts_only, style_sheet, weasyprint


def page_with_style(document: Document) -> str:
    """Return the main part of a directive as one HTML with fonts and style sheet in it."""
    profile = profile_named(document.profile)
    html = main_html(document, profile, Print())[1]
    faces = render_to_string("documents/_fonts.css", {"fonts": FACES})
    style = style_sheet(profile, sheet_of(document, profile, mirrored=False))
    return html.replace("</head>", f"<style>{faces}{style}</style></head>", 1)


def bare_pdf(html: str) -> bytes:
    """Return what one call of WeasyPrint makes of it, tagged as the final copy is."""
    pdf: bytes = weasyprint().HTML(string=html, url_fetcher=bundled_fonts_only()).write_pdf(pdf_variant=VARIANT)
    return pdf
