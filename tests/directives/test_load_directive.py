"""`manage.py load_directive`: a file becomes a draft, or goes the whole road; what does not fit changes nothing."""

from __future__ import annotations

import json
from collections.abc import Callable
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from directives.document import Document
from directives.models import Assignment, Delivery, Directive, OutboxRow, RegisterEntry, Work
from directives.workflow import DirectiveState
from orgs.clock import CLOCK
from orgs.models import Event, Post, Role
from tests import factories
from tests.factories import ClockAt, Committee

pytestmark = pytest.mark.django_db

Load = Callable[..., tuple[str, str]]


@pytest.fixture
def committee() -> Committee:
    return factories.committee(ClockAt.on(CLOCK.today()))


@pytest.fixture
def load(tmp_path: Path) -> Load:
    def run(text: Any, *options: str) -> tuple[str, str]:
        """What the command says, and what it complains of."""
        file = tmp_path / "van-ban.json"
        file.write_text(text if isinstance(text, str) else json.dumps(text, ensure_ascii=False), encoding="utf-8")
        said, complained = StringIO(), StringIO()
        call_command("load_directive", str(file), "--issuer", "tu", *options, stdout=said, stderr=complained)
        return said.getvalue(), complained.getvalue()

    return run


def letter(**changes: Any) -> dict[str, Any]:
    return factories.letter(**changes).to_json()


def nothing_was_made() -> bool:
    return not (Directive.objects.exists() or Event.objects.exists() or OutboxRow.objects.exists())


def test_a_file_becomes_a_draft_with_every_word_of_it(committee: Committee, load: Load) -> None:
    said, complained = load(letter())
    draft = Directive.objects.get()
    assert (draft.state, draft.drafter, draft.authority) == ("draft", committee.drafter, committee.authority)
    assert str(draft.pk) in said
    assert complained == ""
    assert set(factories.letter().to_text().split("\n")) <= set(Document.from_json(draft.text).to_text().split("\n"))


def test_with_issue_it_goes_the_whole_road_by_the_real_actions(committee: Committee, load: Load) -> None:
    load(letter(), "--issue")
    issued = Directive.objects.get()
    assert (issued.state, issued.number, issued.dated_on) == ("issued", 1, CLOCK.today())
    assert RegisterEntry.objects.get().taken_by == committee.clerk
    steps = list(Event.objects.about(issued).values_list("step", flat=True))
    assert steps == ["create", "submit", "approve", "note_signature", "number", "issue"]
    assert Delivery.objects.count() == 3
    assert Assignment.objects.count() == 4
    assert set(OutboxRow.objects.values_list("work", flat=True)) == {Work.PROOF, Work.FINAL_COPY}


def test_names_in_the_text_become_units_and_those_that_mean_nobody_are_said(committee: Committee, load: Load) -> None:
    _said, complained = load(letter(addressees=["Đảng ủy xã Thử 2", "Trạm không ai biết"]))
    assert "Trạm không ai biết" in complained
    assert "Đảng ủy xã Thử 2" not in complained
    addressees = Directive.objects.get().document(CLOCK.today()).addressees
    assert [[target.code for target in line.targets] for line in addressees] == [["tu-xa-2"], []]


def test_the_staff_may_be_named(committee: Committee, load: Load) -> None:
    drafter, clerk = (factories.person(role, (committee.organization, role)) for role in (Role.DRAFTER, Role.CLERK))
    load(letter(), "--issue", "--drafter", drafter.username, "--clerk", clerk.username)
    assert Directive.objects.get().drafter == drafter
    assert RegisterEntry.objects.get().taken_by == clerk


def test_the_signer_named_in_the_file_signs(committee: Committee, load: Load) -> None:
    lines = [{"text": "BÍ THƯ", "role": "position"}]
    second = factories.person("Nguyễn Thị Bí", (committee.organization, Role.SIGNER))
    authority = committee.organization.authorities.create(
        person=second, form="direct", lines=lines, starts_on=factories.LONG_AGO
    )
    load(letter(signature={"lines": lines, "signer": "Nguyễn Thị Bí"}))
    assert Directive.objects.get().authority == authority


@pytest.mark.parametrize(
    ("changes", "key"),
    [
        ({"type": "XX"}, "type"),
        ({"date": "31/02/2026"}, "date"),
        ({"invented": 1}, "invented"),
        ({"addressees": "mọi người"}, "addressees"),
        ({"body": [{"kind": "item", "marker": "1.", "runs": [{"text": 7}], "children": []}]}, "body[0].runs[0].text"),
    ],
)
def test_a_key_that_does_not_fit_is_named(committee: Committee, load: Load, changes: dict[str, Any], key: str) -> None:
    with pytest.raises(CommandError) as refusal:
        load({**letter(), **changes})
    assert f": {key}: " in str(refusal.value)
    assert nothing_was_made()


def test_a_missing_key_is_named(committee: Committee, load: Load) -> None:
    text = letter()
    del text["subject"]
    with pytest.raises(CommandError, match=": subject: "):
        load(text)


@pytest.mark.parametrize(("text", "says"), [("{", "line 1"), ("", "line 1"), ("[]", "document"), ("null", "document")])
def test_a_file_that_is_no_directive_is_refused_in_plain_words(
    committee: Committee, load: Load, text: str, says: str
) -> None:
    with pytest.raises(CommandError, match=says):
        load(text)


def test_a_file_in_another_encoding_or_that_is_not_there_is_refused(committee: Committee, tmp_path: Path) -> None:
    old = tmp_path / "cu.json"
    old.write_bytes('{"type": "Công văn"}'.encode("cp1258", errors="ignore") + b"\xff")
    with pytest.raises(CommandError, match="not UTF-8"):
        call_command("load_directive", str(old), "--issuer", "tu")
    with pytest.raises(CommandError, match="cannot be read"):
        call_command("load_directive", str(tmp_path / "khong-co.json"), "--issuer", "tu")


def test_a_body_that_nobody_knows_cannot_issue(load: Load) -> None:
    with pytest.raises(CommandError, match="no body has the code tu"):
        load(letter())


@pytest.mark.parametrize("role", [Role.DRAFTER, Role.CLERK])
def test_a_post_that_nobody_holds_today_is_named_and_nothing_is_made(
    committee: Committee, load: Load, role: Role
) -> None:
    Post.objects.filter(organization=committee.organization, role=role).update(ends_on="2024-12-31")
    with pytest.raises(CommandError, match=f"nobody is {role} in tu"):
        load(letter(), "--issue")
    assert nothing_was_made()


def test_a_person_who_does_not_hold_the_post_is_not_taken_for_it(committee: Committee, load: Load) -> None:
    with pytest.raises(CommandError, match=f"nobody named {committee.clerk.username} is drafter"):
        load(letter(), "--drafter", committee.clerk.username)


def test_a_paper_that_may_not_be_issued_says_why_and_leaves_nothing_behind(committee: Committee, load: Load) -> None:
    with pytest.raises(CommandError, match="Trạm không ai biết"):
        load(letter(addressees=["Trạm không ai biết"]), "--issue")
    assert nothing_was_made()


def test_a_paper_without_a_signer_stays_a_draft_and_is_not_issued(committee: Committee, load: Load) -> None:
    committee.authority.delete()
    load(letter())
    assert Directive.objects.get().state == DirectiveState.DRAFT
    with pytest.raises(CommandError):
        load(letter(), "--issue")
    assert Directive.objects.count() == 1
