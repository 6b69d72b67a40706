"""The file is well formed as Word is strict about it: order of elements, ids, names, and the same bytes each time."""

from __future__ import annotations

import hashlib
import os
import re
import subprocess
import sys
import zipfile
from collections import Counter
from collections.abc import Iterator
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree

import docx
import pytest
from docx.shared import Mm, Pt

from directives.blocks import Block, BlockKind, Cell, Run
from directives.document import Document
from directives.formats import HD05, HD36
from directives.printed_page import Variant
from directives.wordfile import word_file
from directives.wordfile.looks import looks
from tests.directives.documents import TWINS, item, letter, paragraph, row, table, twin
from tests.wordfile.papers import CASES, EVERY, W, paper, part, parts

ROOT = Path(__file__).parents[2]
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
ORDER = {
    "pPr": "pStyle keepNext keepLines widowControl numPr pBdr shd tabs spacing ind jc outlineLvl rPr sectPr",
    "rPr": "rStyle rFonts b bCs i iCs caps color spacing kern sz szCs highlight u bdr lang",
    "tblPr": "tblStyle tblW jc tblInd tblBorders shd tblLayout tblCellMar tblLook",
    "tcPr": "tcW gridSpan vMerge tcBorders shd tcMar vAlign",
    "trPr": "cantSplit trHeight tblHeader",
    "sectPr": "headerReference footerReference type pgSz pgMar pgNumType cols titlePg",
    "style": "name basedOn next link uiPriority semiHidden unhideWhenUsed qFormat pPr rPr tblPr",
    "lvl": "start numFmt suff lvlText lvlJc pPr rPr",
    "abstractNum": "nsid multiLevelType lvl",
    "num": "abstractNumId lvlOverride",
    "numbering": "abstractNum num",
    "settings": "mirrorMargins defaultTabStop characterSpacingControl compat themeFontLang decimalSymbol listSeparator",
    "tbl": "tblPr tblGrid tr",
    "tr": "trPr tc",
}
"""The order in which ISO 29500 asks for the children of an element, as far as we write them."""


def trees(content: bytes) -> Iterator[ElementTree.Element]:
    """Every part of the folder word."""
    for name, text in parts(content).items():
        if name.startswith("word/") and name.endswith(".xml"):
            yield ElementTree.fromstring(text)


@pytest.fixture
def content(request: pytest.FixtureRequest) -> bytes:
    """The Word file of the paper that the test is about."""
    return word_file(paper(request.param, request))


@pytest.mark.parametrize("content", EVERY, indirect=True)
class TestEveryPaper:
    def test_children_stand_in_the_order_of_the_standard(self, content: bytes) -> None:
        for tree in trees(content):
            for parent in tree.iter():
                name = parent.tag.removeprefix(W)
                if name not in ORDER:
                    continue
                children = [child.tag.removeprefix(W) for child in parent]
                places = [ORDER[name].split().index(child) for child in children]
                assert places == sorted(places), f"{name}: {children}"

    def test_every_style_list_and_part_that_is_named_is_there(self, content: bytes) -> None:
        every = list(trees(content))
        styles = [each.get(f"{W}styleId") for each in part(content, "styles").iter(f"{W}style")]
        lists = [each.get(f"{W}numId") for each in part(content, "numbering").iter(f"{W}num")]
        abstract = [each.get(f"{W}abstractNumId") for each in part(content, "numbering").iter(f"{W}abstractNum")]
        known = re.findall(r'Id="(.*?)"', parts(content)["word/_rels/document.xml.rels"])
        for ids in (styles, lists, abstract, known):
            assert [each for each, count in Counter(ids).items() if count > 1] == []
        assert {each.get(f"{W}val") for tree in every for each in tree.iter(f"{W}pStyle")} <= set(styles)
        assert {each.get(f"{W}val") for tree in every for each in tree.iter(f"{W}numId")} <= set(lists)
        assert {each.get(f"{R}id") for tree in every for each in tree.iter() if each.get(f"{R}id")} <= set(known)

    def test_every_part_has_its_type_and_every_relationship_its_part(self, content: bytes) -> None:
        written = parts(content)
        typed = {name.lstrip("/") for name in re.findall(r'PartName="(.*?)"', written["[Content_Types].xml"])}
        assert typed == {name for name in written if name.endswith(".xml") and name != "[Content_Types].xml"}
        targets = re.findall(r'Target="(.*?)"', written["word/_rels/document.xml.rels"])
        assert {f"word/{target}" for target in targets} == {
            name for name in written if re.fullmatch(r"word/\w+\.xml", name) and name != "word/document.xml"
        }

    def test_a_cell_ends_with_a_paragraph_and_tables_do_not_touch(self, content: bytes) -> None:
        body = part(content, "document")[0]
        for holder in [body, *body.iter(f"{W}tc")]:
            kinds = [child.tag.removeprefix(W) for child in holder if child.tag not in {f"{W}tcPr", f"{W}sectPr"}]
            assert kinds[-1] == "p"
            assert ("tbl", "tbl") not in set(pairwise(kinds))

    def test_each_row_fills_the_columns_of_its_table(self, content: bytes) -> None:
        for one in part(content, "document").iter(f"{W}tbl"):
            columns = len(one.findall(f"{W}tblGrid/{W}gridCol"))
            for each in one.findall(f"{W}tr"):
                spans = [cell.find(f"{W}tcPr/{W}gridSpan") for cell in each.findall(f"{W}tc")]
                assert sum(1 if span is None else int(span.get(f"{W}val", "")) for span in spans) == columns

    def test_another_program_opens_it(self, content: bytes) -> None:
        opened = docx.Document(BytesIO(content))
        assert opened.core_properties.language == "vi"
        assert opened.core_properties.title
        assert opened.sections[0].left_margin == pytest.approx(Mm(30), abs=Mm(0.05))
        assert opened.sections[0].right_margin == pytest.approx(Mm(15), abs=Mm(0.05))
        assert opened.sections[0].header_distance == pytest.approx(Mm(10), abs=Mm(0.05))
        assert opened.sections[0].different_first_page_header_footer


def test_the_styles_bear_the_names_of_the_parts_and_the_sizes_of_the_edition() -> None:
    styles = docx.Document(BytesIO(word_file(twin(0)))).styles
    assert styles["Trích yếu công văn"].font.size == Pt(12)
    assert styles["Trích yếu công văn"].font.italic
    assert styles["Tiêu đề Đảng"].font.size == Pt(15)
    assert styles["Nội dung"].paragraph_format.line_spacing == Pt(18)
    assert styles["Nội dung"].paragraph_format.space_before == Pt(6)
    assert styles["Nội dung"].paragraph_format.first_line_indent == pytest.approx(Mm(10), abs=Mm(0.05))


@pytest.mark.parametrize("profile", [HD36, HD05], ids=["HD36", "HD05"])
def test_no_two_styles_share_a_name(profile: object) -> None:
    names = [style.name for style in looks(profile)]  # type: ignore[arg-type]  # one of the editions
    assert len(set(names)) == len(names)
    assert not any("," in name for name in names), "Word takes a comma for the beginning of a second name"


def test_the_properties_come_from_the_directive() -> None:
    properties = docx.Document(BytesIO(word_file(twin(0)))).core_properties
    assert properties.title == "Công văn - Số 612-CV/HU - " + twin(0).subject.printed
    assert properties.author == "HUYỆN ỦY BẠCH TÙNG"
    assert properties.created is not None
    assert f"{properties.created:%d/%m/%Y}" == "26/09/2022"


def test_annexes_are_sections_of_their_own_with_their_own_page_numbers(request: pytest.FixtureRequest) -> None:
    content = word_file(paper("plan_with_annexes", request))
    sections = list(part(content, "document").iter(f"{W}sectPr"))
    assert [each.find(f"{W}pgSz").get(f"{W}orient") for each in sections] == [None, None, "landscape"]  # type: ignore[union-attr]  # every section has a size
    assert all(each.find(f"{W}pgNumType").get(f"{W}start") == "1" for each in sections)  # type: ignore[union-attr]  # and counts


def test_cells_reach_across_and_down_and_head_rows_are_repeated() -> None:
    def cell(text: str, **span: int) -> Cell:
        return Cell((Run(text),), **span)

    head = Block(BlockKind.ROW, cells=(cell("TT", rows=2), cell("Chỉ tiêu", columns=2)))
    below = Block(BlockKind.ROW, cells=(cell("Số"), cell("Tỷ lệ")))
    grid = table(head, below, row("1", "14", "37,5%"), head_rows=2)
    opened = docx.Document(BytesIO(word_file(letter(paragraph("Như sau:"), grid, paragraph("Thực hiện.")))))
    (shown,) = [each for each in opened.tables if len(each.columns) == 3]
    assert shown.cell(0, 0)._tc is shown.cell(1, 0)._tc
    assert shown.cell(0, 1)._tc is shown.cell(0, 2)._tc
    assert [each.text for each in shown.rows[1].cells] == ["TT", "Số", "Tỷ lệ"]
    assert [bool(each._tr.findall(f".//{W}tblHeader")) for each in shown.rows] == [True, True, False]


def test_the_same_paper_gives_the_same_bytes_in_another_process_at_another_time(tmp_path: Path) -> None:
    file = next(TWINS.glob("001*.json"))
    hashes = set()
    for seed, zone in (("1", "Asia/Ho_Chi_Minh"), ("2", "UTC")):
        output = tmp_path / f"{seed}.docx"
        subprocess.run(
            [sys.executable, "manage.py", "render", str(file), "-o", str(output)],
            check=True,
            capture_output=True,
            cwd=ROOT,
            env={**os.environ, "PYTHONHASHSEED": seed, "TZ": zone},
        )
        hashes.add(hashlib.sha256(output.read_bytes()).hexdigest())
    assert len(hashes) == 1
    with zipfile.ZipFile(output) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_what_xml_cannot_hold_does_not_break_the_file() -> None:
    odd = "Dấu \ufffe, <b>không đậm</b>, a & b, “ngoặc”, " + "x" * 300
    content = word_file(letter(paragraph(odd), item("1.", "Xong.")))
    words = "".join(part(content, "document").itertext())
    assert odd.replace("\ufffe", "\ufffd") in words
    assert docx.Document(BytesIO(content))


def test_an_empty_paper_is_a_file_too() -> None:
    assert docx.Document(BytesIO(word_file(Document(type="CV", profile="HD36"))))


def test_a_draft_leaves_number_and_day_blank_and_says_what_it_is() -> None:
    content = word_file(twin(0), variant=Variant.DRAFT, draft_number=2, note="Dự thảo, chưa ban hành")
    words = "".join(part(content, "document").itertext())
    assert "612" not in words
    assert "Dự thảo lần 2" in words
    assert "Dự thảo, chưa ban hành" in "".join(part(content, "footer1").itertext())


def test_the_cases_of_the_format_are_there() -> None:
    assert len(CASES) >= 25
