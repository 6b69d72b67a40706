"""Writes laid-out pages as an archive copy: PDF/A-2a, tagged, with the mark of PDF/UA-1."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.template.loader import render_to_string

if TYPE_CHECKING:
    from weasyprint.document import Document as LaidOut

VARIANT = "pdf/a-2a"


def archive_pdf(laid_out: LaidOut) -> bytes:
    """Return the pages as a PDF that says of itself that it is PDF/A-2a and PDF/UA-1."""
    _mark_as_accessible(laid_out)
    pdf: bytes = laid_out.write_pdf(pdf_variant=VARIANT, finisher=_name_header_cells)
    return pdf


def _mark_as_accessible(laid_out: LaidOut) -> None:
    """WeasyPrint writes the mark of one standard only; add the other to the same packet, and what it means."""
    write = laid_out.metadata.generate_rdf_metadata

    def with_both_marks(*arguments: Any) -> bytes:
        before, end, after = write(*arguments).rpartition(b"</rdf:RDF>")
        return bytes(before + render_to_string("documents/pdf_ua.xml").encode() + end + after)

    laid_out.metadata.generate_rdf_metadata = with_both_marks


def _name_header_cells(_laid_out: LaidOut, pdf: Any) -> None:
    """Say of each header cell that it stands above a column, as a reader of the tags expects."""
    for thing in pdf.objects:
        if isinstance(thing, dict) and thing.get("S") == "/TH":
            thing["A"]["Scope"] = "/Column"
