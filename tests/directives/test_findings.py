"""Each rule finds its planted fault exactly once, and good papers have none."""

from __future__ import annotations

import dataclasses
import datetime
import json
import re
from pathlib import Path
from typing import Any

import pytest

from directives.annexes import Annex
from directives.blocks import Run
from directives.certified_copy import CertifiedCopy
from directives.demo.dates import with_dates
from directives.document import (
    Addressee,
    Citation,
    DistributionLine,
    Document,
    Issuer,
    Number,
    Signature,
    SignatureLine,
    Subject,
)
from directives.findings import Severity, findings
from tests.directives.documents import item, json_of, letter, paragraph, row, table

DEMO = sorted((Path(__file__).parents[2] / "directives" / "demo" / "texts").glob("*.json"))
TODAY = datetime.date(2026, 11, 23)
AS_ABOVE = DistributionLine("Như trên", same_as_addressees=True)
TO_REPORT = DistributionLine("Thường trực Tỉnh ủy", "để báo cáo")
ARCHIVE = DistributionLine("Lưu Văn phòng Tỉnh ủy", archive=True)


def signed(*lines: str, roles: tuple[str, ...] = ("authority", "position"), signer: str = "Vũ Đình Kha") -> Signature:
    """A signature block with these lines."""
    made = tuple(SignatureLine(text, role) for text, role in zip(lines, roles, strict=False))  # type: ignore[arg-type]  # these are roles
    return Signature(made, signer)


def good(**parts: Any) -> Document:
    """A letter in which nothing is to be found; any part may be given."""
    usual: dict[str, Any] = {
        "place": "Bạch Sơn",
        "date": TODAY,
        "subject": Subject("V/v", "kiểm tra đê điều"),
        "addressees": (Addressee("Các đảng ủy xã"),),
        "distribution": (AS_ABOVE, TO_REPORT, ARCHIVE),
        "signature": signed("T/M BAN THƯỜNG VỤ", "PHÓ BÍ THƯ"),
        "body": (paragraph("Mưa lớn kéo dài; Ban Thường vụ yêu cầu:"), item("1.", "Kiểm tra đê.", id="mot")),
    }
    facts = {**usual, **parts}
    return letter(*facts.pop("body"), **facts)


def says(text: str, **parts: Any) -> Document:
    """The same letter with another last item."""
    return good(body=(paragraph("Ban Thường vụ yêu cầu:"), item("1.", text, id="hai")), **parts)


def signed_by(*lines: str, roles: tuple[str, ...] = ("authority", "position", "position")) -> Document:
    """The same letter with another signature."""
    return good(signature=signed(*lines, roles=roles))


def listed(*lines: DistributionLine) -> Document:
    """The same letter with another distribution list."""
    return good(distribution=lines)


def titled(prefix: str | None, text: str, **parts: Any) -> Document:
    """A directive of a titled type with this subject."""
    return dataclasses.replace(
        good(subject=Subject(prefix, text), addressees=(), distribution=(TO_REPORT, ARCHIVE), **parts),
        type="CT",
        number=Number(3, "", "CT/TU"),
    )


CELL = Issuer("ĐẢNG BỘ XÃ VÂN KHÊ", "CHI BỘ THÔN TRUNG", "CB")
ANNEX = Annex("Biểu tổng hợp", (paragraph("Theo từng xã."),))

PLANTED = {
    "no issuer": (good(issuer=Issuer(None, None, "TU")), "part-missing", "error"),
    "no number": (good(number=None), "part-missing", "error"),
    "no place": (good(place=None), "part-missing", "error"),
    "no date": (good(date=None), "part-missing", "error"),
    "no subject": (good(subject=Subject("Về", " ")), "part-missing", "error"),
    "no text": (good(body=()), "part-missing", "error"),
    "no signature": (good(signature=None), "part-missing", "error"),
    "no signer": (good(signature=signed("T/M BAN THƯỜNG VỤ", "BÍ THƯ", signer="")), "part-missing", "error"),
    "no distribution": (good(distribution=()), "part-missing", "error"),
    "state form of T/M": (signed_by("TM. BAN THƯỜNG VỤ", "BÍ THƯ"), "signing-form", "error"),
    "one stroke of T/M": (signed_by("TM/ BAN THƯỜNG VỤ", "BÍ THƯ"), "signing-form", "error"),
    "no blank after T/M": (signed_by("T/MBAN THƯỜNG VỤ", "BÍ THƯ"), "signing-form", "error"),
    "state form of K/T": (signed_by("KT. TRƯỞNG BAN", "PHÓ TRƯỞNG BAN"), "signing-form", "error"),
    "state form of T/L": (signed_by("TL. BAN THƯỜNG VỤ", "CHÁNH VĂN PHÒNG"), "signing-form", "error"),
    "Q without its point": (signed_by("Q CHÁNH VĂN PHÒNG", roles=("position",)), "signing-form", "error"),
    "a form of the state": (signed_by("TUQ. BAN THƯỜNG VỤ", "CHÁNH VĂN PHÒNG"), "signing-form", "error"),
    "in the second signature": (
        good(second_signature=signed("TM. BAN THƯỜNG VỤ", "BÍ THƯ")),
        "signing-form",
        "error",
    ),
    "in a certified copy": (
        good(certified_copy=CertifiedCopy(form="SAO Y", issuer=CELL, signature=signed("TL. CHI ỦY", "PHÓ BÍ THƯ"))),
        "signing-form",
        "error",
    ),
    "T/L passed on": (
        signed_by("T/L BAN THƯỜNG VỤ", "K/T CHÁNH VĂN PHÒNG", "PHÓ CHÁNH VĂN PHÒNG"),
        "by-order-passed-on",
        "error",
    ),
    "K/T of a committee": (signed_by("K/T BÍ THƯ", "PHÓ BÍ THƯ"), "deputy-for-collective", "error"),
    "K/T of steering": (signed_by("K/T TRƯỞNG BAN CHỈ ĐẠO", "PHÓ TRƯỞNG BAN"), "deputy-for-collective", "error"),
    "body in the position": (signed_by("T/M BAN THƯỜNG VỤ", "PHÓ BÍ THƯ TỈNH ỦY"), "body-in-position", "warning"),
    "colon in the symbol": (good(number=Number(3, "", "CV:TU")), "number-form", "error"),
    "hyphen for the slash": (good(number=Number(3, "", "CV-TU")), "number-form", "error"),
    "another type": (good(number=Number(3, "", "TB/TU")), "number-form", "error"),
    "cited with a colon": (says("Theo Thông báo số: 15-TB/TU, ngày 05/8/2026."), "number-form", "warning"),
    "cited with the slash first": (says("Theo Thông báo số 15/TB-TU, ngày 05/8/2026."), "number-form", "warning"),
    "cited without the zero": (says("Theo Thông báo số 5-TB/TU, ngày 05/8/2026."), "number-form", "warning"),
    "cited with blanks": (says("Theo Thông báo số 15 - TB/TU, ngày 05/8/2026."), "number-form", "warning"),
    "cited without a date": (says("Theo Thông báo số 15-TB/TU của Tỉnh ủy."), "citation-without-date", "warning"),
    "noted without a date": (
        says("Theo Chỉ thị 16 của Chính phủ.", citations=(Citation("Chỉ thị 16 của Chính phủ", number="16"),)),
        "citation-without-date",
        "warning",
    ),
    "a day of no calendar": (says("Báo cáo trước ngày 31/11/2026."), "impossible-day", "error"),
    "a day in words": (says("Báo cáo trước ngày 30 tháng 02 năm 2027."), "impossible-day", "error"),
    "V/v and về": (good(subject=Subject("V/v", "về kiểm tra đê điều")), "subject-beginning", "error"),
    "V/v under a type": (titled("V/v", "kiểm tra đê điều"), "subject-beginning", "error"),
    "nobody addressed": (good(addressees=()), "addressee-empty", "error"),
    "an empty addressee": (good(addressees=(Addressee("Các xã"), Addressee(" - "))), "addressee-empty", "error"),
    "as above not first": (listed(TO_REPORT, AS_ABOVE, ARCHIVE), "distribution-order", "warning"),
    "archive not last": (listed(AS_ABOVE, ARCHIVE, TO_REPORT), "distribution-order", "warning"),
    "no archive": (listed(AS_ABOVE, TO_REPORT), "archive-line", "warning"),
    "archive of the state": (
        listed(AS_ABOVE, DistributionLine("Lưu: VT", archive=True)),
        "archive-line",
        "warning",
    ),
    "end mark of the state": (says("Kiểm tra đê./."), "state-end-mark", "warning"),
    "no end mark": (good(body=(item("1.", "Kiểm tra đê"), paragraph("Báo cáo."))), "end-mark-missing", "warning"),
    "the last ends open": (says("Kiểm tra đê;"), "end-mark-missing", "warning"),
    "both tone marks": (says("Uỷ ban nhân dân và Đảng ủy kiểm tra."), "tone-marks", "note"),
    "both tones in a cell": (
        good(body=(table(row("Hoà An", "Hòa Bình")), paragraph("Thực hiện nghiêm túc."))),
        "tone-marks",
        "note",
    ),
    "an annex is missing": (says("Kiểm tra đê (có phụ lục kèm theo)."), "annex-missing", "warning"),
    "the second is missing": (
        says("Theo Phụ lục I và Phụ lục II kèm theo.", annexes=(ANNEX,)),
        "annex-missing",
        "warning",
    ),
    "an annex unannounced": (good(annexes=(ANNEX,)), "annex-unmentioned", "warning"),
    "a sign without glyph": (says("Kiểm tra đê \U0001f600."), "letters", "error"),
    "a sign that nobody sees": (says("Kiểm\u200b tra đê."), "letters", "warning"),
    "a sign in the signer": (good(signature=signed("T/M BAN THƯỜNG VỤ", signer="Vũ \u5b57")), "letters", "error"),
    "type not of a cell": (titled("về", "kiểm tra đê điều", issuer=CELL), "type-authority", "warning"),
}


@pytest.mark.parametrize("fault", PLANTED)
def test_a_planted_fault_is_found_exactly_once(fault: str) -> None:
    document, rule, severity = PLANTED[fault]
    found = [(each.rule, each.severity) for each in findings(document)]
    assert found == [(rule, severity)]


def test_every_rule_has_a_planted_fault() -> None:
    sources = (Path(__file__).parents[2] / "directives" / "findings").glob("*.py")
    # What the directory knows is tried on the page of a paper, and in test_clarity.py.
    asking = {"bodies.py", "clarity.py"}
    read = [source.read_text(encoding="utf-8") for source in sources if source.name not in asking]
    written = "".join(read)
    rules = set(re.findall(r'(?:rule=|document, )"([a-z]+(?:-[a-z]+)*)"', written))
    # What the signer's authority gives is tried in test_signers.py.
    rules.remove("signature-not-as-given")
    assert rules == {rule for _document, rule, _severity in PLANTED.values()}


GOOD = {
    "the letter": good(),
    "a paper of a state body": says("Theo Nghị quyết số 68/NQ-CP ngày 01 tháng 7 năm 2026 của Chính phủ."),
    "a short later mention": says("Theo Kết luận số 09-KL/TU, ngày 02/3/2026 và Kết luận số 09-KL/TU của Tỉnh ủy."),
    "acting head": signed_by("Q. CHÁNH VĂN PHÒNG", roles=("position",)),
    "by order inside a body": signed_by("T/L TRƯỞNG BAN", "CHÁNH VĂN PHÒNG"),
    "deputy of a head": signed_by("K/T TRƯỞNG BAN", "PHÓ TRƯỞNG BAN"),
    "a deputy's own position": signed_by("T/L BAN THƯỜNG VỤ", "PHÓ CHÁNH VĂN PHÒNG"),
    "steering, by position": signed_by(
        "PHÓ BÍ THƯ", "kiêm", "TRƯỞNG BAN CHỈ ĐẠO", roles=("position", "connector", "position")
    ),
    "no choice of tone": says("Quý I, ủy ban mua máy, quá trình giao ủy ban họa sĩ quỹ."),
    "with its annex": says("Kiểm tra đê (có phụ lục kèm theo).", annexes=(ANNEX,)),
    "a quotation ends it": says("Giữ phương châm “bốn tại chỗ.”"),
    "a petition": dataclasses.replace(good(), type="TTr", number=Number(4, "", "TTr/TU"), subject=Subject("về", "đê")),
    "number of a decision": dataclasses.replace(titled("về", "nhân sự"), type="QĐ", number=Number(4, "", "QĐNS/TW")),
    "a cell's own type": dataclasses.replace(
        titled("về", "kiểm tra", issuer=CELL), type="NQ", number=Number(4, "", "NQ/CB")
    ),
    "a body whose list was not read": titled("về", "đê", issuer=Issuer("ĐẢNG BỘ TỈNH X", "ĐẢNG ỦY XÃ VÂN KHÊ", "ĐU")),
}


@pytest.mark.parametrize("name", GOOD)
def test_nothing_is_found_in_a_good_paper(name: str) -> None:
    assert findings(GOOD[name]) == []


@pytest.mark.parametrize("file", DEMO, ids=lambda file: file.stem)
def test_nothing_is_found_in_the_papers_of_the_demo(file: Path) -> None:
    paper = with_dates(json.loads(file.read_text(encoding="utf-8")), TODAY)
    assert findings(Document.from_json(paper["document"]), day=TODAY, numbered=False) == []


HEADLESS = ["head part-missing"] * 4
UNDATED = ["head part-missing"] * 3
LOOSE = [
    "body citation-without-date",
    "body end-mark-missing",
    "distribution distribution-order",
    "signature body-in-position",
]
CUT_OFF = ["signature part-missing", "distribution part-missing"]
EXPECTED = {
    "sample 000": ["body state-end-mark"],
    "sample 001": [],
    "sample 002": [*UNDATED, *LOOSE],
    "sample 003": HEADLESS,
    "sample 004": [*HEADLESS, *CUT_OFF, "body tone-marks"],
    "twin 000": ["body state-end-mark"],
    "twin 001": [],
    "twin 002": [*UNDATED, *LOOSE],
    "twin 003": HEADLESS,
    "twin 004": [*HEADLESS, *CUT_OFF],
}


@pytest.mark.parametrize("name", EXPECTED)
def test_the_findings_of_each_sample_are_known(name: str, request: pytest.FixtureRequest) -> None:
    document = Document.from_json(json_of(name, request))
    assert [f"{each.part} {each.rule}" for each in findings(document)] == EXPECTED[name]


def test_a_finding_names_its_block_its_words_and_its_clause() -> None:
    (found,) = findings(says("Theo Thông báo số 5-TB/TU, ngày 05/8/2026."))
    assert (found.block, found.quote, found.clause) == ("hai", "số 5-TB/TU", "05-HD/VPTW, ô 3")
    assert "số 05-TB/TU" in found.words


def test_a_sign_is_named_with_its_place() -> None:
    (found,) = findings(says("Kiểm tra\u200b đê."))
    assert "U+200B ZERO WIDTH SPACE" in found.words
    assert (found.block, found.quote) == ("hai", "Kiểm tra")


def test_a_draft_needs_no_number_and_no_date() -> None:
    assert findings(good(number=None, date=None), numbered=False) == []


def test_errors_come_first() -> None:
    found = findings(says("Uỷ ban và Đảng ủy kiểm tra./.", place=None))
    assert [each.severity for each in found] == [Severity.ERROR, Severity.WARNING, Severity.NOTE]


def test_bold_words_do_not_hide_a_fault() -> None:
    split = dataclasses.replace(item("1.", ""), runs=(Run("Theo Thông báo số 5", bold=True), Run("-TB/TU.")))
    found = findings(good(body=(split,)))
    assert [each.rule for each in found] == ["number-form", "citation-without-date"]
