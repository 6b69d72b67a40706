"""Directives, their numbers, copies, deliveries, tasks and the outbox."""

from directives.models.consultation import CONSULTED_ROLES, Consultation, Consulted
from directives.models.copy import CopyKind, IssuedCopy
from directives.models.correction import Correction, CorrectionKind, changes_for
from directives.models.delivery import Delivery, Notice, NoticeKind, Reading
from directives.models.directive import Content, Directive, Draft, OpenWindow, Press, Reader, SignatureKind
from directives.models.enclosure import Enclosure
from directives.models.incoming import IncomingBook, IncomingEntry
from directives.models.joint import JointIssuer, waits_for_another_body
from directives.models.month import MonthOfPapers, MonthOfShares
from directives.models.opinion import Opinion
from directives.models.outbox import Heartbeat, OutboxRow, Work
from directives.models.policy import Policy
from directives.models.register import NumberSeries, RegisterEntry, SecretSeries, SeriesMode
from directives.models.review import REVIEWING_ROLES, Review, ReviewAt, ReviewPlace, under_review
from directives.models.search import SearchEntry
from directives.models.task import Answer, Assignment, Part, PastPeriod, Report, Task
from directives.models.template import DraftTemplate
from directives.models.upload import Upload

__all__ = [
    "CONSULTED_ROLES",
    "REVIEWING_ROLES",
    "Answer",
    "Assignment",
    "Consultation",
    "Consulted",
    "Content",
    "CopyKind",
    "Correction",
    "CorrectionKind",
    "Delivery",
    "Directive",
    "Draft",
    "DraftTemplate",
    "Enclosure",
    "Heartbeat",
    "IncomingBook",
    "IncomingEntry",
    "IssuedCopy",
    "JointIssuer",
    "MonthOfPapers",
    "MonthOfShares",
    "Notice",
    "NoticeKind",
    "NumberSeries",
    "OpenWindow",
    "Opinion",
    "OutboxRow",
    "Part",
    "PastPeriod",
    "Policy",
    "Press",
    "Reader",
    "Reading",
    "RegisterEntry",
    "Report",
    "Review",
    "ReviewAt",
    "ReviewPlace",
    "SearchEntry",
    "SecretSeries",
    "SeriesMode",
    "SignatureKind",
    "Task",
    "Upload",
    "Work",
    "changes_for",
    "under_review",
    "waits_for_another_body",
]
