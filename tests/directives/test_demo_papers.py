"""Each paper of the large demo: its codes, people, tasks and the acts of its units fit the directory and each other."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from directives.demo.dates import with_dates
from directives.document import Document
from directives.models import CONSULTED_ROLES
from directives.timing import Every
from directives.workflow import UNIT_STAFF
from tests.directives.province import (
    BODIES,
    GROUPS,
    PAPERS,
    PEOPLE,
    TODAY,
    WORDS_OF_A_COPY,
    acts_of,
    block_at,
    blocks_of,
    bodies_of,
    document_of,
    folded,
    holds,
    is_long,
    paths_of,
    reached,
    runs_of_words,
    sentences_of,
    texts_of,
)

each_paper = pytest.mark.parametrize("paper", PAPERS.values(), ids=PAPERS.keys())

# What may be told of a paper in each state, beside who wrote, signs and numbers it.
NUMBERED = {"clerk"}
ISSUED = NUMBERED | {"received", "seen", "misdirected", "started"}
REPORTED = ISSUED | {"reports", "confirmed", "asked_more", "ended", "corrects"}
TOLD: dict[str, set[str]] = {
    "draft": {"corrects", "consultation"},
    "submitted": {"reviews"},
    "returned": {"returned"},
    "approved": set(),
    "numbered": NUMBERED | {"sealed"},
    "voided": NUMBERED | {"voided"},
    "issued": ISSUED | {"ended"},
    "issued_with_reports": REPORTED,
    "recalled": ISSUED | {"recall"},
}
ALWAYS = {"state", "days_ago", "issuer", "drafting_body", "drafter", "signer", "document"}


@each_paper
def test_a_paper_is_read_and_written_without_loss(paper: dict[str, Any]) -> None:
    document = with_dates(paper["document"], TODAY)
    assert Document.from_json(document).to_json() == document


@each_paper
def test_a_paper_tells_only_what_its_state_allows(paper: dict[str, Any]) -> None:
    told = TOLD[paper["state"]]
    assert paper.keys() >= ALWAYS
    assert paper.keys() - ALWAYS <= told
    assert (paper["state"] == "issued_with_reports") == bool(paper.get("reports"))
    for needed in ("clerk", "voided", "returned", "recall"):
        assert (needed in paper) == (needed in told)


@each_paper
def test_a_paper_stands_under_the_head_of_its_issuer(paper: dict[str, Any]) -> None:
    body, document = BODIES[paper["issuer"]], document_of(paper)
    assert document.issuer.name_line == body["name_line"] and document.issuer.symbol == body["symbol"]
    assert (document.issuer.superior_line or "") == body["superior_line"]
    assert document.place == body["place"]
    assert document.number is None and document.date is None


@each_paper
def test_a_paper_names_only_bodies_that_exist_and_groups_of_its_issuer(paper: dict[str, Any]) -> None:
    document = document_of(paper)
    targets = [target for line in (*document.addressees, *document.distribution) for target in line.targets]
    targets += [target for block, _ancestors in document.walk() for target in block.targets]
    assert {target.code for target in targets if target.kind == "organization"} <= BODIES.keys()
    for target in targets:
        if target.kind != "organization":
            kind = "posts" if target.kind == "posts" else "organizations"
            assert GROUPS[paper["issuer"], target.code]["kind"] == kind
    assert reached(paper)
    assert all(line.targets for line in document.addressees)
    assert bool(document.addressees) == document.document_type.is_letter


@each_paper
def test_a_paper_is_drafted_signed_and_numbered_by_people_who_may(paper: dict[str, Any]) -> None:
    issuer, drafting_body, days = paper["issuer"], paper["drafting_body"], paper["days_ago"]
    assert issuer in {drafting_body, BODIES[drafting_body]["superior"]}
    assert holds(paper["drafter"], drafting_body, {"drafter"}, days)
    assert holds(paper["signer"], issuer, {"signer"}, days)
    if "clerk" in paper:
        assert holds(paper["clerk"], issuer, {"clerk"}, days)
    document = document_of(paper)
    assert document.signature is not None and document.signature.signer == PEOPLE[paper["signer"]]["full_name"]
    day = (TODAY - timedelta(days=days)).isoformat()
    fitting = [
        each
        for each in PEOPLE[paper["signer"]]["authorities"]
        if each["organization"] == issuer and (not each["types"] or document.type in each["types"])
    ]
    # The loader takes the authority by signer and type alone, so there must be one.
    (authority,) = fitting
    assert authority["starts_on"] <= day and "ends_on" not in authority
    assert authority["lines"] == paper["document"]["signature"]["lines"]


@each_paper
def test_a_task_has_one_lead_a_product_and_a_day_that_is_not_before_its_paper(paper: dict[str, Any]) -> None:
    for block in blocks_of(paper):
        if block.get("follow") in {"task", "each"}:
            assert block["product"]
        if block.get("follow") == "task":
            assert [target["role"] for target in block["targets"]].count("lead") == 1
        if "deadline_days" in block:
            assert block["deadline_days"] >= -paper["days_ago"]


@each_paper
def test_units_that_a_text_names_stand_in_that_text(paper: dict[str, Any]) -> None:
    for block, _ancestors in document_of(paper).walk():
        assert all(name in block.text for name in block.named_units)


@each_paper
def test_units_receive_see_and_return_what_was_sent_to_them_each_once(paper: dict[str, Any]) -> None:
    acts = acts_of(paper, "received", "seen", "misdirected")
    units = [act["organization"] for act in acts]
    assert len(units) == len(set(units)) and set(units) <= reached(paper)
    for act in acts:
        assert 0 <= act["days_ago"] <= paper["days_ago"]
        # The loader takes the posts of the day of the paper.
        assert holds(act["by"], act["organization"], {"clerk", "unit_contact"}, paper["days_ago"])


@each_paper
def test_units_begin_and_report_only_what_is_theirs_after_they_received_it(paper: dict[str, Any]) -> None:
    received = {act["organization"]: act["days_ago"] for act in paper.get("received", [])}
    answered: set[tuple[str, tuple[int, ...]]] = set()
    for act in acts_of(paper, "started", "reports"):
        assert 0 <= act["days_ago"] <= received[act["organization"]]
        assert holds(act["by"], act["organization"], {str(role) for role in UNIT_STAFF}, paper["days_ago"])
        for path in paths_of(act):
            block = block_at(paper, path)
            assert block.follow in {"task", "each"}
            assert act["organization"] in (bodies_of(block.targets, paper["issuer"]) or reached(paper))
            assert isinstance(block.timed, Every) or (act["organization"], tuple(path)) not in answered
            answered.add((act["organization"], tuple(path)))


@each_paper
def test_units_comment_on_a_draft_that_they_were_asked_about_and_after_it_was_sent(paper: dict[str, Any]) -> None:
    asked = paper.get("consultation", {"answers": []})
    for answer in asked["answers"]:
        assert answer["organization"] in asked["units"]
        assert 0 <= answer["days_ago"] <= asked["days_ago"] <= paper["days_ago"]
        assert holds(answer["by"], answer["organization"], {str(role) for role in CONSULTED_ROLES}, paper["days_ago"])
        assert answer["agrees"] or answer.get("text") or answer["passages"]


@each_paper
def test_a_paper_replaces_one_that_was_issued_before_and_says_so(paper: dict[str, Any]) -> None:
    for corrected in paper.get("corrects", []):
        earlier = PAPERS[corrected["paper"]]
        assert earlier["state"].startswith("issued") and earlier["days_ago"] > paper["days_ago"]
        assert any(f"{{hôm -{earlier['days_ago']}}}" in text for text in texts_of(paper))


@each_paper
def test_what_is_confirmed_or_asked_for_was_reported_and_what_is_ended_was_not(paper: dict[str, Any]) -> None:
    reported = {
        (act["organization"], tuple(path)): act["days_ago"]
        for act in paper.get("reports", [])
        for path in paths_of(act)
    }
    decided = [(act["organization"], tuple(act["item"])) for act in acts_of(paper, "confirmed", "asked_more", "ended")]
    assert len(decided) == len(set(decided))
    for act in acts_of(paper, "confirmed", "asked_more"):
        assert 0 <= act["days_ago"] <= reported[act["organization"], tuple(act["item"])]
    for act in acts_of(paper, "ended"):
        assert (act["organization"], tuple(act["item"])) not in reported
        assert 0 <= act["days_ago"] <= paper["days_ago"] and act["reason"]
        assert act["organization"] in bodies_of(block_at(paper, act["item"]).targets, paper["issuer"])
    for act in acts_of(paper, "confirmed", "asked_more", "ended"):
        assert holds(act["by"], paper["issuer"], {"monitor", "office_head"}, paper["days_ago"])


@each_paper
def test_what_happens_to_a_whole_paper_is_done_by_people_who_may(paper: dict[str, Any]) -> None:
    chain = {"section_head", "reviewer", "office_head", "signer", "clerk"}
    if "returned" in paper:
        assert holds(paper["returned"]["by"], paper["issuer"], chain, paper["days_ago"])
    for name in ("voided", "recall"):
        if name in paper:
            assert holds(paper[name]["by"], paper["issuer"], {"clerk"}, paper["days_ago"])
            assert 0 <= paper[name]["days_ago"] <= paper["days_ago"]


@each_paper
def test_no_sentence_of_a_sample_stands_in_a_paper(paper: dict[str, Any], samples: Path) -> None:
    ours = {words for text in texts_of(paper) for words in map(folded, sentences_of(text)) if is_long(words)}
    runs = set(runs_of_words(paper, WORDS_OF_A_COPY + 2))
    for sample in samples.glob("*.json"):
        theirs = json.loads(sample.read_text(encoding="utf-8"))
        whole = " ".join(map(folded, texts_of(theirs)))
        assert not [sentence for sentence in ours if f" {sentence} " in f" {whole} "]
        assert runs & set(runs_of_words(theirs, WORDS_OF_A_COPY + 2)) == set()
