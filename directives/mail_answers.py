"""What a mail server answered, in words that tell a clerk what to do."""

from __future__ import annotations

import re

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from directives.models import OutboxRow
from directives.workflow import WorkState

IN_DOUBT = _("Nobody can tell whether this mail arrived. Ask the unit; send it again only if it did not.")
KNOWN: tuple[tuple[re.Pattern[str], str | Promise], ...] = (
    (
        re.compile(r"^(552|452)|\b[45]\.2\.2\b"),
        _("The mailbox of the unit is full. The unit empties it; then send again."),
    ),
    (
        re.compile(r"^55[013]|\b5\.1\.[0-9]"),
        _("The address does not exist at the unit. Have it corrected in the directory of bodies; then send again."),
    ),
    (
        re.compile(r"^55[24]|\b5\.[37]\."),
        _("The unit's mail server does not take this mail. Ask whoever runs it; then send again."),
    ),
    (re.compile(r"^4\d\d"), _("The unit's mail server is busy. The program tries again by itself.")),
)
OTHERWISE = _("The mail could not be sent. Tell the administrator; then send again.")


def plain_words(row: OutboxRow, answer: str) -> str:
    """One sentence for the mail that `row` sends and the server's last `answer` (empty: it gave none)."""
    if row.state == WorkState.UNCERTAIN:
        return str(IN_DOUBT)
    return str(next((words for pattern, words in KNOWN if pattern.search(answer)), OTHERWISE))
