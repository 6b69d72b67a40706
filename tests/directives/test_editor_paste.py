"""What is pasted from other programs becomes blocks with their markers, levels and styles; the rest is dropped."""

import pytest

from directives.blocks import Block, BlockKind, Run
from directives.document import Document
from directives.editor_paste import read_pasted
from directives.flat_blocks import flattened
from tests.directives.documents import item, json_of, paragraph
from tests.directives.word_html import word_html


def shape(blocks: tuple[Block, ...]) -> list[tuple[int, str | None, str]]:
    """Level, marker and words of each block."""
    return [(flat.level, flat.block.marker, flat.block.text) for flat in flattened(blocks)]


WORD = """<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><style>p.MsoNormal{margin:0}</style>
<!--[if gte mso 9]><xml><w:WordDocument></w:WordDocument></xml><![endif]--></head><body lang=VI>
<!--StartFragment--><p class=MsoNormal style='text-indent:10.0mm'>Thực hiện
<b style='mso-bidi-font-weight:normal'>chương trình</b> năm<o:p></o:p></p>
<p class=MsoListParagraphCxSpFirst style='text-indent:-18.0pt;mso-list:l0 level1 lfo1'><![if !supportLists]><span
style='mso-fareast-font-family:"Times New Roman"'><span style='mso-list:Ignore'>1.<span style='font:7.0pt "Times New
Roman"'>&nbsp;&nbsp;&nbsp;&nbsp; </span></span></span><![endif]>Rà soát hồ chứa<o:p></o:p></p>
<p class=MsoListParagraphCxSpMiddle style='margin-left:54.0pt;mso-list:l1 level2 lfo2'><!--[if !supportLists]--><span
style='font-family:Symbol'><span style='mso-list:Ignore'>·<span>&nbsp;&nbsp; </span></span></span><!--[endif]-->Báo
cáo kết quả</p>
<p class=MsoListParagraphCxSpLast style='mso-list:l0 level1 lfo1'><span style='mso-list:Ignore'>2.<span>&nbsp;
</span></span><i>Trực ban</i><span style='display:none'> mã trường </span></p><!--EndFragment--></body></html>"""


def test_a_list_of_word_keeps_its_hidden_markers_and_loses_its_fields() -> None:
    read = read_pasted(WORD)
    assert shape(read) == [
        (0, None, "Thực hiện chương trình năm"),
        (0, "1.", "Rà soát hồ chứa"),
        (1, "+", "Báo cáo kết quả"),
        (0, "2.", "Trực ban"),
    ]
    assert read[0].runs == (Run("Thực hiện "), Run("chương trình", bold=True), Run(" năm"))
    assert read[2].runs == (Run("Trực ban", italic=True),)


def test_lists_of_libreoffice_and_the_web_count_as_they_are_shown() -> None:
    read = read_pasted(
        '<ol start="3"><li><p style="margin-bottom:0cm">Kiểm tra</p><ul><li>hồ</li><li>đê</li></ul></li>'
        '<li>Báo cáo<ol type="a"><li>ngày</li></ol></ol><p>Hết.'
    )
    assert shape(read) == [
        (0, "3.", "Kiểm tra"),
        (1, "+", "hồ"),
        (1, "+", "đê"),
        (0, "4.", "Báo cáo"),
        (1, "a)", "ngày"),
        (0, None, "Hết."),
    ]


@pytest.mark.parametrize("marker", ["I-", "I.", "1.", "1-", "1.1.", "(1)-", "(1)", "a)", "a-", "-", "+", "*"])
def test_a_marker_that_was_typed_is_the_marker_even_when_it_is_bold(marker: str) -> None:
    read = read_pasted(f"<p><b>{marker}&nbsp; Kiểm</b> tra</p>")
    assert read == (Block(BlockKind.ITEM, marker, (Run("Kiểm", bold=True), Run(" tra"))),)


@pytest.mark.parametrize("bullet", ["•", "–", "—", "●"])
def test_a_typed_bullet_becomes_a_dash(bullet: str) -> None:
    assert read_pasted(f"<div>{bullet} Kiểm tra</div>") == (item("-", "Kiểm tra"),)


def test_styles_in_css_count_and_the_wrapper_of_web_editors_does_not() -> None:
    (read,) = read_pasted(
        '<b style="font-weight:normal"><p><span style="font-weight:700">Đậm</span>, <span style="font-style:italic">'
        'nghiêng</span>, <span style="text-decoration: underline">gạch</span></p></b>'
    )
    assert read.runs == (
        Run("Đậm", bold=True),
        Run(", "),
        Run("nghiêng", italic=True),
        Run(", "),
        Run("gạch", underline=True),
    )


def test_headings_stay_headings_with_their_marker() -> None:
    assert read_pasted("<h2>II. Nhiệm vụ</h2>") == (Block(BlockKind.HEADING, "II.", (Run("Nhiệm vụ"),)),)


def test_a_whole_web_page_gives_its_words_and_nothing_that_acts() -> None:
    read = read_pasted(
        "<head><title>T</title></head><nav><ul><li><a href=x>Trang chủ</a></li></ul></nav><script>a()</script>"
        "<svg><text>s</text></svg><iframe src=y>i</iframe><button>Bấm</button><article>Tin<br>mới</article>"
    )
    assert shape(read) == [(0, "-", "Trang chủ"), (0, None, "Tin"), (0, None, "mới")]


def test_a_table_is_pasted_with_its_cells_and_one_column_as_lines() -> None:
    read = read_pasted(
        "<table><tr><td><b>TT</b></td><td><b>Nội dung</b></td></tr><tr><td>1</td><td colspan=2><p>Đê</p><p>tả</p></td>"
        "</tr></table><table><tr><td>Một cột</td></tr></table>"
    )
    assert read[0].kind is BlockKind.TABLE
    assert read[0].head_rows == 1
    assert [[cell.text for cell in row.cells] for row in read[0].children] == [["TT", "Nội dung"], ["1", "Đê\ntả"]]
    assert read[0].children[1].cells[1].columns == 2
    assert read[1] == paragraph("Một cột")


def test_two_hundred_kilobytes_are_read_in_a_moment() -> None:
    read = read_pasted("<p class=MsoNormal>" + "chữ " * 500 + "</p>" + "<div><span>" * 3000 + "hết")
    assert len(read) == 2


@pytest.mark.parametrize("number", ["000", "002"])
def test_a_sample_copied_out_of_word_has_the_blocks_of_its_json(number: str, request: pytest.FixtureRequest) -> None:
    body = Document.from_json(json_of(f"sample {number}", request)).body
    read = read_pasted(word_html(body))
    assert shape(read) == shape(body)
    assert [flat.block.kind for flat in flattened(read)] == [flat.block.kind for flat in flattened(body)]
    assert [flat.block.runs for flat in flattened(read)] == [flat.block.runs for flat in flattened(body)]
