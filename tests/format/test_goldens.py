"""Pictures of our own directives, small and grey, compared with those that somebody has looked at.

UPDATE_GOLDENS=1 takes them again; look at each one that changes before it is committed.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image, ImageChops, ImageStat

from directives.rendering import Variant, render
from tests.format.checking import NAMES, case

GOLDENS = Path(__file__).parent / "goldens"
DPI = 50
# Sixteen greys are kept exactly in a small file.
GREY_STEP = 17
# A picture differs when in one square of it the mean grey differs by so much of 255.
SQUARE, SEEN = 12, 10.0

PRINTS = [(name, Variant.FINAL) for name in NAMES] + [
    ("letter_to_one", Variant.PROOF),
    ("three_pages", Variant.DUPLEX),
    ("letter_with_marks", Variant.DRAFT),
]


def pictures(pdf: bytes) -> Iterator[Image.Image]:
    """Yield the first two pages and the last one, grey; those between are like the second."""
    with pypdfium2.PdfDocument(pdf) as document:
        for number in sorted({0, min(1, len(document) - 1), len(document) - 1}):
            picture = document[number].render(scale=DPI / 72, grayscale=True).to_pil().convert("L")
            yield picture.point(lambda grey: grey // GREY_STEP * GREY_STEP)


def difference(one: Image.Image, other: Image.Image) -> float:
    """Return the mean grey by which the most different square differs; 255 for pictures of two sizes."""
    if one.size != other.size:
        return 255
    between = ImageChops.difference(one, other)
    squares = between.resize((-(-one.width // SQUARE), -(-one.height // SQUARE)), Image.Resampling.BOX)
    return float(ImageStat.Stat(squares).extrema[0][1])


@pytest.mark.parametrize(("name", "variant"), PRINTS, ids=[f"{name}-{variant}" for name, variant in PRINTS])
def test_a_page_looks_as_it_did(name: str, variant: Variant) -> None:
    rendered = render(case(name), variant=variant, draft_number=2)
    for number, picture in enumerate(pictures(rendered.pdf), start=1):
        path = GOLDENS / f"{name}-{variant}-{number}.png"
        if os.environ.get("UPDATE_GOLDENS"):
            GOLDENS.mkdir(exist_ok=True)
            picture.quantize(256 // GREY_STEP + 1).save(path, optimize=True)
            continue
        with Image.open(BytesIO(path.read_bytes())) as golden:
            seen = difference(picture, golden.convert("L"))
        assert seen < SEEN, f"{path.name} differs by {seen:.0f}; script/test --update-goldens takes it again"


def test_a_line_that_moves_by_two_millimetres_is_seen() -> None:
    [picture, *_more] = pictures(render(case("letter_to_one")).pdf)
    moved = picture.copy()
    moved.paste(picture.crop((0, 167, picture.width, 179)), (0, 171))
    assert difference(picture, moved) > SEEN
