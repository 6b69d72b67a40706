"""Pages of a PDF as images for the screen."""

from __future__ import annotations

import math
from collections.abc import Iterator
from io import BytesIO
from threading import Lock

import pypdfium2
from PIL import Image, ImageChops

DPI = 96
# For screens with two dots where others have one.
SHARP_DPI = 192
POINTS_PER_INCH = 72
MOST_DOTS = 20_000_000
"""A plan of A0 at 96 dots per inch has 14 million; a file may claim pages of five metres."""
# PDFium may be called by one thread at a time only.
ONE_AT_A_TIME = Lock()


class NoSuchPage(Exception):
    """The file has no page of this number, or is no PDF that opens."""


def png_of(pdf: bytes, number: int, dpi: int = DPI) -> bytes:
    """Page `number` (from 1) as a PNG, 96 dots per inch where nothing is said; raises NoSuchPage."""
    with ONE_AT_A_TIME:
        try:
            with pypdfium2.PdfDocument(pdf) as document:
                if not 1 <= number <= len(document):
                    raise NoSuchPage(number)
                page = document[number - 1]
                width, height = page.get_size()
                image = page.render(scale=_scale(width, height, dpi)).to_pil()
        except pypdfium2.PdfiumError as error:
            raise NoSuchPage(number) from error
    return _written(image)


def _scale(width: float, height: float, dpi: int) -> float:
    """Dots for each point: less than asked for where a page is so large that its image would fill the memory."""
    return min(dpi / POINTS_PER_INCH, math.sqrt(MOST_DOTS / max(width * height, 1)))


def page_images(pdf: bytes, dpi: int = DPI) -> Iterator[bytes]:
    """Yield every page as a PNG in order; raises NoSuchPage for what is no PDF that opens."""
    for number in range(1, pages_of(pdf) + 1):
        yield png_of(pdf, number, dpi)


def pages_of(pdf: bytes) -> int:
    """How many pages there are; raises NoSuchPage for what is no PDF that opens."""
    with ONE_AT_A_TIME:
        try:
            with pypdfium2.PdfDocument(pdf) as document:
                return len(document)
        except pypdfium2.PdfiumError as error:
            raise NoSuchPage(1) from error


def _written(image: Image.Image) -> bytes:
    """Print without a stamp is grey; what has colour keeps the 216 that are found without looking at every pixel."""
    written = BytesIO()
    kept = image.convert("P", palette=Image.Palette.WEB, dither=Image.Dither.NONE) if _has_colour(image) else None
    (kept or image.convert("L")).save(written, "PNG", compress_level=3)
    return written.getvalue()


def texts_of(pdf: bytes) -> list[str]:
    """The words of each page, in the order of the file; raises NoSuchPage for a file that does not open."""
    with ONE_AT_A_TIME:
        try:
            with pypdfium2.PdfDocument(pdf) as document:
                return [page.get_textpage().get_text_range() for page in document]
        except pypdfium2.PdfiumError as error:
            raise NoSuchPage(0) from error


def _has_colour(image: Image.Image) -> bool:
    red, green, blue = image.convert("RGB").split()
    return any(ImageChops.difference(red, other).getbbox() for other in (green, blue))
