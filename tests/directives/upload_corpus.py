"""Small files of every kind, good and bad, made here: each with its name and what must be said of it."""

from __future__ import annotations

import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO

import pikepdf
from PIL import Image

from directives.uploads.packages import LARGEST_UNPACKED, MOST_PARTS
from directives.uploads.pictures import MOST_DOTS

TAKEN = ""
"""Nothing is said of a file that is taken."""
MACRO, LINK, DTD = "Tệp có macro", "Tệp có liên kết ra ngoài", "Tệp có định nghĩa (DTD)"
DAMAGED, NOT_THAT, TOO_MUCH = "Tệp bị hỏng", "nhưng nội dung không phải", "Tệp bung ra lớn quá mức"
PASSWORD, KINDS, DOTS, RUNS = "mật khẩu", "Chỉ nhận tệp PDF", "quá lớn để mở", "tự chạy hoặc giấu"
EMPTY, LARGE, OLD = "Tệp rỗng", "Tệp lớn hơn 50 MB", "Lưu lại dạng"

RELATIONS = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{}</Relationships>'
TYPES = '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">{}</Types>'
DOCUMENT = '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body/></w:document>'
BILLION = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]><x>&b;</x>'
OUTSIDE = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname">]><x>&a;</x>'
PICTURE_LINK = '<Relationship Id="r1" Type="image" Target="http://tap-tin.example/a.png" TargetMode="External"/>'
TEMPLATE_LINK = '<Relationship Id="r1" Type="attachedTemplate" Target="//may.example/m.dotm" TargetMode=" external "/>'
MACRO_TYPE = (
    '<Override PartName="/word/document.xml" ContentType="application/vnd.ms-word.document.macroEnabled.main+xml"/>'
)


@dataclass(frozen=True, slots=True)
class Sample:
    """One file: what it shows, its name, its bytes, and words of what must be said of it."""

    shows: str
    name: str
    content: bytes
    said: str


def samples() -> Iterator[Sample]:
    """Every sample."""
    yield from _sound()
    yield from _names()
    yield from _not_what_they_say()
    yield from _packages()
    yield from _pdfs()
    yield from _pictures()


def package(parts: dict[str, str | bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A ZIP with these parts."""
    made = BytesIO()
    with zipfile.ZipFile(made, "w", method) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return made.getvalue()


def word(**parts: str | bytes) -> bytes:
    """A small Word file; `parts` are further ones, `__` stands for a slash and `_dot_` for a dot."""
    named = {name.replace("__", "/").replace("_dot_", "."): content for name, content in parts.items()}
    return package({"[Content_Types].xml": TYPES.format(""), "word/document.xml": DOCUMENT, **named})


def excel(parts: dict[str, str | bytes] | None = None) -> bytes:
    """A small Excel file, with further parts."""
    return package({"[Content_Types].xml": TYPES.format(""), "xl/workbook.xml": "<workbook/>", **(parts or {})})


def pdf(change: dict[str, object] | None = None, **saved: object) -> bytes:
    """A PDF of one empty page; `change` are entries of its catalogue."""
    made = BytesIO()
    with pikepdf.new() as document:
        document.add_blank_page()
        for key, value in (change or {}).items():
            document.Root[key] = value
        document.save(made, **saved)
    return made.getvalue()


def png(width: int = 4, height: int = 3, behind: bytes = b"") -> bytes:
    """A picture whose head tells this size; only the small ones hold as many dots as they say."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    rows = zlib.compress((b"\0" + b"\x7f" * min(width, 9)) * min(height, 9))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"") + behind


def jpeg(width: int = 8, height: int = 8) -> bytes:
    """A picture; a size that is not 8 × 8 stands in its head alone."""
    made = BytesIO()
    Image.new("L", (8, 8), 128).save(made, "JPEG")
    return made.getvalue().replace(struct.pack(">HH", 8, 8), struct.pack(">HH", height, width), 1)


def _sound() -> Iterator[Sample]:
    yield Sample("a Word file", "Đề án.docx", word(), TAKEN)
    yield Sample("a Word file in stored parts", "de-an.docx", package(_word_parts(), zipfile.ZIP_STORED), TAKEN)
    yield Sample("a Word file with a picture in it", "de-an.docx", word(word__media__a_dot_png=png()), TAKEN)
    yield Sample("an Excel file", "Biểu số 1.xlsx", excel(), TAKEN)
    yield Sample("a PDF", "To trinh.pdf", pdf(), TAKEN)
    yield Sample("a PDF with packed objects", "to-trinh.pdf", _with_object_streams(), TAKEN)
    yield Sample("a PDF that opens at a page", "to-trinh.pdf", _opening_at_a_page(), TAKEN)
    yield Sample("a PDF that may not be printed", "to-trinh.pdf", pdf(encryption=pikepdf.Encryption(owner="x")), TAKEN)
    yield Sample("a picture", "anh.png", png(), TAKEN)
    yield Sample("a picture of the camera", "anh.jpg", jpeg(), TAKEN)
    yield Sample("a sheet of A3 at 600 dots", "anh.png", png(7016, 9921), TAKEN)
    yield Sample("the ending in capitals", "TO TRINH.PDF", pdf(), TAKEN)
    yield Sample("the longer ending of pictures", "anh.jpeg", jpeg(), TAKEN)


def _names() -> Iterator[Sample]:
    """Names are made clean and stand in nobody's way; what they look like, see test_uploads."""
    yield Sample("a name that climbs", "../../etc/to-trinh.pdf", pdf(), TAKEN)
    yield Sample("a name of another system", "C:\\nha\\to-trinh.pdf", pdf(), TAKEN)
    yield Sample("a name of 300 letters", "a" * 300 + ".pdf", pdf(), TAKEN)
    yield Sample("a name in taken-apart letters", "Tờ trình.pdf", pdf(), TAKEN)
    yield Sample("a name written backwards", "to-trinh\u202efdp.exe", pdf(), KINDS)
    yield Sample("a page that hides its ending", "to-trinh.html\u200b", pdf(), KINDS)
    yield Sample("no ending", "to-trinh", pdf(), KINDS)
    yield Sample("an old Word file", "to-trinh.doc", word(), OLD)
    yield Sample("a Word file with macros by its name", "to-trinh.docm", word(), OLD)
    yield Sample("an old Excel file", "bieu.xls", excel(), OLD)
    yield Sample("a drawing that may run", "so-do.svg", b"<svg/>", KINDS)
    yield Sample("a package", "tat-ca.zip", word(), KINDS)
    yield Sample("a program", "cai-dat.exe", b"MZ", KINDS)


def _not_what_they_say() -> Iterator[Sample]:
    yield Sample("an empty file", "to-trinh.pdf", b"", EMPTY)
    yield Sample("more than 50 MB", "anh.png", png() + bytes(50 * 1024 * 1024), LARGE)
    yield Sample("a page of the web", "to-trinh.pdf", b"<!doctype html><script>alert(1)</script>", NOT_THAT)
    yield Sample("a picture named PDF", "to-trinh.pdf", png(), NOT_THAT)
    yield Sample("a PDF named Word", "to-trinh.docx", pdf(), NOT_THAT)
    yield Sample("an Excel file named Word", "to-trinh.docx", excel(), NOT_THAT)
    yield Sample("a Word file named Excel", "bieu.xlsx", word(), NOT_THAT)
    yield Sample("any package named Word", "to-trinh.docx", package({"a.txt": "a"}), NOT_THAT)
    yield Sample("words before the PDF", "to-trinh.pdf", b"MZ" + pdf(), NOT_THAT)
    yield Sample("a PDF with a package behind it", "to-trinh.pdf", pdf() + package({"a.js": "a"}), NOT_THAT)
    yield Sample("a picture with a package behind it", "anh.jpg", jpeg() + package({"a.js": "a"}), NOT_THAT)
    yield Sample("a picture that begins a PDF", "anh.jpg", jpeg()[:20] + b"%PDF-1.7" + jpeg()[20:], NOT_THAT)
    yield Sample("a locked Word file", "to-trinh.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), PASSWORD)


def _packages() -> Iterator[Sample]:
    yield Sample("a macro", "a.docx", word(word__vbaProject_dot_bin=b"\0" * 40), MACRO)
    yield Sample("a macro in capitals", "a.docx", word(word__VBAPROJECT_dot_BIN=b"\0" * 40), MACRO)
    yield Sample("a macro elsewhere", "a.xlsx", excel({"xl/khac/vbaProject.bin": b"\0"}), MACRO)
    types: dict[str, str | bytes] = {**_word_parts(), "[Content_Types].xml": TYPES.format(MACRO_TYPE)}
    yield Sample("a file with macros by its contents", "a.docx", package(types), MACRO)
    relations = "word/_rels/document.xml.rels"
    yield Sample("a picture from elsewhere", "a.docx", _word({relations: RELATIONS.format(PICTURE_LINK)}), LINK)
    template = "word/_rels/settings.xml.rels"
    yield Sample("a template from elsewhere", "a.docx", _word({template: RELATIONS.format(TEMPLATE_LINK)}), LINK)
    utf16 = ('<?xml version="1.0" encoding="utf-16"?>' + RELATIONS.format(PICTURE_LINK)).encode("utf-16")
    yield Sample("a link in other letters", "a.docx", _word({relations: utf16}), LINK)
    yield Sample("words that grow", "a.docx", _word({"word/document.xml": BILLION}), DTD)
    yield Sample("words from the machine", "a.docx", _word({"customXml/item1.xml": OUTSIDE}), DTD)
    yield Sample("words from the machine, in Excel", "a.xlsx", excel({"xl/sharedStrings.xml": OUTSIDE}), DTD)
    yield Sample("XML that breaks off", "a.docx", _word({"word/document.xml": "<w:document>"}), DAMAGED)
    yield Sample("a part with another name than its directory says", "a.docx", _with_another_name(), DAMAGED)
    yield Sample("a package that breaks off", "a.docx", word()[:-30], DAMAGED)
    yield Sample("too many parts", "a.docx", _word({f"word/media/{n}": b"" for n in range(MOST_PARTS)}), TOO_MUCH)
    yield Sample("zeros without end", "a.docx", _word({"word/media/a.bin": bytes(30_000_000)}), TOO_MUCH)
    yield Sample("more than 200 MB", "a.docx", _unpacking_to(LARGEST_UNPACKED + 1), TOO_MUCH)
    yield Sample("a directory that lies about a size", "a.docx", _lying(), TOO_MUCH)
    yield Sample("a small lie about a size", "a.docx", _lying(40), DAMAGED)
    yield Sample("a wrong checksum", "a.docx", _with_wrong_byte(), DAMAGED)
    yield Sample("the same part twice", "a.docx", _with_a_double(), DAMAGED)
    yield Sample("a locked part", "a.docx", _locked(), PASSWORD)
    yield Sample("a part locked more strongly", "a.docx", _locked(0x40), PASSWORD)
    yield Sample("a part that patches another", "a.docx", _locked(0x20), DAMAGED)
    yield Sample("a rare way of packing", "a.docx", package(_word_parts(), zipfile.ZIP_BZIP2), DAMAGED)


def _pdfs() -> Iterator[Sample]:
    script = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=pikepdf.String("app.alert(1)"))
    launch = pikepdf.Dictionary(S=pikepdf.Name.Launch, F=pikepdf.String("cmd.exe"))
    page = pikepdf.Dictionary(S=pikepdf.Name.URI, URI=pikepdf.String("http://noi-khac.example"))
    names = pikepdf.Dictionary(JavaScript=pikepdf.Dictionary(Names=pikepdf.Array([])))
    yield Sample("a script on opening", "a.pdf", pdf({"/OpenAction": script}), RUNS)
    yield Sample("a page of the web on opening", "a.pdf", pdf({"/OpenAction": page}), RUNS)
    yield Sample("a program on opening", "a.pdf", pdf({"/OpenAction": launch}), RUNS)
    yield Sample("named scripts", "a.pdf", pdf({"/Names": names}), RUNS)
    yield Sample("further actions", "a.pdf", pdf({"/AA": pikepdf.Dictionary(WC=script)}), RUNS)
    yield Sample("a script deep inside", "a.pdf", pdf({"/Deep": pikepdf.Array([pikepdf.Array([script])])}), RUNS)
    yield Sample(
        "a script in packed objects",
        "a.pdf",
        pdf({"/OpenAction": script}, object_stream_mode=pikepdf.ObjectStreamMode.generate),
        RUNS,
    )
    yield Sample("a form that fills itself in", "a.pdf", pdf({"/AcroForm": pikepdf.Dictionary(XFA=script)}), RUNS)
    yield Sample("a file within", "a.pdf", _with_a_file_within(), RUNS)
    yield Sample("a written name in signs", "a.pdf", pdf({"/OpenAction": script}).replace(b"/JS", b"/#4aS"), RUNS)
    yield Sample("a locked PDF", "a.pdf", pdf(encryption=pikepdf.Encryption(user="x", owner="y")), PASSWORD)
    yield Sample("a PDF that breaks off", "a.pdf", pdf()[:40], DAMAGED)
    yield Sample("a PDF without pages", "a.pdf", _without_pages(), DAMAGED)


def _pictures() -> Iterator[Sample]:
    yield Sample("a flood of dots", "anh.png", png(60_000, 60_000), DOTS)
    yield Sample("one dot too many", "anh.png", png(MOST_DOTS + 1, 1), DOTS)
    yield Sample("a flood of dots of the camera", "anh.jpg", jpeg(65_000, 65_000), DOTS)
    yield Sample("a picture without dots", "anh.png", png(0, 5), DAMAGED)
    yield Sample("words behind the picture", "anh.png", png(behind=b"<script>"), DAMAGED)
    yield Sample("a picture that breaks off", "anh.png", png()[:-6], DAMAGED)
    yield Sample("a changed byte", "anh.png", png().replace(b"IDAT", b"IDAX"), DAMAGED)
    yield Sample("a camera picture without its end", "anh.jpg", jpeg()[:-2], DAMAGED)
    yield Sample("a camera picture without its frame", "anh.jpg", jpeg()[:20], DAMAGED)


def _word_parts() -> dict[str, str | bytes]:
    return {"[Content_Types].xml": TYPES.format(""), "word/document.xml": DOCUMENT}


def _word(parts: dict[str, str | bytes]) -> bytes:
    return package({**_word_parts(), **parts})


def _unpacking_to(size: int) -> bytes:
    """A package that is large enough for its ratio to be in order."""
    noise = b"".join(zlib.crc32(bytes([n % 256, n // 256])).to_bytes(4, "big") for n in range(65_536)) * 9
    made = BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, content in _word_parts().items():
            archive.writestr(name, content)
        archive.writestr("word/media/a.bin", noise, zipfile.ZIP_STORED)
        archive.writestr("word/media/b.bin", bytes(size))
    return made.getvalue()


def _lying(size: int = 30_000_000) -> bytes:
    """A part whose directory says one byte, whatever comes out."""
    content = bytearray(_word({"word/media/a.bin": bytes(size)}))
    at = content.rfind(b"PK\x01\x02")
    content[at + 24 : at + 28] = struct.pack("<I", 1)
    return bytes(content)


def _with_wrong_byte() -> bytes:
    content = bytearray(package(_word_parts(), zipfile.ZIP_STORED))
    at = content.find(b"<w:body/>")
    content[at : at + 9] = b"<w:bodi/>"
    return bytes(content)


def _with_another_name() -> bytes:
    """A part that calls itself otherwise than the directory does."""
    return word().replace(b"word/document.xml", b"word/documand.xml", 1)


def _with_a_double() -> bytes:
    parts: dict[str, str | bytes] = {**_word_parts(), "word/docum@nt.xml": DOCUMENT}
    return package(parts).replace(b"docum@nt", b"document")


def _locked(flag: int = 0x1) -> bytes:
    content = bytearray(word())
    for at, mark in ((content.find(b"PK\x03\x04"), 6), (content.find(b"PK\x01\x02"), 8)):
        content[at + mark] |= flag
    return bytes(content)


def _with_object_streams() -> bytes:
    return pdf(object_stream_mode=pikepdf.ObjectStreamMode.generate)


def _opening_at_a_page() -> bytes:
    return pdf({"/OpenAction": pikepdf.Array([0, pikepdf.Name.Fit])})


def _with_a_file_within() -> bytes:
    made = BytesIO()
    with pikepdf.new() as document:
        document.add_blank_page()
        document.attachments["a.exe"] = pikepdf.AttachedFileSpec(document, b"MZ")
        document.save(made)
    return made.getvalue()


def pdf_unpacking_to(megabytes: int) -> bytes:
    """A PDF whose table of objects is packed and unpacks to this much; a reader unpacks it to find its first page."""
    objects = b"%PDF-1.5\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\n"
    packing = zlib.compressobj(1)
    table = b"".join(packing.compress(bytes(1_000_000)) for _megabyte in range(megabytes)) + packing.flush()
    head = b"3 0 obj<</Type/XRef/Size 4/W[1 2 1]/Root 1 0 R/Filter/FlateDecode/Length %d>>stream\n" % len(table)
    return objects + head + table + b"\nendstream endobj\nstartxref\n%d\n%%%%EOF\n" % len(objects)


def _without_pages() -> bytes:
    made = BytesIO()
    with pikepdf.new() as document:
        document.save(made)
    return made.getvalue()
