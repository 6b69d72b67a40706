"""Writes WordprocessingML: elements, lengths, and text that XML can hold."""

import re
from collections.abc import Iterable
from xml.sax.saxutils import escape, quoteattr

from directives.printed_page.parts import PrintedLine

TWIPS_PER_POINT = 20
_TWIPS_PER_MM = 1440 / 25.4
# XML 1.0 cannot hold these, not even as a reference.
_UNWRITABLE = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)


def element(name: str, /, *content: str, **attributes: str | int) -> str:
    """Write the element `w:name` with its content, which is markup; attributes stand in the same namespace."""
    written = "".join(f" w:{key}={quoteattr(_writable(str(value)))}" for key, value in attributes.items())
    inside = "".join(content)
    return f"<w:{name}{written}>{inside}</w:{name}>" if inside else f"<w:{name}{written}/>"


def root(name: str, *content: str) -> str:
    """Write a whole part of the file."""
    return f"{DECLARATION}<w:{name} {NAMESPACES}>{''.join(content)}</w:{name}>"


def plain(text: str) -> str:
    """Return the text as XML may hold it; what it cannot hold becomes the sign for an unknown letter."""
    return escape(_writable(text))


def twips_of_mm(length: float) -> int:
    """Return millimetres in twentieths of a point."""
    return round(length * _TWIPS_PER_MM)


def twips_of_pt(length: float) -> int:
    """Return points in twentieths of a point."""
    return round(length * TWIPS_PER_POINT)


def run(text: str, *, bold: bool = False, italic: bool = False, underline: bool = False, size_pt: float = 0) -> str:
    """Write words of one style; a newline becomes a line break, what is not said comes from the paragraph's style."""
    half_points = round(size_pt * 2)
    wanted = (
        (bold, element("b") + element("bCs")),
        (italic, element("i") + element("iCs")),
        (half_points, element("sz", val=half_points) + element("szCs", val=half_points)),
        (underline, element("u", val="single")),
    )
    style = "".join(written for is_wanted, written in wanted if is_wanted)
    return element("r", element("rPr", style) if style else "", *_words(text))


def paragraph(style: str, *runs: str, properties: str = "") -> str:
    """Write a paragraph; `properties` are what it has beyond its style, in the order that Word asks for."""
    return element("p", element("pPr", element("pStyle", val=style), properties), *runs)


def runs_of(lines: Iterable[PrintedLine], *, bold: bool = False) -> str:
    """Write printed words, each piece in its styles; `bold` where the whole paragraph is."""
    written = []
    for line in lines:
        styles = line.style.split()
        written.append(
            run(
                line.text,
                bold=bold or "bold" in styles,
                italic="italic" in styles,
                underline="underline" in styles,
            )
        )
    return "".join(written)


def _words(text: str) -> list[str]:
    pieces = re.split("([\n\t])", text)
    signs = {"\n": "<w:br/>", "\t": "<w:tab/>"}
    return [signs.get(piece, f'<w:t xml:space="preserve">{plain(piece)}</w:t>') for piece in pieces if piece]


def _writable(text: str) -> str:
    return _UNWRITABLE.sub("\ufffd", text)
