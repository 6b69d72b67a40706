"""Where the images of signature and seal belong on the page, in millimetres, and the images themselves when given."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from PIL import Image

from directives.formats import Profile
from directives.rendering.errors import RenderingError

if TYPE_CHECKING:
    from weasyprint.document import Page

SIGNATURE_KEYS = ("second-signature", "signature", "confirmation", "copy-signature")
_PX_PER_MM = 96 / 25.4


@dataclass(frozen=True, slots=True)
class ImagePlace:
    """A rectangle on a page (from 1), in millimetres from its top left corner, for the image of a person or a seal.

    `key` names the signature: signature, second-signature, confirmation or copy-signature.
    """

    key: str
    image: str
    page: int
    left_mm: float
    top_mm: float
    width_mm: float
    height_mm: float


@dataclass(frozen=True, slots=True)
class SignatureImages:
    """Pictures of the signer's signature (blue) and of the seal (red), as PNG; either may be left out."""

    signature: bytes | None = None
    seal: bytes | None = None

    def by_key(self) -> dict[str, bytes]:
        """Return the pictures by the keys under which the page asks for them; raises RenderingError for no PNG."""
        given = {"image:signature": self.signature, "image:seal": self.seal}
        return {key: _png(content) for key, content in given.items() if content is not None}


def places_on(pages: Sequence[Page], profile: Profile) -> Iterator[ImagePlace]:
    """Yield for each signature the place of its picture, between position and name, and that of the seal."""
    for number, page in enumerate(pages, start=1):
        for key in SIGNATURE_KEYS:
            if key in page.anchors:
                left, top, right, bottom = (edge / _PX_PER_MM for edge in page.anchors[key])
                yield from _places(key, number, (left + right) / 2, (top, bottom), profile)


def seal_left_mm(profile: Profile) -> float:
    """Return where the seal begins, from the middle of the signature; it covers a part of it from the left."""
    covered = profile.signature_image_width_mm * (profile.seal_over_signature - 0.5)
    return covered - profile.seal_mm


def _places(key: str, page: int, middle: float, heights: tuple[float, float], profile: Profile) -> Iterator[ImagePlace]:
    top, bottom = heights
    width, seal = profile.signature_image_width_mm, profile.seal_mm
    yield ImagePlace(key, "signature", page, middle - width / 2, top, width, bottom - top)
    yield ImagePlace(key, "seal", page, middle + seal_left_mm(profile), (top + bottom - seal) / 2, seal, seal)


def _png(content: bytes) -> bytes:
    try:
        with Image.open(BytesIO(content), formats=["PNG"]) as image:
            image.verify()
    except (OSError, SyntaxError, ValueError) as error:
        raise RenderingError(_("The image of a signature or a seal is not a PNG that opens.")) from error
    return content
