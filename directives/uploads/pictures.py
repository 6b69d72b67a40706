"""Look through a picture: whole, nothing behind its end, and no more dots than a scanned sheet has."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator

from django.utils.translation import gettext as _

from directives.uploads.packages import damaged
from orgs.verdicts import Refused

MOST_DOTS = 70_000_000
"""A sheet of A3 at 600 dots per inch."""
_PNG_MARK = 8
_START_OF_SCAN, _END_OF_IMAGE = 0xDA, 0xD9
_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_WITHOUT_LENGTH = frozenset((0x01, *range(0xD0, 0xD8)))


def check_png(content: bytes) -> None:
    """Raise Refused unless the chunks hold together, from the head to the end."""
    chunks = list(_chunks(content))
    kinds = [kind for kind, _data in chunks]
    if kinds[:1] != [b"IHDR"] or kinds[-1:] != [b"IEND"] or b"IDAT" not in kinds or len(chunks[0][1]) < 8:
        raise damaged()
    _check_dots(*struct.unpack(">II", chunks[0][1][:8]))


def check_jpeg(content: bytes) -> None:
    """Raise Refused unless the segments hold together as far as the picture, and the picture comes to an end."""
    sizes = [struct.unpack(">HH", data[1:5]) for mark, data in _segments(content) if mark in _FRAMES and len(data) > 4]
    if not sizes or bytes((0xFF, _END_OF_IMAGE)) not in content:
        raise damaged()
    for height, width in sizes:
        _check_dots(width, height)


def _check_dots(width: int, height: int) -> None:
    if not width or not height:
        raise damaged()
    if width * height > MOST_DOTS:
        raise Refused(
            _("The picture has %(width)s × %(height)s dots, too many to be opened. Make it smaller, then upload it.")
            % {"width": width, "height": height}
        )


def _chunks(content: bytes) -> Iterator[tuple[bytes, bytes]]:
    at = _PNG_MARK
    while at < len(content):
        head = content[at : at + 8]
        length = int.from_bytes(head[:4], "big")
        data, checksum = content[at + 8 : at + 8 + length], content[at + 8 + length : at + 12 + length]
        if len(checksum) < 4 or zlib.crc32(data, zlib.crc32(head[4:])) != int.from_bytes(checksum, "big"):
            raise damaged()
        yield head[4:], data
        at += 12 + length


def _segments(content: bytes) -> Iterator[tuple[int, bytes]]:
    """The marked segments before the picture itself."""
    at = 2
    while at + 4 <= len(content) and content[at] == 0xFF:
        mark = content[at + 1]
        if mark == _START_OF_SCAN:
            return
        if mark == 0xFF or mark in _WITHOUT_LENGTH:
            at += 1 if mark == 0xFF else 2
            continue
        length = int.from_bytes(content[at + 2 : at + 4], "big")
        yield mark, content[at + 4 : at + 2 + length]
        at += 2 + length
    raise damaged()
