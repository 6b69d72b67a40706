"""Types of document that a Party body issues (399-QĐ/TW: 25 types, 8 papers), with the symbols of their numbers."""

import datetime
from dataclasses import dataclass
from typing import Literal

# 399-QĐ/TW names types that 66-QĐ/TW of 2017 did not know.
REGULATION_399 = datetime.date(2026, 1, 9)


@dataclass(frozen=True, slots=True)
class DocumentType:
    """One type of document.

    `symbol_group` names the counter: types that print the same symbol are numbered in one line (Quyết định and
    Quy định). A "letter" (công văn) prints its subject under the number; a "titled" type prints its name above
    its subject. `paper` is the sheet it is printed on; A5 lies across. `since` is the day of the regulation that
    brought the type, `confirmed` whether a rule gives the symbol or only custom.
    """

    code: str
    name: str
    symbol: str
    symbol_group: str
    form: Literal["letter", "titled"] = "titled"
    paper: Literal["A4", "A5"] = "A4"
    since: datetime.date | None = None
    confirmed: bool = True

    @property
    def is_letter(self) -> bool:
        """Whether the subject stands under the number and no type name is printed."""
        return self.form == "letter"


def _titled(code: str, name: str, symbol: str | None = None, since: datetime.date | None = None) -> DocumentType:
    printed = code if symbol is None else symbol
    return DocumentType(code=code, name=name, symbol=printed, symbol_group=printed or code, since=since)


def _customary(code: str, name: str, symbol: str | None = None) -> DocumentType:
    """A type for which no rule gives the symbol; an empty one leaves the number with the symbol of the body alone."""
    printed = code if symbol is None else symbol
    return DocumentType(code=code, name=name, symbol=printed, symbol_group=printed or code, confirmed=False)


def _paper(
    code: str, name: str, paper: Literal["A4", "A5"], symbol: str | None = None, since: datetime.date | None = None
) -> DocumentType:
    """An administrative paper; the rule allows A4 and A5 and fixes no symbol."""
    printed = code if symbol is None else symbol
    return DocumentType(
        code=code, name=name, symbol=printed, symbol_group=printed or code, paper=paper, since=since, confirmed=False
    )


DOCUMENT_TYPES: tuple[DocumentType, ...] = (
    _customary("CLCT", "Cương lĩnh chính trị", ""),
    _customary("ĐL", "Điều lệ Đảng", ""),
    _customary("CL", "Chiến lược"),
    _titled("NQ", "Nghị quyết"),
    _titled("QĐ", "Quyết định"),
    _titled("CT", "Chỉ thị"),
    _titled("KL", "Kết luận"),
    _titled("QC", "Quy chế"),
    # QĐi was used in 2018 and 2019; since then Quy định prints QĐ and shares the counter of Quyết định.
    _titled("QĐi", "Quy định", "QĐ"),
    _titled("TT", "Thông tri"),
    _titled("HD", "Hướng dẫn"),
    _titled("TB", "Thông báo"),
    _customary("TC", "Thông cáo"),
    _customary("TBo", "Tuyên bố", ""),
    _customary("LKG", "Lời kêu gọi", ""),
    _titled("BC", "Báo cáo"),
    _titled("KH", "Kế hoạch"),
    _customary("QH", "Quy hoạch"),
    _titled("CTr", "Chương trình"),
    _titled("ĐA", "Đề án"),
    _titled("PA", "Phương án", since=REGULATION_399),
    _titled("DA", "Dự án", since=REGULATION_399),
    _titled("TTr", "Tờ trình"),
    DocumentType(code="CV", name="Công văn", symbol="CV", symbol_group="CV", form="letter"),
    _titled("BB", "Biên bản"),
    _titled("BS", "Bản sao"),
    _paper("GGT", "Giấy giới thiệu", "A5"),
    _paper("GCN", "Giấy chứng nhận", "A4"),
    _paper("GĐĐ", "Giấy đi đường", "A5"),
    _paper("GNP", "Giấy nghỉ phép", "A5"),
    _paper("GM", "Giấy mời", "A4", since=REGULATION_399),
    _paper("PC", "Phiếu chuyển", "A5", since=REGULATION_399),
    _paper("PG", "Phiếu gửi", "A5"),
    _paper("TCg", "Thư công", "A4", "", since=REGULATION_399),
)

_BY_CODE = {document_type.code: document_type for document_type in DOCUMENT_TYPES}


def type_named(code: str) -> DocumentType:
    """Return the type with this code; raise KeyError for a code that is not in the table."""
    return _BY_CODE[code]
