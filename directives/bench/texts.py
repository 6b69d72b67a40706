"""Texts of a large office, put together from a small stock of our own so that words are as common as in real papers.

Everything is drawn from one generator with a fixed seed: the same size always gives the same papers.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import accumulate
from pathlib import Path
from random import Random
from typing import Any

from directives.formats.types import type_named

TYPES = ("CV", "TB", "KL", "QĐ", "KH", "CT")
TYPE_WEIGHTS = (70, 12, 8, 5, 3, 2)
GROUP = "nhom-nhan-van-ban"
"""The code of the group of units that the head body writes to."""

_Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Written:
    """One paper's text: its type, its subject and the document as JSON; `words_from` are all lines people search."""

    type: str
    subject: str
    document: _Json
    words_from: tuple[str, ...]
    items: tuple[tuple[str, str], ...]
    """Id and text of each item, in order."""


class Writer:
    """Writes papers, sentences and names; each call draws from `random`."""

    def __init__(self, random: Random) -> None:
        self._random = random
        self._stock: dict[str, list[str]] = json.loads((Path(__file__).parent / "stock.json").read_text("utf-8"))

    def person(self) -> str:
        """A full name."""
        return " ".join(
            self._random.choice(self._stock[part]) for part in ("family_names", "middle_names", "given_names")
        )

    @cached_property
    def places(self) -> list[str]:
        """Every name of a place that the stock can make, in a fixed order."""
        stock = self._stock
        return [f"{first} {second}" for second in stock["second_syllables"] for first in stock["first_syllables"]]

    def paper(self) -> Written:
        """A paper with two opening paragraphs and three to seven items."""
        kind = self._random.choices(TYPES, TYPE_WEIGHTS)[0]
        matter = self._common("matters")
        subject = f"{self._common('acts')} {matter} {self._common('places')}"
        opening = [self._common("openings"), self._common("requests")]
        items = [(f"m{place}", self._item(matter)) for place in range(1, self._random.randint(4, 8))]
        body = [_block("paragraph", None, text) for text in opening]
        body += [
            {**_block("item", f"{place}.", text), "id": block_id} for place, (block_id, text) in enumerate(items, 1)
        ]
        document = _document(kind, subject, body)
        texts = (subject, *opening, *(text for _, text in items))
        return Written(kind, subject, document, texts, tuple(items))

    def _item(self, matter: str) -> str:
        """An order; now and then it names somebody, so that some words are rare."""
        about = matter if self._random.random() < 0.85 else self._common("matters")
        order = f"{self._common('acts')} {about} {self._common('places')}; {self._common('manners')}"
        if self._random.random() < 0.15:
            order += f". Đồng chí {self.person()} theo dõi, tổng hợp"
        if self._random.random() < 0.1:
            order += f" tại {self._random.choice(self.places)}"
        return f"{order[0].upper()}{order[1:]}."

    def _common(self, part: str) -> str:
        """One of this part of the stock; the first ones are drawn most often, as words in a language."""
        choices = self._stock[part]
        return self._random.choices(choices, cum_weights=_weights(len(choices)))[0]


def numbered(document: _Json, *, number: int, symbol: str, dated_on: date) -> _Json:
    """The document as it is frozen with its number and date."""
    return {
        **document,
        "number": {"value": number, "suffix": "", "symbol": symbol},
        "date": dated_on.isoformat(),
    }


def printed_letter() -> _Json:
    """A letter of two pages with its number, which is printed once and stands for every official copy."""
    document = Writer(Random(1)).paper().document
    head = {"superior_line": None, "name_line": "TỈNH ỦY SƠN HÀ", "symbol": "TU"}
    lines = [{"text": "T/M BAN THƯỜNG VỤ", "role": "authority"}, {"text": "PHÓ BÍ THƯ", "role": "position"}]
    signature = {"lines": lines, "signer": "Lương Minh Khuê"}
    paragraphs = [_block("paragraph", None, block["runs"][0]["text"]) for block in document["body"]]
    letter = {**document, "issuer": head, "body": document["body"] + paragraphs, "signature": signature}
    return numbered(letter, number=120, symbol=symbol_of(document["type"], "TU"), dated_on=date(2026, 1, 5))


def letter_to_group() -> _Json:
    """A letter with two tasks for each of its units, as issuing is measured with."""
    order = "Kiểm tra toàn bộ hồ chứa trên địa bàn và báo cáo kết quả trước ngày 25 hằng tháng."
    opening = _block("paragraph", None, "Mùa mưa đến sớm; đề nghị các đơn vị:")
    items = [{**_block("item", marker, order), "task": True, "follow": "each"} for marker in ("1.", "2.")]
    return _document("CV", "kiểm tra hồ chứa trước mùa mưa", [opening, *items])


def symbol_of(kind: str, body: str) -> str:
    """What stands behind the hyphen of a number of this type for the body with this symbol."""
    return f"{type_named(kind).symbol}/{body}"


def _weights(count: int) -> list[float]:
    # Not 1, 1/2, 1/3: the first matter would stand in every second paper, and no office writes of one thing only.
    return list(accumulate(1 / (place + 5) for place in range(count)))


def _block(kind: str, marker: str | None, text: str) -> _Json:
    return {"kind": kind, "marker": marker, "runs": [{"text": text}], "children": []}


def _document(kind: str, subject: str, body: list[_Json]) -> _Json:
    return {
        "type": kind,
        "profile": "HD05",
        "issuer": {"superior_line": None, "name_line": None, "symbol": None},
        "number": None,
        "place": "Sơn Hà",
        "date": None,
        "subject": {"prefix": "Về", "text": subject},
        "author_line": None,
        "meeting_note": None,
        "addressees": [{"text": "Các đảng ủy trực thuộc", "targets": [{"group": GROUP}]}],
        "body": body,
        "distribution_heading": None,
        "distribution": [
            {"text": "Như trên", "purpose": None, "same_as_addressees": True},
            {"text": "Lưu Văn phòng", "purpose": None, "archive": True},
        ],
        "signature": None,
        "digital_signatures": [],
        "citations": [],
    }
