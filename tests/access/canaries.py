"""Words that occur once in the world: whoever meets one has seen the object that it was written into."""

from __future__ import annotations

import hashlib
import io
import re
import zipfile
from collections.abc import Iterable
from functools import cache
from urllib.parse import unquote_plus

import pypdfium2
from django.http import HttpResponseBase

LENGTH = 24
"""Long enough that no token of a form spells such a word by chance."""
_MARK = "zq"
_WORD = re.compile(_MARK + rf"[a-p]{{{LENGTH}}}")
_HEX_AS_LETTERS = str.maketrans("0123456789abcdef", "abcdefghijklmnop")


def word_of(owner: str) -> str:
    """The word of this owner: small Latin letters only, so that no page, index or address spells it otherwise."""
    return _MARK + hashlib.sha256(owner.encode()).hexdigest()[:LENGTH].translate(_HEX_AS_LETTERS)


def words_in(text: str) -> set[str]:
    """Every such word in the text, also where it was typed in capitals or escaped for an address."""
    return set(_WORD.findall(unquote_plus(text).lower()))


def words_answered(answer: HttpResponseBase) -> set[str]:
    """The words in the status line, headers, cookies and body of an answer; PDF and Word as read by people."""
    head = [f"{name}: {value}" for name, value in answer.items()]
    head += [str(answer.reason_phrase), str(answer.cookies)]
    content: bytes = getattr(answer, "content", b"")
    return words_in("\n".join([*head, _body_in_words(content)]))


def _body_in_words(content: bytes) -> str:
    if content.startswith(b"%PDF"):
        return text_of_pdf(content)
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as parts:
            return "\n".join(parts.read(name).decode() for name in parts.namelist())
    return content.decode(errors="replace")


@cache
def text_of_pdf(content: bytes) -> str:
    """The text layer of all pages and what the file says about itself."""
    with pypdfium2.PdfDocument(content) as document:
        pages = [page.get_textpage().get_text_range() for page in document]
        return "\n".join([*pages, *map(str, document.get_metadata_dict().values())])


def leaked(found: Iterable[str], owners: dict[str, str], allowed: set[str]) -> list[str]:
    """The owners of the found words that are not among the allowed ones, in order; a word of nobody is its own."""
    return sorted({owners.get(word, word) for word in found} - allowed)
