"""Scans of signed pages: PDF files and pictures become one PDF of A4 pages."""

from __future__ import annotations

import struct
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO

import pypdfium2
from django.utils.translation import gettext as _
from PIL import Image, ImageFile, ImageOps, ImageSequence, UnidentifiedImageError

from directives.page_image import ONE_AT_A_TIME
from orgs.verdicts import Refused

PICTURES = ("JPEG", "PNG", "TIFF")
BROKEN = (
    *(UnidentifiedImageError, Image.DecompressionBombError, OSError, ValueError),
    *(SyntaxError, TypeError, struct.error),
)
"""What Pillow raises for pictures that are damaged, the last three by the way in which they are."""
MOST_DOTS = 80_000_000
"""An A4 page of 600 dots per inch has 35 million; what claims more is no scan."""
A4_INCHES = (8.27, 11.69)
QUALITY = 85


@dataclass(frozen=True, slots=True)
class ScanFile:
    """One file as it came from the scanner, with the name it had there."""

    name: str
    content: bytes


def pdf_of(files: Sequence[ScanFile]) -> bytes:
    """The files as one PDF in their order; a single PDF stays as it is, byte for byte. Raises Refused."""
    if len(files) == 1 and _is_pdf(files[0]):
        return files[0].content
    parts = [part for file in files for part in _parts(file)]
    with ONE_AT_A_TIME, pypdfium2.PdfDocument.new() as whole:
        for name, content in parts:
            with _opened(name, content) as part:
                whole.import_pages(part)
        written = BytesIO()
        whole.save(written)
    return written.getvalue()


def pages_of(scan: bytes) -> int:
    """How many pages the scan has; raises Refused when it is not a PDF that opens."""
    with ONE_AT_A_TIME, _opened("", scan) as document:
        return len(document)


def words_of(scan: bytes, most: int | None = None) -> str:
    """The text that the scan carries, empty for pictures alone; after `most` signs no further page is read.

    Raises Refused when it is not a PDF that opens.
    """
    pages: list[str] = []
    with ONE_AT_A_TIME, _opened("", scan) as document:
        for page in document:
            if most is not None and sum(map(len, pages)) >= most:
                break
            pages.append(page.get_textpage().get_text_range())
    return "\n".join(pages)


@contextmanager
def _opened(name: str, pdf: bytes) -> Iterator[pypdfium2.PdfDocument]:
    try:
        with pypdfium2.PdfDocument(pdf) as document:
            yield document
    except pypdfium2.PdfiumError as error:
        raise _does_not_open(name) from error


def _parts(file: ScanFile) -> Iterator[tuple[str, bytes]]:
    if _is_pdf(file):
        yield file.name, file.content
        return
    # WeasyPrint lets the whole process take pictures that break off; of a scan half a page would be lost unseen.
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    try:
        with Image.open(BytesIO(file.content), formats=PICTURES) as picture:
            for page in ImageSequence.Iterator(picture):
                # Asked of each page before it is unpacked: the first one says nothing of those behind it.
                if page.width * page.height > MOST_DOTS:
                    raise _does_not_open(file.name)
                yield file.name, _page(page)
    except BROKEN as error:
        raise _does_not_open(file.name) from error


def _page(picture: Image.Image) -> bytes:
    """One picture upright on an A4 page, lying where the picture does."""
    upright = ImageOps.exif_transpose(picture)
    plain = upright if upright.mode in {"1", "L", "RGB"} else upright.convert("RGB")
    short, long = sorted(plain.size)
    written = BytesIO()
    dots_an_inch = max(short / A4_INCHES[0], long / A4_INCHES[1])
    # Black and white is packed without loss, and takes no quality.
    packed = {} if plain.mode == "1" else {"quality": QUALITY}
    plain.save(written, "PDF", resolution=dots_an_inch, **packed)
    return written.getvalue()


def _is_pdf(file: ScanFile) -> bool:
    return b"%PDF-" in file.content[:1024]


def _does_not_open(name: str) -> Refused:
    if not name:
        return Refused(_("The scan is not a PDF file that opens. Scan the signed pages to PDF again."))
    words = _("“%(name)s” is no PDF, JPG, PNG or TIFF file that opens. Scan the signed pages again.")
    return Refused(words % {"name": name})
