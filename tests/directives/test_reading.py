"""Word files are read as directives: those of our own by their styles, others by their words."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable
from datetime import date
from io import BytesIO
from typing import Any

import docx
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from docx.document import Document as WordDocument
from docx.enum.text import WD_ALIGN_PARAGRAPH

from directives.blocks import Block, BlockKind
from directives.document import Document
from directives.flat_blocks import flattened
from directives.models import Directive
from directives.reading import read_word
from directives.uploads import checked
from directives.wordfile import word_file
from orgs.verdicts import Refused
from tests import factories
from tests.browsing import as_person, press
from tests.directives.upload_corpus import word
from tests.factories import ClockAt, Committee
from tests.wordfile.papers import EVERY, paper

PARTS = ("type", "place", "date", "author_line", "meeting_note", "enacting_line", "urgency", "number")
SIGNED = ("signature", "second_signature", "confirmation")


def read(content: bytes, profile: str = "HD05") -> Document:
    return read_word(checked("van-ban.docx", content), profile)


def one_line(text: str | None) -> str | None:
    return " ".join(text.split()) if text else None


@pytest.mark.parametrize("name", EVERY)
def test_a_paper_comes_back_from_its_word_file(name: str, request: pytest.FixtureRequest) -> None:
    document = paper(name, request)
    again = read(word_file(document), document.profile)
    for part in PARTS:
        wanted = getattr(document, part)
        assert getattr(again, part) == (one_line(wanted) if isinstance(wanted, str) else wanted), part
    for part in SIGNED:
        assert getattr(again, part) == getattr(document, part), part
    assert (again.subject.prefix, again.subject.text) == (
        document.subject.prefix,
        one_line(document.subject.text) or "",
    )
    assert [each.text for each in again.addressees] == [each.text.rstrip(",;.") for each in document.addressees]
    assert again.distribution_heading == document.distribution_heading
    assert again.distribution == tuple(dataclasses.replace(line, targets=()) for line in document.distribution)
    assert len(again.grounds) == len(document.grounds)


@pytest.mark.parametrize("name", EVERY)
def test_the_text_comes_back_with_markers_styles_tables_and_annexes(name: str, request: pytest.FixtureRequest) -> None:
    document = paper(name, request)
    again = read(word_file(document), document.profile)
    # The sentence of dissemination is the last paragraph of the page.
    closing = [("paragraph", None, (document.dissemination.casefold(), ""))] if document.dissemination else []
    assert words_of(again.body) == [*words_of(document.body), *closing]
    assert [words_of(each.body) for each in again.annexes] == [words_of(each.body) for each in document.annexes]
    assert [each.orientation for each in again.annexes] == [each.orientation for each in document.annexes]


def words_of(blocks: Iterable[Block]) -> list[Any]:
    """Kind, marker and words with their styles; chapters are printed in capitals, spaces belong to no style."""
    return [(flat.block.kind.value, flat.block.marker, *content_of(flat.block)) for flat in flattened(blocks)]


def content_of(block: Block) -> Iterable[Any]:
    if block.kind is BlockKind.TABLE:
        yield block.head_rows
        yield [[(one_line(cell.text), cell.columns, cell.rows) for cell in row.cells] for row in block.children]
    for run in block.runs:
        if run.text.strip():
            style = "".join(name for name in ("bold", "italic", "underline") if getattr(run, name))
            yield (" ".join(run.text.split()).casefold(), style)


def levels_of(blocks: Iterable[Block]) -> list[tuple[int, str | None]]:
    return [(flat.level, flat.block.marker) for flat in flattened(blocks) if flat.block.marker]


@pytest.mark.parametrize("name", ["conclusion_of_a_meeting", "rules_in_chapters", "decision_with_grounds", "petition"])
def test_items_find_their_levels_again(name: str, request: pytest.FixtureRequest) -> None:
    document = paper(name, request)
    assert levels_of(read(word_file(document), document.profile).body) == levels_of(document.body)


def test_what_was_written_into_our_file_since_is_read_too() -> None:
    edited = docx.Document(BytesIO(word_file(factories.letter())))
    place = next(each for each in edited.paragraphs if "Quán triệt" in each.text)
    place.insert_paragraph_before("4. Báo cáo trước ngày 30 hằng tháng.", style="Nội dung đánh số")
    place.insert_paragraph_before("Một đoạn viết thêm.")
    texts = [block.line for block, _above in read(saved(edited)).walk()]
    assert "4. Báo cáo trước ngày 30 hằng tháng." in texts
    assert "Một đoạn viết thêm." in texts


class TestAPlainLetter:
    def test_head_subject_addressees_items_distribution_and_signature_are_found(self) -> None:
        document = read(plain_letter())
        assert (document.type, document.place, document.date) == ("CV", "Sơn Hà", date(2026, 11, 24))
        assert document.number is not None
        assert (document.number.value, document.issuer.symbol) == (745, "HU")
        assert (document.issuer.superior_line, document.issuer.name_line) == (
            "ĐẢNG BỘ TỈNH SƠN HÀ",
            "HUYỆN ỦY SUỐI BẠC",
        )
        assert (document.subject.prefix, document.subject.text) == ("V/v", "tăng cường kiểm tra hồ chứa mùa mưa")
        assert [each.text for each in document.addressees] == ["Các đảng ủy xã", "Ban Quản lý các hồ chứa"]
        lines = [(flat.level, flat.block.line) for flat in flattened(document.body)]
        assert lines == [
            (0, "Mùa mưa năm nay đến sớm; Thường trực Huyện ủy yêu cầu:"),
            (0, "1. Các đảng ủy xã kiểm tra toàn bộ hồ chứa."),
            (1, "- Hồ đập đất kiểm tra trước."),
            (0, "2. Báo cáo kết quả bằng văn bản."),
        ]
        assert [line.printed for line in document.distribution] == [
            "Như trên",
            "Thường trực Tỉnh ủy (để b/c)",
            "Lưu VPHU",
        ]
        assert [line.archive for line in document.distribution] == [False, False, True]
        assert document.signature is not None
        assert [line.text for line in document.signature.lines] == ["T/M BAN THƯỜNG VỤ", "PHÓ BÍ THƯ"]
        assert document.signature.signer == "Đặng Văn Khe"

    def test_a_titled_paper_gives_its_type_author_and_subject(self) -> None:
        document = read(titled_paper())
        assert (document.type, document.author_line) == ("CT", "của Ban Thường vụ Huyện ủy")
        assert (document.subject.prefix, document.subject.text) == ("về", "phòng cháy rừng mùa khô")
        kinds = [(block.kind.value, block.line) for block, _above in document.walk()]
        assert ("heading", "I. Tình hình") in kinds
        assert ("item", "1. Kiểm lâm trực đủ quân số.") in kinds

    def test_lists_that_word_counts_get_the_numbers_that_stand_on_the_page(self) -> None:
        file = docx.Document()
        for words in ("Việc thứ nhất.", "Việc thứ hai."):
            file.add_paragraph(words, style="List Number")
        file.add_paragraph("Một điểm.", style="List Bullet")
        assert [block.line for block, _above in read(saved(file)).walk()] == [
            "1. Việc thứ nhất.",
            "2. Việc thứ hai.",
            "- Một điểm.",
        ]

    def test_a_table_of_the_text_stays_a_table_with_its_joined_cells(self) -> None:
        file = docx.Document()
        file.add_paragraph("Khối lượng như sau:")
        table = file.add_table(rows=2, cols=3)
        table.cell(0, 0).merge(table.cell(0, 1)).text = "Xã"
        table.cell(1, 0).merge(table.cell(1, 1)).text = "Suối Bạc"
        table.cell(1, 2).text = "12"
        [_words, block] = read(saved(file)).body
        assert block.kind is BlockKind.TABLE
        assert [[(cell.text, cell.columns) for cell in row.cells] for row in block.children] == [
            [("Xã", 2), ("", 1)],
            [("Suối Bạc", 2), ("12", 1)],
        ]

    def test_a_file_without_words_says_so(self) -> None:
        with pytest.raises(Refused, match="Không đọc được chữ nào"):
            read(word())


@pytest.fixture
def of(db: None) -> Committee:
    return factories.committee(ClockAt(timezone.now()))


def begin(of: Committee, name: str, content: bytes) -> Any:
    body = of.organization.pk
    facts = {"pair": f"{body}:{body}", "no_secret": "on", "file": SimpleUploadedFile(name, content)}
    return press(as_person(of.drafter), reverse("start"), **facts)


def test_a_draft_begins_with_a_word_file_its_recipients_and_its_signer(of: Committee) -> None:
    source = factories.directive(of, factories.DirectiveState.ISSUED)
    answer = begin(of, "CÔNG VĂN.docx", word_file(source.document(of.clock.today())))
    draft = Directive.objects.get(state="draft")
    assert answer.url == reverse("edit", args=[draft.pk])
    assert "Đã lấy nội dung từ tệp" in answer.client.get(answer.url).content.decode()
    document = Document.from_json(draft.text)
    assert draft.subject == source.subject
    assert (document.number, document.date, draft.authority) == (None, None, of.authority)
    lines = [block.line for block, _above in document.walk()]
    assert lines == [block.line for block, _above in source.document(of.clock.today()).walk()]


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.docx", word(word__vbaProject_dot_bin=b"\0"), "Tệp có macro"),
        ("a.docx", b"%PDF-1.7", "nhưng nội dung không phải"),
        ("a.pdf", b"%PDF-1.7", "Tệp bị hỏng"),
        ("a.doc", b"x", "Lưu lại dạng .docx"),
        ("a.docx", word(), "Không đọc được chữ nào"),
        ("a.json", b"{}", "type"),
    ],
)
def test_a_file_that_cannot_be_begun_with_says_why_and_no_draft_is_made(
    of: Committee, name: str, content: bytes, said: str
) -> None:
    answer = begin(of, name, content)
    assert answer.status_code == 400
    assert said in answer.content.decode()
    assert not Directive.objects.exists()


def saved(file: WordDocument) -> bytes:
    """The bytes of a file made with python-docx."""
    written = BytesIO()
    file.save(written)
    return written.getvalue()


def plain_letter() -> bytes:
    """A letter as an office writes it without any style: tables for head and foot, markers typed by hand."""
    file = docx.Document()
    head = file.add_table(rows=1, cols=2)
    head.cell(
        0, 0
    ).text = "ĐẢNG BỘ TỈNH SƠN HÀ\nHUYỆN ỦY SUỐI BẠC\n*\nSố 745-CV/HU\nV/v tăng cường kiểm tra\nhồ chứa mùa mưa"
    head.cell(0, 1).text = "ĐẢNG CỘNG SẢN VIỆT NAM\n\nSơn Hà, ngày 24 tháng 11 năm 2026"
    file.add_paragraph()
    file.add_paragraph("Kính gửi:")
    file.add_paragraph("- Các đảng ủy xã,")
    file.add_paragraph("- Ban Quản lý các hồ chứa.")
    file.add_paragraph()
    file.add_paragraph("Mùa mưa năm nay đến sớm; Thường trực Huyện ủy yêu cầu:")
    file.add_paragraph("1. Các đảng ủy xã kiểm tra toàn bộ hồ chứa.")
    file.add_paragraph("- Hồ đập đất kiểm tra trước.")
    file.add_paragraph("2. Báo cáo kết quả bằng văn bản.")
    foot = file.add_table(rows=1, cols=2)
    foot.cell(0, 0).text = "Nơi nhận:\n- Như trên;\n- Thường trực Tỉnh ủy (để b/c);\n- Lưu VPHU."
    foot.cell(0, 1).text = "T/M BAN THƯỜNG VỤ\nPHÓ BÍ THƯ\n\n\nĐặng Văn Khe"
    return saved(file)


def titled_paper() -> bytes:
    """A chỉ thị with its titles in the middle and a bold heading."""
    file = docx.Document()
    for words in ("CHỈ THỊ", "của Ban Thường vụ Huyện ủy", "về phòng cháy rừng mùa khô", "-----"):
        file.add_paragraph(words).alignment = WD_ALIGN_PARAGRAPH.CENTER
    file.add_paragraph().add_run("I. Tình hình").bold = True
    file.add_paragraph("Mùa khô kéo dài, rừng khộp rụng lá dày.")
    file.add_paragraph("1. Kiểm lâm trực đủ quân số.")
    return saved(file)
