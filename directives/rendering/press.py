"""WeasyPrint made ready once: bundled fonts, style sheets of each edition and sheet, and what versions they are.

Each thread has a press of its own, because the font libraries may be called by one thread at a time only.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from threading import local
from typing import TYPE_CHECKING, Any

from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from directives.column_widths import CELL_PADDING_MM
from directives.document_fonts import fingerprint, font_files
from directives.formats import Profile
from directives.rendering.errors import RenderingError
from directives.rendering.fonts import bundled_fonts
from directives.rendering.places import seal_left_mm

if TYPE_CHECKING:
    from weasyprint import CSS, HTML
    from weasyprint.document import Document as LaidOut
    from weasyprint.urls import URLFetcher

# Style sheets of so many editions and sheets are kept; an office uses two or three.
_MOST_SHEETS = 16
# A body may ask for eight; a signature beside one with a long position gets as many more as make the names level.
_MOST_BLANK_LINES = 24


@dataclass(frozen=True, slots=True)
class Sheet:
    """The paper of a part: its size, whether it is a small one, whether backs mirror the fronts."""

    width_mm: float
    height_mm: float
    small: bool
    mirrored: bool


class Press:
    """Lays out HTML on sheets of an edition."""

    def __init__(self) -> None:
        self._weasyprint = weasyprint()
        fonts_fingerprint()
        self._fetcher = bundled_fonts_only()
        self._fonts = bundled_fonts(self._weasyprint)
        self._sheets: dict[tuple[Profile, Sheet], CSS] = {}

    def lay_out(self, html: str, profile: Profile, sheet: Sheet, *, images: dict[str, bytes] | None = None) -> LaidOut:
        """Break the HTML into pages; raises RenderingError where it asks for anything but fonts and given images."""
        fetcher = bundled_fonts_only(images) if images else self._fetcher
        parsed: HTML = self._weasyprint.HTML(string=html, url_fetcher=fetcher)
        try:
            return parsed.render(font_config=self._fonts, stylesheets=[self._style(profile, sheet)])
        except self._weasyprint.urls.FatalURLFetchingError as error:
            raise RenderingError(str(error)) from error

    def _style(self, profile: Profile, sheet: Sheet) -> CSS:
        if (profile, sheet) not in self._sheets:
            if len(self._sheets) >= _MOST_SHEETS:
                self._sheets.clear()
            self._sheets[profile, sheet] = self._weasyprint.CSS(
                string=style_sheet(profile, sheet), font_config=self._fonts, url_fetcher=self._fetcher
            )
        return self._sheets[profile, sheet]


_PRESSES = local()


def press() -> Press:
    """Return the press of this thread; raises RenderingError where a library or a font is missing."""
    fonts_fingerprint()
    if not hasattr(_PRESSES, "own"):
        _PRESSES.own = Press()
    own: Press = _PRESSES.own
    return own


def style_sheet(profile: Profile, sheet: Sheet) -> str:
    """Return the CSS of an edition on a sheet."""
    gaps = [(lines, f"{lines * profile.body_line_pt:g}pt") for lines in range(1, _MOST_BLANK_LINES + 1)]
    return render_to_string("documents/page.css", {"sheet": sheet, "sizes": _sizes(profile), "gaps": gaps})


def weasyprint() -> Any:
    """Import WeasyPrint only when a page is made, so that a machine without Pango can still say what is missing."""
    try:
        import weasyprint
        import weasyprint.text.ffi
        import weasyprint.text.fonts
        import weasyprint.urls
    except OSError as error:
        raise RenderingError(_("The library Pango is missing. Install libpangoft2-1.0-0 and start again.")) from error
    if weasyprint.text.ffi.harfbuzz_subset is None:
        raise RenderingError(_("The library HarfBuzz-subset is missing. Install libharfbuzz-subset0 and start again."))
    return weasyprint


def bundled_fonts_only(images: dict[str, bytes] | None = None) -> URLFetcher:
    """Return a fetcher that answers for the bundled fonts, and for given images, by their keys, and nothing else."""
    urls = weasyprint().urls
    given = images or {}

    class BundledFontsOnly(urls.URLFetcher):  # type: ignore[misc, name-defined]  # it has no types
        """Neither files nor the network can be reached through it."""

        def fetch(self, url: str, headers: dict[str, str] | None = None) -> Any:
            if url in given:
                return urls.URLFetcherResponse(url, given[url], {"Content-Type": "image/png"})
            content = font_files().get(url)
            if content is None:
                raise urls.FatalURLFetchingError(_("The page asked for %s; it may only use the bundled fonts.") % url)
            return urls.URLFetcherResponse(url, content, {"Content-Type": "font/ttf"})

    return BundledFontsOnly()


def fonts_fingerprint() -> str:
    """Return the SHA-256 (hex) of the bundled fonts; raises RenderingError where one is missing."""
    try:
        return fingerprint()
    except OSError as error:
        message = _("The font file %s is missing. Restore the folder static/fonts of the program.")
        raise RenderingError(message % error.filename) from error


def versions() -> dict[str, str]:
    """Return the versions of the libraries and the fingerprint of the fonts that decide the bytes of a page."""
    made_by = weasyprint()
    pango = made_by.text.ffi.pango.pango_version()
    return {
        "weasyprint": made_by.__version__,
        "pango": f"{pango // 10000}.{pango // 100 % 100}.{pango % 100}",
        "harfbuzz": _harfbuzz_version(made_by.text.ffi.harfbuzz),
        "fonts": fonts_fingerprint(),
    }


def _harfbuzz_version(harfbuzz: Any) -> str:
    """HarfBuzz only answers whether it is at least some version, so ask upwards part by part."""
    parts = [0, 0, 0]
    for place in range(3):
        while harfbuzz.hb_version_atleast(*(part + (at == place) for at, part in enumerate(parts))):
            parts[place] += 1
    return ".".join(str(part) for part in parts)


def _sizes(profile: Profile) -> dict[str, str]:
    """Return every length of a profile as CSS, by its name without the unit."""
    sizes = {"cell_padding": f"{CELL_PADDING_MM:g}mm", "seal_left": f"{seal_left_mm(profile):g}mm"}
    for field in fields(profile):
        name, _underscore, unit = field.name.rpartition("_")
        if unit in {"mm", "pt"}:
            sizes[name] = f"{getattr(profile, field.name):g}{unit}"
    return sizes
