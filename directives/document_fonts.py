"""The bundled fonts of the printed page: their bytes, their fingerprint, the letters they hold."""

import hashlib
import io
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from fontTools.ttLib import TTFont

FOLDER = Path(__file__).resolve().parents[1] / "static" / "fonts"
# Format signs take no glyph of their own.
_WITHOUT_GLYPH = {"Cc", "Cf"}


@dataclass(frozen=True, slots=True)
class FontFace:
    """One face of the document font. `url` is the only name by which the page can ask for it."""

    file_name: str
    weight: str
    style: str

    @property
    def url(self) -> str:
        """The key of the face; its scheme exists nowhere else."""
        return f"bundled:{self.file_name}"


REGULAR = FontFace("LiberationSerif-Regular.ttf", "normal", "normal")
BOLD = FontFace("LiberationSerif-Bold.ttf", "bold", "normal")
ITALIC = FontFace("LiberationSerif-Italic.ttf", "normal", "italic")
BOLD_ITALIC = FontFace("LiberationSerif-BoldItalic.ttf", "bold", "italic")
FACES = (REGULAR, BOLD, ITALIC, BOLD_ITALIC)


@cache
def font_files() -> dict[str, bytes]:
    """Return the bytes of each face by its url; raise OSError that names a file which is not there."""
    return {face.url: (FOLDER / face.file_name).read_bytes() for face in FACES}


@cache
def fingerprint() -> str:
    """Return the SHA-256 (hex) of all faces together."""
    digest = hashlib.sha256()
    for content in font_files().values():
        digest.update(content)
    return digest.hexdigest()


def width(text: str, face: FontFace, size_pt: float) -> float:
    """Return the width of one line of text in points, without kerning, as the page sets it."""
    widths = _widths(face)
    return sum(widths.get(letter, 0.0) for letter in text) * size_pt


def missing_letters(texts: Iterable[str]) -> list[str]:
    """Return the letters that the fonts do not hold; each machine would take them from another font of its own."""
    known = _letters()
    wanted = {letter for text in texts for letter in text}
    return sorted(
        letter for letter in wanted if letter not in known and unicodedata.category(letter) not in _WITHOUT_GLYPH
    )


@cache
def _letters() -> frozenset[str]:
    """Return the letters that every face holds."""
    return frozenset.intersection(*(frozenset(_widths(face)) for face in FACES))


@cache
def _widths(face: FontFace) -> dict[str, float]:
    """Return the width of each letter in parts of the type size."""
    font = TTFont(io.BytesIO(font_files()[face.url]))
    widths, unit = font["hmtx"], font["head"].unitsPerEm
    return {chr(code): widths[name][0] / unit for code, name in font.getBestCmap().items()}
