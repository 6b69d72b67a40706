"""Types of document that a Party body issues (399-QĐ/TW), with the symbols that stand in their numbers."""

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class DocumentType:
    """One type of document.

    `symbol_group` names the counter: types that print the same symbol are numbered in one line (Quyết định and
    Quy định). A "letter" (công văn) prints its subject under the number; a "titled" type prints its name above
    its subject.
    """

    code: str
    name: str
    symbol: str
    symbol_group: str
    form: Literal["letter", "titled"] = "titled"

    @property
    def is_letter(self) -> bool:
        """Whether the subject stands under the number and no type name is printed."""
        return self.form == "letter"


def _titled(code: str, name: str, symbol: str | None = None) -> DocumentType:
    printed = code if symbol is None else symbol
    return DocumentType(code=code, name=name, symbol=printed, symbol_group=printed or code)


# No symbol is known for Cương lĩnh, Điều lệ, Tuyên bố and Lời kêu gọi; their number carries the body's symbol alone.
# CL, TC, QH, GM and GGT are customary, not confirmed by the rule.
DOCUMENT_TYPES: tuple[DocumentType, ...] = (
    _titled("CLCT", "Cương lĩnh chính trị", ""),
    _titled("ĐL", "Điều lệ Đảng", ""),
    _titled("CL", "Chiến lược"),
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
    _titled("TC", "Thông cáo"),
    _titled("TBo", "Tuyên bố", ""),
    _titled("LKG", "Lời kêu gọi", ""),
    _titled("BC", "Báo cáo"),
    _titled("KH", "Kế hoạch"),
    _titled("QH", "Quy hoạch"),
    _titled("CTr", "Chương trình"),
    _titled("ĐA", "Đề án"),
    _titled("PA", "Phương án"),
    _titled("DA", "Dự án"),
    _titled("TTr", "Tờ trình"),
    DocumentType(code="CV", name="Công văn", symbol="CV", symbol_group="CV", form="letter"),
    _titled("BB", "Biên bản"),
    _titled("BS", "Bản sao"),
    _titled("GGT", "Giấy giới thiệu"),
    _titled("GM", "Giấy mời"),
)

_BY_CODE = {document_type.code: document_type for document_type in DOCUMENT_TYPES}


def type_named(code: str) -> DocumentType:
    """Return the type with this code; raise KeyError for a code that is not in the table."""
    return _BY_CODE[code]
