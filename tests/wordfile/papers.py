"""The papers of these tests, each with its Word file, and what LibreOffice makes of it."""

from __future__ import annotations

import json
import re
import subprocess
import zipfile
from io import BytesIO
from pathlib import Path
from xml.etree import ElementTree

import pytest

from directives.document import Document
from tests.directives.documents import NAMES, json_of
from tests.directives.pages import Pages, squeezed

CASES = {file.stem: file for file in sorted((Path(__file__).parents[1] / "format" / "cases").glob("*.json"))}
EVERY = [*NAMES, *CASES]
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_PAGE_NUMBER = re.compile(r"\s*\d{1,3}\s*")


def paper(name: str, request: pytest.FixtureRequest) -> Document:
    """Return a sample, a twin or a case of the format by its name; skip the test where the samples are absent."""
    if name in CASES:
        return Document.from_json(json.loads(CASES[name].read_text(encoding="utf-8")))
    return Document.from_json(json_of(name, request))


def parts(content: bytes) -> dict[str, str]:
    """Return the parts of a Word file by their names."""
    with zipfile.ZipFile(BytesIO(content)) as archive:
        return {name: archive.read(name).decode() for name in archive.namelist()}


def part(content: bytes, name: str) -> ElementTree.Element:
    """Return one part of the folder word."""
    return ElementTree.fromstring(parts(content)[f"word/{name}.xml"])


def in_libreoffice(folder: Path, files: dict[str, bytes]) -> dict[str, bytes]:
    """Open Word files in LibreOffice and return the PDF that it prints of each; one start serves them all."""
    for name, content in files.items():
        (folder / f"{name}.docx").write_bytes(content)
    # A profile of its own, so that another LibreOffice on this machine is no hindrance.
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder)]
    subprocess.run([*command, *(str(folder / f"{name}.docx") for name in files)], check=True, capture_output=True)
    return {name: (folder / f"{name}.pdf").read_bytes() for name in files}


def printed_words(pdf: bytes) -> str:
    """Return the words of all pages in order without any space; the number at the top of a page is left out."""
    pages = Pages(pdf)
    words = []
    for number in range(1, len(pages) + 1):
        lines = [line for line in re.split(r"[\r\n]+", pages.text(number)) if line.strip()]
        # One program writes the page number first, the other one last.
        for place in (-1, 0):
            if lines and _PAGE_NUMBER.fullmatch(lines[place]):
                del lines[place]
        words += lines
    return squeezed("".join(words))
