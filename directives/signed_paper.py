"""What stands on a signed paper beside what was approved, as far as that can be known."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _

from directives.document import Signature
from orgs.verdicts import ALLOWED, Verdict, all_of, refused
from orgs.vietnamese import fold

ENOUGH_WORDS = 40
"""A scan with fewer words carries stray marks of a reader and not the text."""


def differences(approved: Signature | None, *, signer: str, lines: Sequence[str], scanned: str) -> Verdict:
    """What differs: the name or the block that the clerk reads on the paper, or a name missing in the scan's text.

    Nothing typed means as approved. The paper facts win: these are warnings.
    """
    if approved is None:
        return ALLOWED
    return all_of([_name(approved, signer), _block(approved, lines), _in_scan(approved, signer, scanned)])


def _name(approved: Signature, signer: str) -> Verdict:
    expected = approved.signer or ""
    if not signer.strip() or _same(signer, expected):
        return ALLOWED
    words = _("The paper is signed by %(signer)s; approved was %(expected)s.")
    return refused(words % {"signer": " ".join(signer.split()), "expected": expected})


def _block(approved: Signature, lines: Sequence[str]) -> Verdict:
    written = [line for line in lines if line.strip()]
    expected = [line.text for line in approved.lines]
    if not written or _same(" ".join(written), " ".join(expected)):
        return ALLOWED
    words = _("Above the signature stands “%(lines)s”; approved was “%(expected)s”.")
    return refused(words % {"lines": " / ".join(written), "expected": " / ".join(expected)})


def _in_scan(approved: Signature, signer: str, scanned: str) -> Verdict:
    """The text of a scan may be read badly, so letters alone are compared, and only where there is text."""
    name = signer.strip() or approved.signer or ""
    if len(scanned.split()) < ENOUGH_WORDS or _letters(name) in _letters(scanned):
        return ALLOWED
    return refused(_("The text of the scan does not name %(name)s; it may be another paper.") % {"name": name})


def _same(one: str, other: str) -> bool:
    return " ".join(one.split()).casefold() == " ".join(other.split()).casefold()


def _letters(text: str) -> str:
    return "".join(letter for letter in fold(text) if letter.isalpha())
