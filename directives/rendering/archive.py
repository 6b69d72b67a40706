"""Writes laid-out pages as an archive copy: PDF/A-2a, tagged, with the marks of PDF/UA-1."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from weasyprint.document import Document as LaidOut

_VARIANT = "pdf/a-2a"
_UA_NAMESPACE = "http://www.aiim.org/pdfua/ns/id/"
# WeasyPrint writes the mark of one standard only; this one is added to the same packet.
_UA_MARK = f'<rdf:Description xmlns:pdfuaid="{_UA_NAMESPACE}" rdf:about="" pdfuaid:part="1" />'.encode()


def archive_pdf(laid_out: LaidOut) -> bytes:
    """Return the pages as a PDF that says of itself that it is PDF/A-2a and PDF/UA-1."""
    write_metadata = laid_out.metadata.generate_rdf_metadata

    def marked(*arguments: Any) -> bytes:
        before, end, after = write_metadata(*arguments).rpartition(b"</rdf:RDF>")
        return bytes(before + _UA_MARK + end + after)

    laid_out.metadata.generate_rdf_metadata = marked
    pdf: bytes = laid_out.write_pdf(pdf_variant=_VARIANT, finisher=_finish)
    return pdf


def _finish(_laid_out: LaidOut, pdf: Any) -> None:
    """Say of each header cell that it stands above a column, as a reader of the tags expects."""
    for thing in pdf.objects:
        if isinstance(thing, dict) and thing.get("S") == "/TH":
            thing["A"]["Scope"] = "/Column"
