"""Hướng dẫn 05-HD/VPTW of 27/5/2026; it keeps the layout table of HD36 and changes what stands here."""

import datetime
from dataclasses import replace

from directives.formats.hd36 import HD36

HD05 = replace(
    HD36,
    name="HD05",
    valid_from=datetime.date(2026, 5, 27),
    valid_until=None,
    body_line_pt=18,  # trình bày: exactly 18 to 22
    petition_label="Kính trình",  # ô 9a: tờ trình
    distribution_separator=";",  # ô 9b: semicolon after each entry
)
