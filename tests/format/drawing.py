"""A picture that stands for a signature or a seal."""

from io import BytesIO

from PIL import Image, ImageDraw


def drawn(colour: str) -> bytes:
    """Return a PNG with a ring of this colour on nothing."""
    image = Image.new("RGBA", (400, 400), (0, 0, 0, 0))
    ImageDraw.Draw(image).ellipse([10, 10, 390, 390], outline=colour, width=12)
    written = BytesIO()
    image.save(written, "PNG")
    return written.getvalue()
