"""What is looked for in the days that a text names: days that no calendar has."""

import re
from collections.abc import Iterator
from datetime import date

from django.utils.translation import gettext as _

from directives.document import Document
from directives.findings.finding import Finding, Severity, pieces

_DAY = re.compile(
    r"(?<![\d/.-])(?P<day>\d{1,2})(?P<sign>\s*[/.-]\s*|\s+tháng\s+)(?P<month>\d{1,2})"
    r"(?:(?:\s*[/.-]\s*|\s+năm\s+)(?P<year>\d{4}))(?![\d/-])"
)


def impossible_days(document: Document) -> Iterator[Finding]:
    """Days with their year that do not exist, as in "31/11/2026"."""
    for part, block, text in pieces(document):
        for found in _DAY.finditer(text):
            if not _exists(found):
                yield Finding(
                    rule="impossible-day",
                    severity=Severity.ERROR,
                    part=part,
                    words=_("There is no such day: %(day)s.") % {"day": found[0]},
                    quote=found[0],
                    block=block,
                )


def _exists(found: re.Match[str]) -> bool:
    try:
        date(int(found["year"]), int(found["month"]), int(found["day"]))
    except ValueError:
        return False
    return True
