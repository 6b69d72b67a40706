"""Mail under pressure: a server that refuses, is busy, is away or drops the line; each address gets one mail."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from pytest_django.fixtures import Settings

from directives import notices, outbox
from directives.actions import mailing
from directives.models import Delivery, Notice, OutboxRow, Work
from directives.workflow import DeliveryState, WorkState
from tests import factories
from tests.factories import Committee
from tests.mail_server import MailServer
from tests.processes import free_port

FIRST, SECOND, THIRD = addresses = [f"tu-xa-{n}@chidao.example" for n in (1, 2, 3)]
ONE_EACH = Counter(addresses)


@pytest.fixture
def mailed(committee: Committee, smtp: MailServer) -> MailServer:
    """The mail server of a paper that has been issued to three units; their mails wait."""
    factories.delivered(committee)
    return smtp


def one_round(of: Committee, minutes: int = 0) -> None:
    """Let time pass, then send what is due."""
    of.clock.forward(minutes=minutes)
    rows = OutboxRow.objects.filter(work=Work.MAIL).order_by("pk")
    mailing.send_mails([row.pk for row in rows], clock=of.clock)


def row_of(address: str) -> OutboxRow:
    return OutboxRow.objects.get(work=Work.MAIL, object_id=Notice.objects.get(address=address).pk)


def states() -> list[str]:
    return [row_of(address).state for address in addresses]


def test_one_refused_address_is_set_aside_with_the_words_of_the_server_and_the_others_get_their_mail(
    committee: Committee, mailed: MailServer
) -> None:
    mailed.answers[SECOND] = "550 5.1.1 no such mailbox here"
    for _ in range(3):
        one_round(committee, minutes=20)
    assert mailed.per_recipient() == Counter([FIRST, THIRD])
    assert states() == [WorkState.DONE, WorkState.QUARANTINED, WorkState.DONE]
    assert row_of(SECOND).last_error == "550 5.1.1 no such mailbox here"
    assert Notice.objects.get(address=SECOND).answer == "550 5.1.1 no such mailbox here"
    # The unit has the paper in its inbox all the same; only the mail is missing.
    waiting = Delivery.objects.get(organization=committee.units[1])
    assert waiting.state == DeliveryState.SENT


def test_a_mailbox_that_was_opened_gets_its_mail_when_a_person_presses_again(
    committee: Committee, mailed: MailServer
) -> None:
    mailed.answers[SECOND] = "550 5.1.1 no such mailbox here"
    one_round(committee)
    mailed.answers.clear()
    one_round(committee, minutes=60)
    assert mailed.per_recipient()[SECOND] == 0
    outbox.again(row_of(SECOND).pk, clock=committee.clock)
    one_round(committee)
    assert mailed.per_recipient() == ONE_EACH


def test_a_storm_of_451_is_sat_out(committee: Committee, mailed: MailServer) -> None:
    mailed.answers.update(dict.fromkeys(addresses, "451 4.7.1 busy, come back later"))
    for _ in range(outbox.MOST_ATTEMPTS - 1):
        one_round(committee, minutes=20)
    assert states() == [WorkState.FAILED] * 3
    assert not mailed.received
    mailed.answers.clear()
    one_round(committee, minutes=20)
    assert states() == [WorkState.DONE] * 3
    assert mailed.per_recipient() == ONE_EACH


def test_a_storm_without_end_is_shown_to_a_person(committee: Committee, mailed: MailServer) -> None:
    mailed.answers[THIRD] = "451 4.7.1 busy, come back later"
    for _ in range(outbox.MOST_ATTEMPTS):
        one_round(committee, minutes=20)
    assert states() == [WorkState.DONE, WorkState.DONE, WorkState.QUARANTINED]
    assert row_of(THIRD).last_error == "451 4.7.1 busy, come back later"


def test_a_retry_waits_longer_each_time(committee: Committee, mailed: MailServer) -> None:
    mailed.answers[FIRST] = "451 4.7.1 busy, come back later"
    pauses = []
    for _ in range(6):
        one_round(committee, minutes=20)
        pauses.append((row_of(FIRST).due_at - committee.clock.now()).total_seconds())
    assert pauses == sorted(pauses)
    assert 8 <= pauses[0] <= 12
    assert 256 <= pauses[-1] <= 384


def test_a_server_that_closes_the_line_with_421_leaves_nothing_in_doubt(
    committee: Committee, mailed: MailServer
) -> None:
    mailed.answers.update(dict.fromkeys(addresses, "421 4.3.2 going down"))
    for _ in range(outbox.MOST_ATTEMPTS + 1):
        one_round(committee, minutes=20)
    assert states() == [WorkState.FAILED] * 3
    assert {row_of(address).attempts for address in addresses} == {0}
    assert not Notice.objects.filter(handed_over_at__isnull=False).exists()
    mailed.answers.clear()
    one_round(committee, minutes=20)
    assert mailed.per_recipient() == ONE_EACH


def test_a_server_that_is_away_for_hours_uses_up_no_attempt(
    committee: Committee, mailed: MailServer, settings: Settings
) -> None:
    settings.EMAIL_PORT = free_port()
    for _ in range(2 * outbox.MOST_ATTEMPTS):
        one_round(committee, minutes=20)
    assert states() == [WorkState.FAILED] * 3
    assert {row_of(address).attempts for address in addresses} == {0}
    assert "ConnectionRefusedError" in row_of(FIRST).last_error
    settings.EMAIL_PORT = mailed.port
    one_round(committee, minutes=20)
    assert states() == [WorkState.DONE] * 3
    assert mailed.per_recipient() == ONE_EACH


def test_a_mail_taken_before_the_line_dropped_is_not_sent_again_when_the_log_names_it(
    committee: Committee, mailed: MailServer, mail_log: Path, settings: Settings
) -> None:
    settings.MAIL_LOG = str(mail_log)
    mailed.drops_after_taking.update(addresses)
    for _ in range(8):
        one_round(committee, minutes=20)
    assert states() == [WorkState.DONE] * 3
    assert mailed.per_recipient() == ONE_EACH
    assert Delivery.objects.filter(state=DeliveryState.ARRIVED).count() == 3


def test_the_log_of_the_day_before_is_asked_too(
    committee: Committee, mailed: MailServer, mail_log: Path, settings: Settings
) -> None:
    settings.MAIL_LOG = str(mail_log)
    mailed.drops_after_taking.add(FIRST)
    one_round(committee)
    mail_log.rename(f"{mail_log}.1")
    mail_log.touch()
    one_round(committee, minutes=20)
    assert mailed.per_recipient() == ONE_EACH


def test_a_worker_that_dies_between_the_answer_and_the_delivery_leaves_both_to_the_next(
    committee: Committee, mailed: MailServer, mail_log: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    def die(delivery_id: object, *, at: object) -> None:
        raise KeyboardInterrupt

    settings.MAIL_LOG = str(mail_log)
    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr(mailing, "mark_arrived", die)
        one_round(committee)
    one_round(committee, minutes=20)
    assert states() == [WorkState.DONE] * 3
    assert mailed.per_recipient() == ONE_EACH
    assert Delivery.objects.filter(state=DeliveryState.ARRIVED).count() == 3


def test_a_mail_lost_with_the_line_is_sent_again_when_the_log_does_not_name_it(
    committee: Committee, mailed: MailServer, mail_log: Path, settings: Settings
) -> None:
    settings.MAIL_LOG = str(mail_log)
    mailed.drops_before_taking.add(SECOND)
    one_round(committee)
    assert mailed.per_recipient()[SECOND] == 0
    mailed.drops_before_taking.clear()
    one_round(committee, minutes=20)
    assert states() == [WorkState.DONE] * 3
    assert mailed.per_recipient() == ONE_EACH


def test_without_asking_the_log_a_dropped_line_mails_twice(
    committee: Committee, mailed: MailServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(notices, "was_taken", lambda notice, connection: False)
    mailed.drops_after_taking.add(FIRST)
    one_round(committee)
    mailed.drops_after_taking.clear()
    one_round(committee, minutes=20)
    assert mailed.per_recipient()[FIRST] == 2


@pytest.mark.parametrize("log", ["", "/nowhere/mail.log"], ids=["no log", "a log that cannot be read"])
def test_without_a_log_a_mail_in_doubt_waits_for_a_person_who_decides(
    log: str, committee: Committee, mailed: MailServer, settings: Settings
) -> None:
    settings.MAIL_LOG = log
    mailed.drops_after_taking.add(FIRST)
    for _ in range(3):
        one_round(committee, minutes=20)
    assert states() == [WorkState.UNCERTAIN, WorkState.DONE, WorkState.DONE]
    assert mailed.per_recipient() == ONE_EACH
    mailed.drops_after_taking.clear()
    outbox.again(row_of(FIRST).pk, clock=committee.clock)
    one_round(committee)
    assert states() == [WorkState.DONE] * 3
    first, second = [mail for mail in mailed.received if mail.recipients == (FIRST,)]
    assert first.message_id == second.message_id


def test_a_mail_at_which_the_server_hangs_up_does_not_hold_up_the_others(
    committee: Committee, mailed: MailServer, mail_log: Path, settings: Settings
) -> None:
    settings.MAIL_LOG = str(mail_log)
    rung_first = OutboxRow.objects.filter(work=Work.MAIL).order_by("pk")[0]
    unlucky = Notice.objects.get(pk=rung_first.object_id).address
    mailed.drops_before_taking.add(unlucky)
    for _ in range(10):
        one_round(committee, minutes=1)
    assert mailed.per_recipient() == ONE_EACH - Counter([unlucky])
    for _ in range(outbox.MOST_ATTEMPTS):
        one_round(committee, minutes=20)
    assert row_of(unlucky).state == WorkState.QUARANTINED
