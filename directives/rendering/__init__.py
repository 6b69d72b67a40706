"""Makes the printed page of a directive as a PDF; the only importer of WeasyPrint.

The same directive gives the same bytes on every machine with the same library versions: fonts are bundled, no clock is
read, and the renderer can open nothing but those fonts.
"""

from directives.printed_page.variant import Variant
from directives.rendering.errors import RenderingError
from directives.rendering.page import Rendered, for_the_screen, render
from directives.rendering.places import ImagePlace, SignatureImages
from directives.rendering.press import bundled_fonts_only, versions
from directives.rendering.slips import Slip, slips
from directives.rendering.submission import (
    ListedPaper,
    Said,
    SheetHead,
    SigningList,
    SubmissionSlip,
    signing_list,
    submission_slip,
)

__all__ = [
    "ImagePlace",
    "ListedPaper",
    "Rendered",
    "RenderingError",
    "Said",
    "SheetHead",
    "SignatureImages",
    "SigningList",
    "Slip",
    "SubmissionSlip",
    "Variant",
    "bundled_fonts_only",
    "for_the_screen",
    "render",
    "signing_list",
    "slips",
    "submission_slip",
    "versions",
]
