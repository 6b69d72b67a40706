"""Who is told what, and how the mail is built and sent."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from directives.models import Notice, NoticeKind, Policy
from orgs.models import Organization, Post, Role

TOLD = (Role.CLERK, Role.UNIT_CONTACT)
"""Whose own addresses are used when a body has given no address for official mail."""


def addresses_of(organization: Organization, at: datetime) -> list[str]:
    """The body's addresses for official mail, or those of its clerks and contacts; each once."""
    day = timezone.localdate(at)
    official = organization.as_of(day).mail_addresses
    if official:
        return list(dict.fromkeys(official))
    posts = Post.objects.filter(organization=organization, role__in=TOLD, person__is_active=True).on(day)
    emails = posts.exclude(person__email="").order_by("pk").values_list("person__email", flat=True)
    return list(dict.fromkeys(emails))


def message_id(notice: Notice) -> str:
    """The Message-ID of a notice, the same at every attempt, so that a mail server's log can be asked about it."""
    return f"<{notice.pk}@{settings.MAIL_DOMAIN}>"


def mail_of(notice: Notice) -> EmailMultiAlternatives:
    """The mail in Vietnamese, text and HTML: a number and "sign in to read", the subject only where policy allows.

    A draft has no number: the mail tells who asks and until when.
    """
    directive = notice.directive
    day = directive.dated_on or timezone.localdate()
    consulted = notice.consulted
    subject = consulted.consultation.document.subject.text if consulted else directive.subject
    subject_allowed = Policy.of(directive.issuer).subject_in_mail and not directive.restricted
    with translation.override("vi"):
        headline = _headline(notice)
        facts = {
            "headline": headline,
            "directive": directive,
            "issuer": directive.issuer.as_of(day).name,
            "unit": notice.organization.as_of(day).name,
            "subject": subject if subject_allowed else "",
            "enclosed": 0 if consulted else directive.enclosures.count(),
            "answer_by": consulted.consultation.answer_by if consulted else None,
            "link": f"{settings.SITE_URL}/{f'gop-y/{consulted.pk}' if consulted else f'van-ban/{directive.pk}'}/",
        }
        mail = EmailMultiAlternatives(
            subject=headline,
            body=render_to_string(f"mail/{notice.kind}.txt", facts),
            to=[notice.address],
            headers={"Message-ID": message_id(notice), "Auto-Submitted": "auto-generated"},
        )
        mail.attach_alternative(render_to_string(f"mail/{notice.kind}.html", facts), "text/html")
    return mail


def _headline(notice: Notice) -> str:
    if notice.consulted is not None:
        day = notice.consulted.consultation.answer_by
        return _("Your unit's comments on a draft are asked for until %(day)s") % {"day": f"{day:%d/%m/%Y}"}
    recalled = notice.kind == NoticeKind.RECALLED
    words = _("Recalled: %(number)s") if recalled else _("Paper %(number)s for your unit")
    return words % {"number": notice.directive.printed_number}


@contextmanager
def open_connection() -> Iterator[BaseEmailBackend]:
    """One connection to the mail server for a whole round of mails."""
    connection = get_connection()
    connection.open()
    try:
        yield connection
    finally:
        connection.close()


def was_taken(notice: Notice, connection: BaseEmailBackend) -> bool | None:
    """Whether the mail server took this notice before the worker died; None when nothing here can tell.

    The mail folder knows by itself; for a mail server the log named by MAIL_LOG is searched for the Message-ID, and the
    log of the day before (`MAIL_LOG.1`), because logs are moved away at night. A log that cannot be read tells nothing.
    """
    asked = getattr(connection, "was_taken", None)
    if asked is not None:
        return bool(asked(message_id(notice)))
    if not settings.MAIL_LOG:
        return None
    wanted = message_id(notice)
    before = Path(f"{settings.MAIL_LOG}.1")
    try:
        return _names(Path(settings.MAIL_LOG), wanted) or (before.exists() and _names(before, wanted))
    except OSError:
        return None


def _names(log: Path, wanted: str) -> bool:
    with log.open(encoding="utf-8", errors="replace") as lines:
        return any(wanted in line for line in lines)
