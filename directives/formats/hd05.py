"""Hướng dẫn 05-HD/VPTW of 27/5/2026; it keeps the layout table of HD36 and changes what stands here."""

import datetime

from directives.formats.hd36 import RULES
from directives.formats.profile import Rule, profile_of

CHANGES = {
    "body_line_pt": Rule(18, "trình bày: exactly 18 to 22"),
    "grounds_end": Rule(".", "căn cứ: full stop after the last"),
    "petition_label": Rule("Kính trình", "ô 9a: tờ trình"),
    "distribution_separator": Rule(";", "ô 9b: semicolon after each entry"),
}

HD05 = profile_of("HD05", datetime.date(2026, 5, 27), None, {**RULES, **CHANGES})
