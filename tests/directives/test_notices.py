"""Who is told, and what a mail says: a number and a request to sign in, in Vietnamese, and no more."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from django.core.mail.backends.base import BaseEmailBackend
from django.utils import translation
from pytest_django.fixtures import Settings

from directives import notices
from directives.mailfolder import FolderBackend
from directives.models import Directive, Notice, Policy
from directives.workflow import DirectiveState
from orgs.models import OrganizationVersion, Person, Post, Role
from tests import factories
from tests.factories import ClockAt, Committee

pytestmark = pytest.mark.django_db

SUBJECT = "tăng cường kiểm tra hồ chứa"
KINDS = ("issued", "recalled")


@pytest.fixture
def committee() -> Committee:
    return factories.committee(ClockAt.on(date(2026, 11, 23)))


def notice(of: Committee, kind: str = "issued", **facts: bool) -> Notice:
    """The mail to the first unit about an issued paper."""
    issued = factories.directive(of, DirectiveState.ISSUED, factories.letter(SUBJECT), **facts)
    delivery = issued.deliveries.get(organization=of.units[0])
    return Notice.objects.create(delivery=delivery, kind=kind, address="xa1@chidao.example")


def bodies(of_notice: Notice) -> dict[str, str]:
    """The plain text and the HTML of the mail as it is sent."""
    parts = notices.mail_of(of_notice).message().walk()
    return {
        part.get_content_type(): part.get_payload(decode=True).decode() for part in parts if not part.is_multipart()
    }


def everything(of_notice: Notice) -> str:
    """Every word that a mail server on the way could read."""
    mail = notices.mail_of(of_notice)
    return "\n".join([mail.subject, *mail.extra_headers.values(), *bodies(of_notice).values()])


@pytest.mark.parametrize("kind", KINDS)
def test_a_mail_names_the_number_and_never_the_subject(committee: Committee, kind: str) -> None:
    words = everything(notice(committee, kind))
    assert "01-CV/TU" in words
    assert SUBJECT not in words


def test_a_committee_may_have_the_subject_named(committee: Committee) -> None:
    Policy.objects.create(organization=committee.organization, subject_in_mail=True)
    told = notice(committee)
    assert all(SUBJECT in body for body in bodies(told).values())
    assert SUBJECT not in notices.mail_of(told).subject


@pytest.mark.parametrize("kind", KINDS)
def test_the_subject_of_a_restricted_paper_is_never_named(committee: Committee, kind: str) -> None:
    Policy.objects.create(organization=committee.organization, subject_in_mail=True)
    assert SUBJECT not in everything(notice(committee, kind, restricted=True))


@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_mail_is_in_vietnamese_whoever_makes_it(committee: Committee, language: str) -> None:
    told = notice(committee)
    with translation.override(language):
        assert notices.mail_of(told).subject.startswith("Văn bản số 01-CV/TU")
        for body in bodies(told).values():
            assert "Tỉnh ủy Sơn Hà đã phát hành văn bản số 01-CV/TU ngày 23/11/2026" in body
            assert "Đảng ủy xã Thử 1" in body


def test_a_recalled_paper_is_named_as_recalled(committee: Committee) -> None:
    for body in bodies(notice(committee, "recalled")).values():
        assert "Tỉnh ủy Sơn Hà đã thu hồi văn bản số 01-CV/TU ngày 23/11/2026" in body


@pytest.mark.parametrize("kind", KINDS)
def test_text_and_html_both_lead_to_the_paper_on_our_own_site(
    committee: Committee, settings: Settings, kind: str
) -> None:
    settings.SITE_URL = "https://chidao.example"
    told = notice(committee, kind)
    both = bodies(told)
    assert both.keys() == {"text/plain", "text/html"}
    for body in both.values():
        assert f"https://chidao.example/van-ban/{told.delivery.directive_id}/" in body


def test_a_name_with_signs_of_html_is_shown_as_it_is(committee: Committee) -> None:
    version = OrganizationVersion.objects.get(organization=committee.units[0])
    version.name = "Đảng ủy <b>A & B</b>"
    version.save()
    both = bodies(notice(committee))
    assert "Đảng ủy <b>A & B</b>" in both["text/plain"]
    assert "Đảng ủy &lt;b&gt;A &amp; B&lt;/b&gt;" in both["text/html"]


def test_the_names_are_those_of_the_day_of_the_paper(committee: Committee) -> None:
    told = notice(committee)
    for organization, name in ((committee.organization, "Tỉnh ủy Mới"), (committee.units[0], "Đảng ủy xã Mới")):
        old = organization.versions.get()
        organization.versions.create(
            valid_from=date(2026, 11, 24), name=name, name_line=name.upper(), kind=old.kind, symbol=old.symbol
        )
    words = everything(told)
    assert "Tỉnh ủy Sơn Hà" in words
    assert "Mới" not in words


def test_a_mail_has_the_same_message_id_at_every_attempt_and_no_other_mail_has_it(
    committee: Committee, settings: Settings
) -> None:
    settings.MAIL_DOMAIN = "chidao.example"
    told = notice(committee)
    other = Notice.objects.create(delivery=told.delivery, kind="issued", address="xa1-b@chidao.example")
    first, again = (notices.mail_of(told).message()["Message-ID"] for _ in range(2))
    assert first == again == f"<{told.pk}@chidao.example>"
    assert notices.mail_of(other).message()["Message-ID"] != first


def test_a_mail_goes_to_one_address_and_asks_for_no_automatic_answer(committee: Committee) -> None:
    mail = notices.mail_of(notice(committee))
    assert mail.recipients() == ["xa1@chidao.example"]
    assert mail.message()["Auto-Submitted"] == "auto-generated"


def without_official_address(of: Committee) -> None:
    OrganizationVersion.objects.filter(organization=of.units[0]).update(mail_addresses=[])


def person_with_mail(of: Committee, name: str, role: Role) -> Person:
    made = factories.person(name, (of.units[0], role))
    made.email = f"{name}@xa.example"
    made.save()
    return made


def addresses(of: Committee) -> list[str]:
    return notices.addresses_of(of.units[0], of.clock.now())


def test_a_body_is_told_at_its_official_addresses_each_once(committee: Committee) -> None:
    person_with_mail(committee, "lan", Role.CLERK)
    twice = ["vt@xa.example", "bt@xa.example", "vt@xa.example"]
    OrganizationVersion.objects.filter(organization=committee.units[0]).update(mail_addresses=twice)
    assert addresses(committee) == ["vt@xa.example", "bt@xa.example"]


def test_without_an_official_address_its_clerks_and_contacts_are_told(committee: Committee) -> None:
    without_official_address(committee)
    for name, role in (("lan", Role.CLERK), ("minh", Role.UNIT_CONTACT), ("hoa", Role.UNIT_HEAD), ("an", Role.OFFICER)):
        person_with_mail(committee, name, role)
    assert addresses(committee) == ["lan@xa.example", "minh@xa.example"]


def test_who_has_left_may_not_sign_in_or_has_no_address_is_not_told(committee: Committee) -> None:
    without_official_address(committee)
    left, locked, held_twice = (person_with_mail(committee, name, Role.CLERK) for name in ("lan", "minh", "hoa"))
    Post.objects.filter(person=left).update(ends_on=date(2026, 11, 22))
    Person.objects.filter(pk=locked.pk).update(is_active=False)
    Post.objects.create(
        person=held_twice, organization=committee.units[0], role=Role.UNIT_CONTACT, starts_on=factories.LONG_AGO
    )
    assert addresses(committee) == ["hoa@xa.example"]


def test_a_recall_is_told_where_the_paper_was_told(committee: Committee) -> None:
    issued = factories.delivered(committee)
    factories.recall(committee, issued)
    told = Notice.objects.filter(delivery__directive=Directive.objects.get(pk=issued.pk))
    by_kind = {kind: sorted(told.filter(kind=kind).values_list("address", flat=True)) for kind in KINDS}
    assert by_kind["issued"] == by_kind["recalled"] == [f"tu-xa-{n}@chidao.example" for n in (1, 2, 3)]


def test_without_a_log_nobody_knows_whether_a_mail_was_taken(committee: Committee) -> None:
    assert notices.was_taken(notice(committee), BaseEmailBackend()) is None


def test_the_log_of_the_mail_server_says_whether_a_mail_was_taken(
    committee: Committee, settings: Settings, tmp_path: Path
) -> None:
    settings.MAIL_LOG = str(tmp_path / "mail.log")
    taken, lost = notice(committee), notice(committee)
    lines = [
        "Nov 23 09:00:01 mx cleanup[1]: A1: message-id=" + notices.message_id(taken),
        "Nov 23 09:00:02 mx: \xff\xfe",
    ]
    Path(settings.MAIL_LOG).write_bytes("\n".join(lines).encode("latin-1"))
    assert notices.was_taken(taken, BaseEmailBackend()) is True
    assert notices.was_taken(lost, BaseEmailBackend()) is False


def test_the_mail_folder_knows_what_it_has_taken(committee: Committee) -> None:
    told, folder = notice(committee), FolderBackend()
    assert notices.was_taken(told, folder) is False
    folder.send_messages([notices.mail_of(told)])
    assert notices.was_taken(told, folder) is True
