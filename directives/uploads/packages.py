"""Unpack a ZIP package piece by piece and count what comes out: what its directory says may be a lie."""

from __future__ import annotations

import struct
import zipfile
import zlib
from collections.abc import Iterator
from io import BytesIO

from django.utils.translation import gettext as _

from orgs.verdicts import Refused

MOST_PARTS = 2_000
LARGEST_UNPACKED = 200 * 1024 * 1024
LARGEST_RATIO = 100
_PIECE = 256 * 1024
_LOCAL_HEAD = struct.Struct("<4s5H3I2H")
_LOCAL_MARK = b"PK\x03\x04"
_ENCRYPTED, _PATCHED, _IN_UTF_8 = 0x1 | 0x40, 0x20, 0x800


def unpacked(content: bytes) -> Iterator[tuple[str, Iterator[bytes]]]:
    """Each part of the package by its name, with its bytes in pieces; take them all before the next part.

    Raises Refused for what is no sound package, has too many parts or unpacks to too much.
    """
    try:
        parts = zipfile.ZipFile(BytesIO(content)).infolist()
    except (zipfile.BadZipFile, NotImplementedError, ValueError) as error:
        raise damaged() from error
    if len(parts) > MOST_PARTS:
        raise _too_much()
    if len({part.filename.lower() for part in parts}) < len(parts):
        raise damaged()
    count = _Count(min(LARGEST_UNPACKED, LARGEST_RATIO * len(content)))
    for part in parts:
        yield part.filename, count.counted(part, _pieces(content, part))


def damaged() -> Refused:
    """Its structure does not hold together."""
    return Refused(_("The file is damaged. Open it in the program that made it, save it anew, then upload it."))


def _too_much() -> Refused:
    return Refused(_("The file unpacks to far more than it should. Save it anew with fewer pictures, then upload it."))


class _Count:
    """How many bytes may still come out of the package."""

    def __init__(self, room: int) -> None:
        self._room = room

    def counted(self, part: zipfile.ZipInfo, pieces: Iterator[bytes]) -> Iterator[bytes]:
        """The pieces, as long as there is room; raises Refused when they are not what the directory promised."""
        size, checksum = 0, 0
        for piece in pieces:
            size, checksum = size + len(piece), zlib.crc32(piece, checksum)
            self._room -= len(piece)
            if self._room < 0:
                raise _too_much()
            yield piece
        if (size, checksum) != (part.file_size, part.CRC):
            raise damaged()


def _pieces(content: bytes, part: zipfile.ZipInfo) -> Iterator[bytes]:
    packed = _packed(content, part)
    if part.compress_type == zipfile.ZIP_STORED:
        for start in range(0, len(packed), _PIECE):
            yield bytes(packed[start : start + _PIECE])
        return
    inflate = zlib.decompressobj(-zlib.MAX_WBITS)
    try:
        for start in range(0, len(packed), _PIECE):
            rest = bytes(packed[start : start + _PIECE])
            while rest and not inflate.eof:
                yield inflate.decompress(rest, _PIECE)
                rest = inflate.unconsumed_tail
    except zlib.error as error:
        raise damaged() from error
    yield inflate.flush()
    if not inflate.eof or inflate.unused_data:
        raise damaged()


def _packed(content: bytes, part: zipfile.ZipInfo) -> memoryview:
    """The packed bytes of a part, behind its own head."""
    if part.flag_bits & _ENCRYPTED:
        raise Refused(_("The file asks for a password. Save it without one, then upload it."))
    if part.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED} or part.flag_bits & _PATCHED:
        raise damaged()
    head = content[part.header_offset : part.header_offset + _LOCAL_HEAD.size]
    if len(head) < _LOCAL_HEAD.size:
        raise damaged()
    mark, *_middle, name_length, extra_length = _LOCAL_HEAD.unpack(head)
    begin = part.header_offset + _LOCAL_HEAD.size
    name = content[begin : begin + name_length].decode("utf-8" if part.flag_bits & _IN_UTF_8 else "cp437", "replace")
    # Under another name than that of the directory no program would find it.
    if mark != _LOCAL_MARK or name != part.orig_filename:
        raise damaged()
    start = begin + name_length + extra_length
    return memoryview(content)[start : start + part.compress_size]
