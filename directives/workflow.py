"""The state machines, one table each. Everything else (late, due soon, sent to 12 of 60) is derived.

A table maps a step to its Move: the states it may start from, the state it leads to, and the roles that may take it.
docs/workflow.md is generated from these tables by `manage.py workflow`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.db import models
from django.utils.translation import pgettext_lazy

from orgs.models import Role


class Step(models.TextChoices):
    """What a person, or the machine, may do; the label is the word on the button."""

    CREATE = "create", pgettext_lazy("step", "Draft")
    EDIT = "edit", pgettext_lazy("step", "Edit")
    SUBMIT = "submit", pgettext_lazy("step", "Submit for signature")
    PASS_ON = "pass_on", pgettext_lazy("step", "Agree and pass on")
    SKIP = "skip", pgettext_lazy("step", "Submit past the reviewers")
    RETURN = "return", pgettext_lazy("step", "Return for repair")
    PULL_BACK = "pull_back", pgettext_lazy("step", "Pull back")
    APPROVE = "approve", pgettext_lazy("step", "Approve for signature")
    APPROVE_JOINTLY = "approve_jointly", pgettext_lazy("step", "Approve as joint issuer")
    NOTE_SIGNATURE = "note_signature", pgettext_lazy("step", "Receive the signed paper")
    NUMBER = "number", pgettext_lazy("step", "Give the number")
    NOTE_SEAL = "note_seal", pgettext_lazy("step", "Note the seal")
    ISSUE = "issue", pgettext_lazy("step", "Issue")
    ISSUE_LATER = "issue_later", pgettext_lazy("step", "Issue at an hour")
    CALL_OFF = "call_off", pgettext_lazy("step", "Call off the hour")
    VOID_NUMBER = "void_number", pgettext_lazy("step", "Void the number")
    RECALL = "recall", pgettext_lazy("step", "Recall")

    SEND = "send", pgettext_lazy("step", "Send")
    ARRIVE = "arrive", pgettext_lazy("step", "Arrive")
    RECEIVE = "receive", pgettext_lazy("step", "Receive and enter into the book")
    MISDIRECT = "misdirect", pgettext_lazy("step", "Return as misdirected")

    ASSIGN = "assign", pgettext_lazy("step", "Assign")
    START_WORK = "start_work", pgettext_lazy("step", "Start work")
    REPORT = "report", pgettext_lazy("step", "Report the result")
    CONFIRM = "confirm", pgettext_lazy("step", "Confirm as done")
    ASK_MORE = "ask_more", pgettext_lazy("step", "Ask for more")
    END = "end", pgettext_lazy("step", "Stop following")
    NEXT_PERIOD = "next_period", pgettext_lazy("step", "Go on to the next period")

    RESERVE = "reserve", pgettext_lazy("step", "Reserve the number")

    CLAIM = "claim", pgettext_lazy("step", "Claim")
    FINISH = "finish", pgettext_lazy("step", "Finish")
    FAIL = "fail", pgettext_lazy("step", "Fail")
    RETRY = "retry", pgettext_lazy("step", "Try again")
    DOUBT = "doubt", pgettext_lazy("step", "Leave in doubt")
    QUARANTINE = "quarantine", pgettext_lazy("step", "Set aside")


class DirectiveState(models.TextChoices):
    """Where a directive stands on the road from the draft to the units."""

    DRAFT = "draft", pgettext_lazy("directive", "Draft")
    SUBMITTED = "submitted", pgettext_lazy("directive", "Waiting for signature approval")
    APPROVED = "approved", pgettext_lazy("directive", "Approved, waiting to be signed")
    NUMBERED = "numbered", pgettext_lazy("directive", "Numbered")
    ISSUED = "issued", pgettext_lazy("directive", "Issued")
    VOIDED = "voided", pgettext_lazy("directive", "Number voided")


class ReviewState(models.TextChoices):
    """How far a submitted draft has come to one of its reviewers."""

    AHEAD = "ahead", pgettext_lazy("review", "Not yet reached")
    WAITING = "waiting", pgettext_lazy("review", "Waiting for the review")
    PASSED = "passed", pgettext_lazy("review", "Agreed")
    RETURNED = "returned", pgettext_lazy("review", "Returned for repair")
    SKIPPED = "skipped", pgettext_lazy("review", "Passed over (urgent)")
    WITHDRAWN = "withdrawn", pgettext_lazy("review", "No longer asked")


class JointState(models.TextChoices):
    """How a body that issues a paper jointly stands to it; what signs on paper is not asked here."""

    NAMED = "named", pgettext_lazy("joint", "Not yet asked")
    ASKED = "asked", pgettext_lazy("joint", "Waiting for its approval")
    APPROVED = "approved", pgettext_lazy("joint", "Approved")
    ON_PAPER = "on_paper", pgettext_lazy("joint", "Signs on paper")


class DeliveryState(models.TextChoices):
    """How far a directive has come to one unit; the machine alone may only say that it arrived."""

    WAITING = "waiting", pgettext_lazy("delivery", "Waiting to be sent")
    SENT = "sent", pgettext_lazy("delivery", "Sent")
    ARRIVED = "arrived", pgettext_lazy("delivery", "Arrived")
    RECEIVED = "received", pgettext_lazy("delivery", "Received")
    MISDIRECTED = "misdirected", pgettext_lazy("delivery", "Returned (misdirected)")


class AssignmentState(models.TextChoices):
    """How a unit stands with its share of a task."""

    ASSIGNED = "assigned", pgettext_lazy("assignment", "Not yet received")
    WORKING = "working", pgettext_lazy("assignment", "In progress")
    REPORTED = "reported", pgettext_lazy("assignment", "Reported")
    DONE = "done", pgettext_lazy("assignment", "Completed")
    ENDED = "ended", pgettext_lazy("assignment", "No longer followed")


class EntryState(models.TextChoices):
    """A number in the register: kept, used, or voided; it is never used again."""

    RESERVED = "reserved", pgettext_lazy("entry", "Reserved")
    NUMBERED = "numbered", pgettext_lazy("entry", "Used")
    VOID = "void", pgettext_lazy("entry", "Voided")


class WorkState(models.TextChoices):
    """One piece of background work in the outbox."""

    QUEUED = "queued", pgettext_lazy("work", "Queued")
    CLAIMED = "claimed", pgettext_lazy("work", "In hand")
    DONE = "done", pgettext_lazy("work", "Done")
    FAILED = "failed", pgettext_lazy("work", "Failed, will be tried again")
    UNCERTAIN = "uncertain", pgettext_lazy("work", "In doubt")
    QUARANTINED = "quarantined", pgettext_lazy("work", "Set aside")


@dataclass(frozen=True, slots=True)
class Move:
    """A step's states before, its state after, and who may take it (no role: the machine)."""

    sources: tuple[str, ...]
    target: str
    roles: tuple[Role, ...] = ()


Machine = Mapping[Step, Move]

CHAIN = (Role.SECTION_HEAD, Role.REVIEWER, Role.OFFICE_HEAD, Role.SIGNER)
# An assistant writes down what the leader said; approving and signing are never an assistant's.
REVIEWERS = (Role.SECTION_HEAD, Role.REVIEWER, Role.OFFICE_HEAD, Role.ASSISTANT)
FOLLOWERS = (Role.MONITOR, Role.OFFICE_HEAD)
UNIT_STAFF = (Role.CLERK, Role.UNIT_CONTACT, Role.OFFICER, Role.UNIT_HEAD)

_D = DirectiveState
DIRECTIVE: Machine = {
    Step.CREATE: Move((), _D.DRAFT, (Role.DRAFTER,)),
    Step.EDIT: Move((_D.DRAFT,), _D.DRAFT, (Role.DRAFTER,)),
    Step.SUBMIT: Move((_D.DRAFT,), _D.SUBMITTED, (Role.DRAFTER,)),
    Step.PULL_BACK: Move((_D.SUBMITTED,), _D.DRAFT, (Role.DRAFTER,)),
    Step.RETURN: Move((_D.SUBMITTED, _D.APPROVED), _D.DRAFT, (*CHAIN, Role.CLERK)),
    Step.APPROVE: Move((_D.SUBMITTED,), _D.APPROVED, (Role.SIGNER,)),
    # What was signed by pen is noted also where it was never approved here (with a reason).
    Step.NOTE_SIGNATURE: Move((_D.SUBMITTED, _D.APPROVED), _D.APPROVED, (Role.CLERK,)),
    Step.NUMBER: Move((_D.APPROVED,), _D.NUMBERED, (Role.CLERK,)),
    Step.NOTE_SEAL: Move((_D.NUMBERED,), _D.NUMBERED, (Role.CLERK,)),
    Step.ISSUE: Move((_D.NUMBERED,), _D.ISSUED, (Role.CLERK,)),
    # Until the hour comes it is a numbered paper, and the clerk may still call the hour off.
    Step.ISSUE_LATER: Move((_D.NUMBERED,), _D.NUMBERED, (Role.CLERK,)),
    Step.CALL_OFF: Move((_D.NUMBERED,), _D.NUMBERED, (Role.CLERK,)),
    Step.VOID_NUMBER: Move((_D.NUMBERED,), _D.VOIDED, (Role.CLERK,)),
    Step.RECALL: Move((_D.ISSUED,), _D.ISSUED, (Role.CLERK,)),
}

_R = ReviewState
REVIEW: Machine = {
    Step.SUBMIT: Move((), _R.AHEAD, (Role.DRAFTER,)),
    Step.SKIP: Move((), _R.SKIPPED, (Role.DRAFTER,)),
    Step.ARRIVE: Move((_R.AHEAD,), _R.WAITING),
    Step.PASS_ON: Move((_R.WAITING,), _R.PASSED, REVIEWERS),
    Step.RETURN: Move((_R.WAITING,), _R.RETURNED, REVIEWERS),
    # The paper was taken or sent back past this reviewer.
    Step.PULL_BACK: Move((_R.AHEAD, _R.WAITING), _R.WITHDRAWN),
}

_J = JointState
JOINT: Machine = {
    Step.EDIT: Move((), _J.NAMED, (Role.DRAFTER,)),
    Step.SUBMIT: Move((_J.NAMED,), _J.ASKED, (Role.DRAFTER,)),
    Step.APPROVE_JOINTLY: Move((_J.ASKED,), _J.APPROVED, (Role.SIGNER,)),
    # The paper facts win: what the clerk holds signed was signed.
    Step.NOTE_SIGNATURE: Move((_J.NAMED, _J.ASKED), _J.ON_PAPER, (Role.CLERK,)),
    # Whoever sends or takes the paper back: no approval outlives it.
    Step.RETURN: Move((_J.ASKED, _J.APPROVED, _J.ON_PAPER), _J.NAMED, (Role.SIGNER,)),
    Step.PULL_BACK: Move((_J.ASKED, _J.APPROVED, _J.ON_PAPER), _J.NAMED),
}

_V = DeliveryState
DELIVERY: Machine = {
    Step.SEND: Move((_V.WAITING,), _V.SENT),
    Step.ARRIVE: Move((_V.SENT,), _V.ARRIVED),
    Step.RECEIVE: Move((_V.SENT, _V.ARRIVED), _V.RECEIVED, (Role.CLERK, Role.UNIT_CONTACT)),
    Step.MISDIRECT: Move((_V.SENT, _V.ARRIVED), _V.MISDIRECTED, (Role.CLERK, Role.UNIT_CONTACT)),
}

_A = AssignmentState
ASSIGNMENT: Machine = {
    Step.ASSIGN: Move((), _A.ASSIGNED),
    Step.START_WORK: Move((_A.ASSIGNED,), _A.WORKING, UNIT_STAFF),
    Step.REPORT: Move((_A.ASSIGNED, _A.WORKING), _A.REPORTED, UNIT_STAFF),
    Step.CONFIRM: Move((_A.REPORTED,), _A.DONE, FOLLOWERS),
    Step.ASK_MORE: Move((_A.REPORTED, _A.DONE), _A.WORKING, FOLLOWERS),
    Step.END: Move((_A.ASSIGNED, _A.WORKING, _A.REPORTED), _A.ENDED, FOLLOWERS),
    # A periodic share that is completed is open again, for the period after.
    Step.NEXT_PERIOD: Move((_A.DONE,), _A.WORKING),
}

_E = EntryState
ENTRY: Machine = {
    Step.RESERVE: Move((), _E.RESERVED, (Role.CLERK,)),
    Step.NUMBER: Move((_E.RESERVED,), _E.NUMBERED, (Role.CLERK,)),
    Step.VOID_NUMBER: Move((_E.RESERVED, _E.NUMBERED), _E.VOID, (Role.CLERK,)),
}

_W = WorkState
OUTBOX: Machine = {
    # Work in hand is claimed again only when its lease ran out, work that failed when its pause is over.
    Step.CLAIM: Move((_W.QUEUED, _W.FAILED, _W.CLAIMED), _W.CLAIMED),
    Step.FINISH: Move((_W.CLAIMED,), _W.DONE),
    Step.FAIL: Move((_W.CLAIMED,), _W.FAILED),
    Step.DOUBT: Move((_W.CLAIMED,), _W.UNCERTAIN),
    Step.QUARANTINE: Move((_W.CLAIMED,), _W.QUARANTINED),
    Step.RETRY: Move((_W.FAILED, _W.UNCERTAIN, _W.QUARANTINED), _W.QUEUED),
}

MACHINES: Mapping[str, Machine] = {
    "Directive": DIRECTIVE,
    "Review": REVIEW,
    "Joint issuer": JOINT,
    "Delivery": DELIVERY,
    "Assignment": ASSIGNMENT,
    "Register entry": ENTRY,
    "Outbox row": OUTBOX,
}
"""Every machine by the name that docs/workflow.md gives it."""
