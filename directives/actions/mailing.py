"""Send the mails that wait, over one connection, each once."""

from __future__ import annotations

import smtplib
from collections.abc import Iterable

from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction

from directives import notices, outbox
from directives.actions.delivering import mark_arrived
from directives.models import Notice, OutboxRow
from orgs.clock import Clock

CLOSES = 421
"""The answer with which a mail server closes the connection."""


def send_mails(row_ids: Iterable[int], *, clock: Clock) -> None:
    """Claim these mails and send them; one that the server refuses does not hold up the others.

    Before a mail is handed to the server this is noted on it and committed (the fence): a worker that dies in between
    leaves a mail in doubt, which is sent again only when the server's own log says that it never came.
    """
    rows = outbox.claim(row_ids, clock=clock)
    if not rows:
        return
    try:
        with notices.open_connection() as connection:
            for row in rows:
                _try(row, connection, clock)
    except OSError as error:  # no connection at all, or lost on the way: what is still claimed waits
        for row in rows:
            outbox.postpone(row, f"{type(error).__name__}: {error}", clock=clock)


def _try(row: OutboxRow, connection: BaseEmailBackend, clock: Clock) -> None:
    try:
        _send(row, connection, clock)
    except Exception as error:  # a mail that cannot be built must not hold up the others
        # So must one at which the server hangs up each time: it is this mail's attempt, the others only wait.
        outbox.fail(row, f"{type(error).__name__}: {error}", clock=clock)
        if isinstance(error, OSError):
            raise


def _send(row: OutboxRow, connection: BaseEmailBackend, clock: Clock) -> None:
    notice = _notice(row)
    if notice.accepted_at is None and notice.handed_over_at is not None:
        taken = notices.was_taken(notice, connection)
        if taken is None:
            outbox.doubt(row, "the worker died while the mail was being handed over")
            return
        if taken:
            _accepted(notice, clock)
    if notice.accepted_at is not None or notice.is_pointless:
        outbox.finish(row, clock=clock)
        return
    notice.handed_over_at = clock.now()
    notice.save(update_fields=["handed_over_at"])
    try:
        connection.send_messages([notices.mail_of(notice)])
    except smtplib.SMTPRecipientsRefused as error:
        [(code, words)] = error.recipients.values()
        _refused(row, notice, code, words, clock)
    except smtplib.SMTPResponseException as error:
        _refused(row, notice, error.smtp_code, error.smtp_error, clock)
    else:
        _accepted(notice, clock)
        outbox.finish(row, clock=clock)


def _notice(row: OutboxRow) -> Notice:
    return Notice.objects.with_what_they_tell().get(pk=row.object_id)


@transaction.atomic
def _accepted(notice: Notice, clock: Clock) -> None:
    notice.accepted_at, notice.answer = clock.now(), ""
    notice.save(update_fields=["accepted_at", "answer"])
    if notice.delivery_id is not None:
        mark_arrived(notice.delivery_id, at=clock.now())


def _refused(row: OutboxRow, notice: Notice, code: int, words: bytes | str, clock: Clock) -> None:
    """The server answered that it did not take the mail, so nothing is in doubt."""
    said = f"{code} {words.decode(errors='replace') if isinstance(words, bytes) else words}"
    notice.handed_over_at, notice.answer = None, said
    notice.save(update_fields=["handed_over_at", "answer"])
    if code == CLOSES:
        # No fault of the mail; what comes next would be noted as handed over to a connection that is gone.
        outbox.postpone(row, said, clock=clock)
        raise ConnectionAbortedError(said)
    outbox.fail(row, said, clock=clock, retry=code < 500)
