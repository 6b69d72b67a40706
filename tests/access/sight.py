"""Who sees which papers, and with them their lines, shares, reasons and files."""

from __future__ import annotations

from collections.abc import Iterable

from tests.access.world import OTHER, RESTRICTED

READING_STAFF = "drafter, colleague, section head, reviewer, office head, signer, clerk, monitor, inspector"
STAFF = f"{READING_STAFF}, assistant, named reader, second signer"
UNIT = "unit clerk, unit contact, officer, named unit head"
DRAFTERS = "drafter, colleague"
FOLLOWERS = "monitor, office head"
READERS = "drafter, colleague, section head, reviewer, office head, signer, monitor, inspector"
"""Staff to whom a paper that was issued and is not restricted is open, without the clerk."""
BOOK_ROLES = "section head, reviewer, office head, signer, clerk, monitor, inspector"
UNIT_BOOK_ROLES = "unit clerk, unit contact, named unit head"
CHAIN = "section head, reviewer, office head, signer"
REVIEWERS = "reviewer, assistant, named reader"
"""Who decides the review that a paper under review waits for: the post that was asked, and assistants there."""
CLERKS_ELSEWHERE = "second unit clerk, unrelated clerk, stranger"
NOBODY = "administrator, unrelated clerk, ex-member, stranger"
"""They sign in, and no paper of the committee is there for them."""

ON_ITS_WAY = "submitted, jointly submitted, under review, approved, numbered, voided"
RESTRICTED_ON_ITS_WAY = "restricted submitted, restricted jointly submitted, restricted approved, restricted sent"
WITH_UNITS = "sent, received, recalled"
OUT = f"{WITH_UNITS}, given back, issued"

SIGHT = {
    "drafter": f"draft, {ON_ITS_WAY}, {OUT}, {', '.join(RESTRICTED)}",
    "colleague": f"draft, {ON_ITS_WAY}, {OUT}",
    "section head, reviewer, office head, monitor": f"{ON_ITS_WAY}, {OUT}",
    "signer": f"{ON_ITS_WAY}, {OUT}, {RESTRICTED_ON_ITS_WAY}",
    "clerk": f"{ON_ITS_WAY}, {OUT}, restricted approved, restricted sent",
    "inspector": OUT,
    # An assistant of the body reads what was submitted to a reviewer there; so does a reader who is one.
    "assistant": "under review",
    "named reader": f"under review, {RESTRICTED_ON_ITS_WAY}",
    # Who signs for the body that issues a paper jointly.
    "second signer": "jointly submitted, restricted jointly submitted",
    "unit clerk, unit contact, officer": WITH_UNITS,
    "named unit head": f"{WITH_UNITS}, restricted sent",
    "second unit clerk": f"{WITH_UNITS}, given back",
    NOBODY: "",
}
"""Which papers are there for whom; a unit's line and its shares go with the paper for the unit itself and the staff."""


def names_of(written: str) -> frozenset[str]:
    """The names of a list with commas."""
    return frozenset(name.strip() for name in written.split(",") if name.strip())


PEOPLE = sorted(who for people in SIGHT for who in names_of(people))


ONE_OF_EACH = ("unrelated clerk", *(people.split(",")[0] for people in SIGHT))
"""Of people to whom the same papers are open, one."""


def sees(who: str, route: str, about: str) -> bool:
    """Whether the object of this route is there for this person."""
    if route.startswith(("receive", "misdirect")):
        return about in papers_of(who) and who != "second unit clerk"
    if route.startswith(("task", "report")):
        paper = "restricted sent" if about.startswith("restricted") else "received"
        return paper in papers_of(who) and who != "second unit clerk"
    return about in papers_of(who)


def papers_of(who: str) -> frozenset[str]:
    """The papers that are there for this person."""
    return next(names_of(papers) for people, papers in SIGHT.items() if who in names_of(people))


def owners_of(who: str, owners: Iterable[str]) -> set[str]:
    """Whose canary words this person may meet, of all `owners`: papers, reasons, files, and shares."""
    if who == "stranger":
        return {owner for owner in owners if f" {OTHER}" in owner}
    return _owners_at_home(who)


def _owners_at_home(who: str) -> set[str]:
    papers, staff = papers_of(who), who in names_of(STAFF)
    owners = {f"paper {name}" for name in papers}
    if staff:
        owners |= {f"{kind} {name}" for name in papers for kind in ("reason", "scan", "answer", "opinion")}
    if who in ("unit clerk", "unit contact", "named unit head", "second unit clerk"):
        owners.add("consultation draft")
    if who in (*names_of(DRAFTERS), "second unit clerk"):
        owners.add("comment draft")
    if who == "clerk":
        owners.add("upload approved")
    if who in names_of(DRAFTERS):
        owners.add("template draft")
    if who in names_of(BOOK_ROLES):
        owners.add("reserved number")
    if "recalled" in papers:
        owners.add("reason recalled")
    if sees(who, "task", "assigned"):
        owners |= {f"share {name}" for name in ("working", "working asked", "reported", "done", "ended")}
    if "received" in papers and (staff or who == "second unit clerk"):
        owners.add("share of the second unit")
    return owners
