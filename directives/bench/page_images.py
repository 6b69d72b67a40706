"""How long a page of a paper takes to become an image."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from directives import filestore
from directives.bench.figures import Times, times_of, verdict
from directives.page_image import png_of

LONGEST = 30.0


@dataclass(frozen=True, slots=True)
class ImageFigures:
    """Milliseconds to read the stored file, check its hash and draw its first page, and the bytes of the image."""

    drawing: Times
    bytes: int

    @property
    def missed(self) -> list[str]:
        """The target that the middle one misses."""
        return [f"{LONGEST:g} ms"] if self.drawing.p50 > LONGEST else []

    def data(self) -> dict[str, Any]:
        """For machines."""
        return asdict(self) | {"missed": self.missed}

    def line(self) -> str:
        """For people."""
        times = f"p50 {self.drawing.p50} ms, p95 {self.drawing.p95} ms, {self.bytes / 1000:.1f} kB"
        return f"image of a page: {times}  {verdict(self.missed)}"


def measure_images(sha256: str, count: int) -> ImageFigures:
    """Draw page one of the stored file of this hash `count` times."""

    def draw() -> bytes:
        return png_of(filestore.read(sha256), 1)

    return ImageFigures(drawing=times_of(draw, count), bytes=len(draw()))
