"""Makes the printed page of a directive as a PDF; the only importer of WeasyPrint.

The same directive gives the same bytes on every machine with the same library versions: fonts are bundled, no clock is
read, and the renderer can open nothing but those fonts.
"""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from directives.balanced_lines import balance
from directives.document import Document
from directives.document_fonts import FACES, fingerprint, font_files, missing_letters
from directives.formats import Profile, profile_named
from directives.printed_page import PrintedPage, Variant, printed_page

if TYPE_CHECKING:
    from weasyprint.urls import URLFetcher

__all__ = ["Rendered", "RenderingError", "Slip", "Variant", "render", "slips"]

# The archive asks for PDF/A; "u" promises that the text can be read back as Unicode.
_PDF_VARIANT = "pdf/a-2u"
SLIPS_ON_A_PAGE = 4


class RenderingError(Exception):
    """The page cannot be made; the message says what to do."""


@dataclass(frozen=True, slots=True)
class Rendered:
    """A PDF with its SHA-256 (hex), number of pages and the versions of what made it."""

    pdf: bytes
    sha256: str
    pages: int
    versions: dict[str, str]


def render(document: Document, *, profile: Profile | None = None, variant: Variant = Variant.FINAL) -> Rendered:
    """Render a directive in its own format profile, or in the given one.

    Raises RenderingError where a library or a font is missing, or the text holds a sign that the fonts do not have.
    """
    weasyprint = _weasyprint()
    profile = profile or profile_named(document.profile)
    page = printed_page(document, profile, variant)
    _refuse_unknown_letters(page)
    page = balance(page, profile)
    html = weasyprint.HTML(string=_html(page, profile), url_fetcher=bundled_fonts_only())
    try:
        laid_out = html.render()
        pdf: bytes = laid_out.write_pdf(pdf_variant=_PDF_VARIANT)
    except weasyprint.urls.FatalURLFetchingError as error:
        raise RenderingError(str(error)) from error
    return Rendered(pdf, hashlib.sha256(pdf).hexdigest(), len(laid_out.pages), versions())


@dataclass(frozen=True, slots=True)
class Slip:
    """What one person needs for the first sign-in; `posts` are printed one under the other."""

    full_name: str
    posts: tuple[str, ...]
    username: str
    password: str


def slips(people: Sequence[Slip], address: str) -> bytes:
    """Print the sign-in slips of these people as a PDF, A4, four to a page with lines to cut along.

    Raises RenderingError as `render` does.
    """
    weasyprint = _weasyprint()
    _fonts_fingerprint()
    words = [word for one in people for word in (one.full_name, *one.posts, one.username, one.password)]
    _refuse_letters_without_glyph([*words, address])
    sheets = [people[first : first + SLIPS_ON_A_PAGE] for first in range(0, len(people), SLIPS_ON_A_PAGE)]
    page = render_to_string("slips/sign_ins.html", {"sheets": sheets, "address": address, "fonts": FACES})
    pdf: bytes = weasyprint.HTML(string=page, url_fetcher=bundled_fonts_only()).write_pdf()
    return pdf


def versions() -> dict[str, str]:
    """Return the versions of the libraries and the fingerprint of the fonts that decide the bytes of a page."""
    weasyprint = _weasyprint()
    pango = weasyprint.text.ffi.pango.pango_version()
    return {
        "weasyprint": weasyprint.__version__,
        "pango": f"{pango // 10000}.{pango // 100 % 100}.{pango % 100}",
        "harfbuzz": _harfbuzz_version(weasyprint.text.ffi.harfbuzz),
        "fonts": _fonts_fingerprint(),
    }


def bundled_fonts_only() -> "URLFetcher":
    """Return a fetcher that answers for the bundled fonts by their keys and refuses everything else."""
    urls = _weasyprint().urls

    class BundledFontsOnly(urls.URLFetcher):  # type: ignore[misc, name-defined]  # it has no types
        """Neither files nor the network can be reached through it."""

        def fetch(self, url: str, headers: dict[str, str] | None = None) -> Any:
            content = font_files().get(url)
            if content is None:
                raise urls.FatalURLFetchingError(_("The page asked for %s; it may only use the bundled fonts.") % url)
            return urls.URLFetcherResponse(url, content, {"Content-Type": "font/ttf"})

    return BundledFontsOnly()


def _weasyprint() -> Any:
    """Import WeasyPrint only when a page is made, so that a machine without Pango can still say what is missing."""
    try:
        import weasyprint
        import weasyprint.text.ffi
        import weasyprint.urls
    except OSError as error:
        raise RenderingError(_("The library Pango is missing. Install libpangoft2-1.0-0 and start again.")) from error
    if weasyprint.text.ffi.harfbuzz_subset is None:
        raise RenderingError(_("The library HarfBuzz-subset is missing. Install libharfbuzz-subset0 and start again."))
    return weasyprint


def _fonts_fingerprint() -> str:
    try:
        return fingerprint()
    except OSError as error:
        message = _("The font file %s is missing. Restore the folder static/fonts of the program.")
        raise RenderingError(message % error.filename) from error


def _harfbuzz_version(harfbuzz: Any) -> str:
    """HarfBuzz only answers whether it is at least some version, so ask upwards part by part."""
    parts = [0, 0, 0]
    for place in range(3):
        while harfbuzz.hb_version_atleast(*(part + (at == place) for at, part in enumerate(parts))):
            parts[place] += 1
    return ".".join(str(part) for part in parts)


def _refuse_unknown_letters(page: PrintedPage) -> None:
    _fonts_fingerprint()
    _refuse_letters_without_glyph(page.words)


def _refuse_letters_without_glyph(words: Iterable[str]) -> None:
    unknown = missing_letters(words)
    if unknown:
        named = ", ".join(f"“{letter}” (U+{ord(letter):04X})" for letter in unknown)
        raise RenderingError(_("The document font has no sign for %s. Replace it in the text.") % named)


def _html(page: PrintedPage, profile: Profile) -> str:
    return render_to_string(
        "documents/directive.html",
        {"page": page, "fonts": FACES, "sizes": _sizes(profile), "subject_rule": profile.subject_rule},
    )


def _sizes(profile: Profile) -> dict[str, str]:
    """Return every length of a profile as CSS, by its name without the unit."""
    sizes: dict[str, str] = {}
    for field in Profile.__dataclass_fields__:
        name, _underscore, unit = field.rpartition("_")
        if unit in {"mm", "pt"}:
            sizes[name] = f"{getattr(profile, field):g}{unit}"
    sizes["signature_blank"] = f"{profile.signature_blank_lines * profile.body_line_pt:g}pt"
    return sizes
