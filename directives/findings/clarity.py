"""Whether an order is clear ("6 rõ"): who does it, until when, what it must bring, who gets it, who follows it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from django.utils.translation import gettext as _

from directives.blocks import Block, walk
from directives.deadline_phrases import deadlines_in
from directives.document import Follow
from directives.findings.finding import Finding, Part, Severity
from directives.findings.remedies import Fix, Remedy
from directives.recipients import Expansion, FollowedItem
from orgs.calendar import is_working_day, previous_working_day
from orgs.directory import Directory

FOLLOWED = frozenset({Follow.TASK, Follow.EACH})
_SHOWN_NAMES = 5
# "báo cáo Văn phòng …", "qua Ban …": whoever is named so takes the result and does not carry the order out.
_TAKES_THE_RESULT = re.compile(r"(?:báo cáo|trình|gửi|về|qua|của|với)\s+$", re.IGNORECASE)


def unclear(expansion: Expansion, directory: Directory) -> Iterator[Finding]:
    """Everything that leaves an order unclear, in the order of the text."""
    items = expansion.followed_items()
    for item in items:
        yield from _of_item(item, expansion.day)
    yield from _units_for_nothing(expansion)
    yield from _named_and_not_written_to(expansion, directory)
    yield from _written_to_for_nothing(expansion, items, directory)


def _of_item(item: FollowedItem, day: date) -> Iterator[Finding]:
    block = item.block
    if not item.shares:
        yield _finding("item-without-unit", Severity.WARNING, _("No unit carries this item out yet."), block)
    if item.leads > 1:
        words, label = _("Two units or more lead this task; only one can."), _("The first leads, the others coordinate")
        yield _finding("two-leads", Severity.ERROR, words, block, Fix(Remedy.ONE_LEAD, label, block.id or ""))
    yield from _deadline(block, day)
    if not block.product:
        yield _finding("no-product", Severity.NOTE, _("It is not said what this item must bring."), block)
    if block.monitor and item.monitor is None:
        words = _("Who is to follow this item does not follow tasks of the issuing body today. Choose somebody else.")
        yield _finding("monitor-gone", Severity.WARNING, words, block)


def _deadline(block: Block, day: date) -> Iterator[Finding]:
    yield from _days_of_rest_in_words(block, day)
    if block.timing:
        return
    if not block.deadline:
        words = _("No deadline is said, nor that it is standing.")
        yield _finding("no-deadline", Severity.NOTE, words, block, _offered(block, day))
        return
    due, hour = _day_of(block.deadline), block.deadline[11:]
    facts = {"day": f"{due:%d/%m/%Y}"}
    if due < day:
        words = _("The deadline %(day)s lies before the day of issue.") % facts
        yield _finding("deadline-over", Severity.WARNING, words, block)
    elif not is_working_day(due):
        words = _("The deadline %(day)s is a day of rest.") % facts
        yield _finding("deadline-at-rest", Severity.NOTE, words, block, _working_day_before(block, due, day, hour))


def _days_of_rest_in_words(block: Block, day: date) -> Iterator[Finding]:
    """Deadlines that the words name on a day of rest, where they are not the item's own."""
    for found in deadlines_in(block.text, day):
        if found.iso and found.iso[:10] != (block.deadline or "")[:10] and not is_working_day(_day_of(found.iso)):
            words = _("The deadline %(day)s is a day of rest.") % {"day": f"{_day_of(found.iso):%d/%m/%Y}"}
            yield _finding("deadline-at-rest", Severity.NOTE, words, block)


def _day_of(written: str) -> date:
    return date.fromisoformat(written[:10])


def _offered(block: Block, day: date) -> Fix:
    """The one deadline that the words name; otherwise that it is standing."""
    named = {(found.iso, str(found.timing)): found for found in deadlines_in(block.text, day)}
    if len(named) != 1:
        return Fix(Remedy.TIMING, _("Set as standing"), block.id or "", "standing")
    [only] = named.values()
    label = _("Set: %(deadline)s") % {"deadline": only.words}
    if only.timing is not None:
        return Fix(Remedy.TIMING, label, block.id or "", str(only.timing))
    return Fix(Remedy.DEADLINE, label, block.id or "", only.iso)


def _working_day_before(block: Block, due: date, day: date, hour: str) -> Fix | None:
    before = previous_working_day(due)
    if before < day:
        return None
    label = _("Move to the working day before it, %(day)s") % {"day": f"{before:%d/%m/%Y}"}
    return Fix(Remedy.DEADLINE, label, block.id or "", f"{before.isoformat()}{f'T{hour}' if hour else ''}")


def _units_for_nothing(expansion: Expansion) -> Iterator[Finding]:
    """Items that say which units they mean, while neither they nor anything beneath them is followed."""
    for block, _ancestors in expansion.document.walk():
        followed = any(each.follow in FOLLOWED for each, _above in walk([block]))
        if block.targets and not followed:
            groups = any(target.kind != "organization" for target in block.targets)
            follow = Follow.EACH if groups else Follow.TASK
            label = _("Each unit carries it out") if groups else _("Make it a task")
            words = _("Units are chosen for this item, but it is not followed; they get no task.")
            fix = Fix(Remedy.FOLLOW, label, block.id or "", follow.value)
            yield _finding("units-for-nothing", Severity.NOTE, words, block, fix)


def _named_and_not_written_to(expansion: Expansion, directory: Directory) -> Iterator[Finding]:
    """Units that carry out an order, by choice or by its words, and stand on no line of the paper."""
    reached = {body.code for body in expansion.recipients().bodies} | {expansion.issuer.code}
    label = _("Add to the addressees") if expansion.document.addressees else _("Add to the recipients")
    for item in expansion.followed_items():
        for code, quote in _units_of(item, directory):
            if code in reached:
                continue
            reached.add(code)
            name = directory.name_of("organization", code) or code
            yield Finding(
                rule="unit-not-recipient",
                severity=Severity.WARNING,
                part=Part.BODY,
                words=_("%(name)s is named here and is not among the recipients.") % {"name": name},
                quote=quote,
                block=item.block.id or "",
                fix=Fix(Remedy.ADD_RECIPIENT, label, item.block.id or "", code, name),
            )


def _units_of(item: FollowedItem, directory: Directory) -> Iterator[tuple[str, str]]:
    """Code and words of every unit of an item: those that its text names, then the others that were chosen."""
    text = item.block.text
    for named in directory.named_in(text):
        certain = len(named.meanings) == 1 and named.meanings[0].kind == "organization"
        if certain and not _TAKES_THE_RESULT.search(text[: named.start]):
            yield named.meanings[0].code, text[named.start : named.end]
    for body, _part in item.shares:
        yield body.code, text


def _written_to_for_nothing(expansion: Expansion, items: list[FollowedItem], directory: Directory) -> Iterator[Finding]:
    """Units to which the paper is addressed while every followed item is somebody else's."""
    working = {body.code for item in items for body, _part in item.shares}
    idle = [body.code for body in expansion.recipients().executing if body.code not in working]
    if not items or not idle:
        return
    names = [directory.name_of("organization", code) or code for code in idle]
    shown = ", ".join(names[:_SHOWN_NAMES])
    if len(names) > _SHOWN_NAMES:
        shown = _("%(names)s and %(count)s more") % {"names": shown, "count": len(names) - _SHOWN_NAMES}
    words = _("No followed item is for these addressees: %(names)s.") % {"names": shown}
    yield Finding(rule="recipient-without-item", severity=Severity.NOTE, part=Part.ADDRESSEES, words=words)


def _finding(rule: str, severity: Severity, words: str, block: Block, fix: Fix | None = None) -> Finding:
    return Finding(
        rule=rule,
        severity=severity,
        part=Part.BODY,
        words=words,
        quote=f"{block.marker or ''} {block.text}".strip(),
        block=block.id or "",
        fix=fix,
    )
