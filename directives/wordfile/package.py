"""Packs the parts of a Word file: the same parts give the same bytes, whatever the clock says."""

import io
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass

from directives.wordfile.markup import DECLARATION, plain

_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_CORE = f"{_PACKAGE}/relationships/metadata/core-properties"
# The first moment that a zip can name.
_NO_CLOCK = (1980, 1, 1, 0, 0, 0)
_KINDS = {"document": "document.main", "header": "header", "footer": "footer"}


@dataclass(frozen=True, slots=True)
class Properties:
    """What the file says of itself; `dated` is an ISO date or empty."""

    title: str
    author: str
    dated: str


def packed(parts: Mapping[str, str], properties: Properties) -> bytes:
    """Return the .docx; `parts` are the parts of the folder word by their names, "document" among them."""
    files = {
        "[Content_Types].xml": _content_types(parts),
        "_rels/.rels": _relationships(
            {"document": (f"{_OFFICE}/officeDocument", "word/document.xml"), "core": (_CORE, "docProps/core.xml")}
        ),
        "docProps/core.xml": _core(properties),
        "word/_rels/document.xml.rels": _relationships(
            {relationship_id(name): (f"{_OFFICE}/{_kind(name)}", f"{name}.xml") for name in parts if name != "document"}
        ),
        **{f"word/{name}.xml": part for name, part in parts.items()},
    }
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name, content in files.items():
            entry = zipfile.ZipInfo(name, _NO_CLOCK)
            entry.compress_type = zipfile.ZIP_DEFLATED
            # A number of the system that packs would stand there otherwise.
            entry.create_system = 0
            archive.writestr(entry, content.encode())
    return target.getvalue()


def relationship_id(name: str) -> str:
    """Return the id by which the document names another part."""
    return f"part-{name}"


def _kind(name: str) -> str:
    """Return what a part is: "header" of "header1"."""
    return name.rstrip("0123456789")


def _content_types(parts: Mapping[str, str]) -> str:
    overrides = "".join(
        f'<Override PartName="/word/{name}.xml" ContentType="{_WORD}.{_KINDS.get(_kind(name), _kind(name))}+xml"/>'
        for name in parts
    )
    core = (
        '<Override PartName="/docProps/core.xml" '
        'ContentType="application/vnd.openxmlformats-package.core-properties+xml"/>'
    )
    relationships = '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    default = '<Default Extension="xml" ContentType="application/xml"/>'
    return f'{DECLARATION}<Types xmlns="{_PACKAGE}/content-types">{relationships}{default}{overrides}{core}</Types>'


def _relationships(targets: Mapping[str, tuple[str, str]]) -> str:
    entries = "".join(
        f'<Relationship Id="{key}" Type="{kind}" Target="{target}"/>' for key, (kind, target) in targets.items()
    )
    return f'{DECLARATION}<Relationships xmlns="{_PACKAGE}/relationships">{entries}</Relationships>'


def _core(properties: Properties) -> str:
    moment = f"{properties.dated}T00:00:00Z"
    dates = "".join(
        f'<dcterms:{fact} xsi:type="dcterms:W3CDTF">{moment}</dcterms:{fact}>' for fact in ("created", "modified")
    )
    return (
        f'{DECLARATION}<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{plain(properties.title)}</dc:title><dc:creator>{plain(properties.author)}</dc:creator>"
        f"<dc:language>vi</dc:language>{dates if properties.dated else ''}</cp:coreProperties>"
    )
