"""Gives WeasyPrint the bundled fonts where they lie.

It would copy each of them into a folder of its own, which a worker that is killed leaves behind. Kerning is taken from
the fonts themselves: as typed in offices they have none, for with it justified lines would overrun the margin; asked
for in a style sheet the same would cost memory for every line that was ever laid out.
"""

from __future__ import annotations

from typing import Any
from xml.sax.saxutils import escape

from directives.document_fonts import FACES, FOLDER

FAMILY = "Directive Serif"
_NAMED = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">
<fontconfig>
  <match target="scan">
    <test name="file" compare="eq"><string>{path}</string></test>
    <edit name="family" mode="prepend"><string>{family}</string></edit>
  </match>
  <match target="font">
    <test name="file" compare="eq"><string>{path}</string></test>
    <edit name="fontfeatures" mode="assign_replace"><string>kern 0</string></edit>
  </match>
</fontconfig>"""


def bundled_fonts(weasyprint: Any) -> Any:
    """Return a font configuration that knows the bundled faces as one family, each with the weight of its file."""
    ffi, library = weasyprint.text.ffi.ffi, weasyprint.text.ffi.fontconfig
    configuration = weasyprint.text.fonts.FontConfiguration()
    for face in FACES:
        path = str(FOLDER / face.file_name)
        named = _NAMED.format(path=escape(path), family=FAMILY)
        library.FcConfigParseAndLoadFromMemory(configuration._config, named.encode(), True)
        library.FcConfigAppFontAddFile(configuration._config, path.encode())
    weasyprint.text.ffi.pangoft2.pango_fc_font_map_config_changed(ffi.cast("PangoFcFontMap *", configuration.font_map))
    return configuration
