"""Writes a body as Word puts it on the clipboard: list paragraphs with hidden markers, conditional comments, o:p."""

from collections.abc import Iterable
from html import escape

from directives.blocks import Block, Run
from directives.flat_blocks import flattened

_HEAD = """<html xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:w="urn:schemas-microsoft-com:office:word">
<head><meta name=Generator content="Microsoft Word 15"><style><!-- p.MsoNormal {margin:0cm;} --></style>
<!--[if gte mso 9]><xml><w:WordDocument><w:View>Normal</w:View></w:WordDocument></xml><![endif]--></head>
<body lang=VI style='tab-interval:36.0pt'><!--StartFragment-->"""
_TAIL = "<!--EndFragment--></body></html>"


def word_html(body: Iterable[Block]) -> str:
    """The HTML of the clipboard; markers stand in spans that Word itself would not count as text."""
    return _HEAD + "\n".join(_paragraph(flat.block, flat.level) for flat in flattened(body)) + _TAIL


def _paragraph(block: Block, level: int) -> str:
    words = "".join(_run(run) for run in block.runs)
    if block.marker is None:
        return f"<p class=MsoNormal style='text-align:justify;text-indent:10.0mm'>{words}<o:p></o:p></p>"
    return (
        f"<p class=MsoListParagraphCxSpMiddle style='text-indent:-18.0pt;mso-list:l{level} level{level + 1} lfo1'>"
        "<![if !supportLists]><span lang=VI style='mso-fareast-font-family:\"Times New Roman\"'>"
        f"<span style='mso-list:Ignore'>{escape(block.marker)}<span style='font:7.0pt \"Times New Roman\"'>&nbsp;&nbsp;"
        f"&nbsp;\n</span></span></span><![endif]>{words}<o:p></o:p></p>"
    )


def _run(run: Run) -> str:
    words = f"<span lang=VI style='font-size:14.0pt'>{escape(run.text)}</span>"
    if run.bold:
        words = f"<b style='mso-bidi-font-weight:normal'>{words}</b>"
    if run.italic:
        words = f"<i>{words}</i>"
    return f"<u>{words}</u>" if run.underline else words
