"""Look through a PDF in a process of its own, which may take so much time and memory and no more."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from django.utils.translation import gettext as _

from directives.uploads.packages import damaged
from orgs.verdicts import Refused

SCAN = Path(__file__).with_name("pdf_scan.py")
LONGEST_SECONDS = 10


def check_pdf(content: bytes) -> None:
    """Raise Refused unless the file opens without a password and holds nothing that runs, hides or fills itself in."""
    try:
        scan = subprocess.run(
            [sys.executable, "-I", str(SCAN)], input=content, capture_output=True, timeout=LONGEST_SECONDS, check=False
        )
    except subprocess.TimeoutExpired as error:
        raise _too_much() from error
    said = scan.stdout.decode("ascii", "replace").strip()
    if scan.returncode or not said:
        raise _too_much()
    if said == "damaged":
        raise damaged()
    if said == "password":
        raise Refused(_("The file asks for a password. Save it without one, then upload it."))
    if said != "clean":
        raise Refused(
            _("The PDF holds something that runs or is hidden in it (%(what)s). Print it to PDF anew, then upload it.")
            % {"what": said}
        )


def _too_much() -> Refused:
    return Refused(_("The PDF could not be looked through in the time and memory given. Print it to PDF anew."))
