"""The styles of the Word file, by the names under which an office finds them in Word's list."""

from collections.abc import Iterable
from dataclasses import KW_ONLY, dataclass

from directives.word_styles import Style
from directives.wordfile.markup import element, root, twips_of_mm, twips_of_pt

FONT = "Times New Roman"


@dataclass(frozen=True, slots=True)
class ParagraphStyle:
    """How paragraphs of one kind look; `line_pt` is their exact pitch, `outline` their depth in Word's navigation."""

    id: Style
    name: str
    size_pt: float
    _: KW_ONLY
    line_pt: float
    align: str = "center"
    bold: bool = False
    italic: bool = False
    before_pt: float = 0
    after_pt: float = 0
    first_line_mm: float = 0
    hanging_mm: float = 0
    right_mm: float = 0
    keep_next: bool = False
    outline: int | None = None
    color: str = ""

    def written(self) -> str:
        """Write the style, its properties in the order that Word asks for."""
        paragraph = [
            element("keepNext") if self.keep_next else "",
            element(
                "spacing",
                before=twips_of_pt(self.before_pt),
                after=twips_of_pt(self.after_pt),
                line=twips_of_pt(self.line_pt),
                lineRule="exact",
            ),
            self._indent(),
            element("jc", val=self.align),
            "" if self.outline is None else element("outlineLvl", val=self.outline),
        ]
        half_points = round(self.size_pt * 2)
        letters = [
            element("b") + element("bCs") if self.bold else "",
            element("i") + element("iCs") if self.italic else "",
            element("color", val=self.color) if self.color else "",
            element("sz", val=half_points) + element("szCs", val=half_points),
            # What has a colour is a stamp, with a line around it.
            element("bdr", val="single", sz=8, space=2, color=self.color) if self.color else "",
        ]
        return element(
            "style",
            element("name", val=self.name),
            element("basedOn", val="Normal"),
            element("qFormat"),
            element("pPr", *paragraph),
            element("rPr", *letters),
            type="paragraph",
            customStyle=1,
            styleId=self.id,
        )

    def _indent(self) -> str:
        if self.first_line_mm:
            return element("ind", firstLine=twips_of_mm(self.first_line_mm))
        if not self.hanging_mm:
            return ""
        hanging = twips_of_mm(self.hanging_mm)
        return element("ind", left=hanging, right=twips_of_mm(self.right_mm), hanging=hanging)


def styles_part(styles: Iterable[ParagraphStyle], body_pt: float) -> str:
    """Write word/styles.xml; what has no style of its own is as large as the body."""
    fonts = element("rFonts", ascii=FONT, hAnsi=FONT, eastAsia=FONT, cs=FONT)
    size = round(body_pt * 2)
    letters = element("rPr", fonts, element("sz", val=size), element("szCs", val=size), element("lang", val="vi-VN"))
    defaults = element("docDefaults", element("rPrDefault", letters), element("pPrDefault"))
    normal = element(
        "style", element("name", val="Normal"), element("qFormat"), type="paragraph", default=1, styleId="Normal"
    )
    table = element(
        "style",
        element("name", val="Normal Table"),
        element("uiPriority", val=99),
        element("semiHidden"),
        element("unhideWhenUsed"),
        element("tblPr", element("tblInd", w=0, type="dxa")),
        type="table",
        default=1,
        styleId="TableNormal",
    )
    return root("styles", defaults, normal, table, *(style.written() for style in styles))
