"""The large demo's data is one consistent year of a province: its directory, its people and its days fit together."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter

from directives.demo.dates import with_dates
from directives.formats.types import type_named
from directives.workflow import DirectiveState
from orgs.models import OrganizationKind, Role
from orgs.models.post import SigningForm
from tests.directives.province import (
    BODIES,
    DIRECTORY,
    FOLDER,
    GROUPS,
    PAPERS,
    PEOPLE,
    TODAY,
    blocks_of,
    document_of,
    holds,
    is_long,
    reached,
    sentences_of,
    texts_of,
)


def test_the_demo_is_a_year_of_about_sixty_papers_of_many_types_in_all_states() -> None:
    assert 58 <= len(PAPERS) <= 70
    assert len({paper["document"]["type"] for paper in PAPERS.values()}) >= 6
    assert {paper["state"] for paper in PAPERS.values()} == {
        *(str(state) for state in DirectiveState),
        "returned",
        "issued_with_reports",
        "recalled",
    }
    full = [paper for paper in PAPERS.values() if sum(1 for _ in document_of(paper).walk()) >= 6]
    assert len(full) >= 20
    assert {paper["days_ago"] for paper in PAPERS.values()} >= {0, 1, 2}
    assert max(paper["days_ago"] for paper in PAPERS.values()) <= 300


def test_deadlines_lie_before_on_and_after_today() -> None:
    days = {
        block["deadline_days"]
        for paper in PAPERS.values()
        if paper["state"].startswith("issued")
        for block in blocks_of(paper)
        if "deadline_days" in block
    }
    assert {0, 3} <= days and min(days) < -30 and max(days) > 30


def test_deadlines_are_of_every_kind_and_say_who_takes_the_product_and_who_follows() -> None:
    issued = [paper for paper in PAPERS.values() if paper["state"].startswith("issued")]
    timed = [block for paper in issued for block, _ancestors in document_of(paper).walk() if block.timing]
    assert {block.timing.split()[0] for block in timed if block.timing} == {"within", "every", "standing"}
    assert all(block.receiving_level and block.monitor for block in timed)
    assert any(block.kind == "row" and block.follow for paper in issued for block, _above in document_of(paper).walk())


def test_there_are_twenty_communes_and_every_code_of_the_directory_is_known() -> None:
    kinds = Counter(body["kind"] for body in BODIES.values() if body["superior"] == "tu-hac-giang")
    assert kinds["commune_committee"] == 20 and kinds["steering_committee"] == 1 and kinds["agency_committee"] == 2
    assert len(BODIES) == len(DIRECTORY["organizations"]) and len(GROUPS) == len(DIRECTORY["groups"])
    named = {body["superior"] for body in BODIES.values() if body["superior"]}
    named |= {code for body in BODIES.values() for code in body.get("successors", [])}
    named |= {part["organization"] for part in (*DIRECTORY["series"], *DIRECTORY["policies"])}
    named |= {member["organization"] for group in GROUPS.values() for member in group["members"]}
    named |= {part["organization"] for person in PEOPLE.values() for part in (*person["posts"], *person["authorities"])}
    named |= {group["owner"] for group in GROUPS.values()}
    assert named <= BODIES.keys()
    assert {body["kind"] for body in BODIES.values()} <= set(OrganizationKind)


def test_no_name_of_a_body_means_two_bodies() -> None:
    names = [name for body in BODIES.values() for name in {body["name"], body["short_name"], *body["aliases"]}]
    names = [name for name in names if name]
    assert [name for name, times in Counter(names).items() if times > 1] == []


def test_one_body_has_ended_and_its_successors_have_not() -> None:
    (ended,) = [body for body in BODIES.values() if body.get("ended_on")]
    assert ended["term"]["ends_on"] <= ended["ended_on"]
    assert ended["successors"] and not any(BODIES[code].get("ended_on") for code in ended["successors"])
    assert not any(ended["code"] in reached(paper) for paper in PAPERS.values())


def test_the_people_hold_every_role_and_no_person_or_post_stands_twice() -> None:
    assert 33 <= len(PEOPLE) <= 42
    posts = [(name, post["organization"], post["role"]) for name, person in PEOPLE.items() for post in person["posts"]]
    assert len(posts) == len(set(posts))
    assert {role for _name, _body, role in posts} == {str(role) for role in Role}
    assert len({person["full_name"] for person in PEOPLE.values()}) == len(PEOPLE)


def test_one_clerk_serves_four_bodies_and_one_leader_is_away() -> None:
    served = Counter(
        name for name, person in PEOPLE.items() for post in person["posts"] if post["role"] == str(Role.CLERK)
    )
    assert served["vanthuxa"] == 4
    away = [name for name, person in PEOPLE.items() if any("ends_on" in each for each in person["authorities"])]
    assert len(away) == 1
    assert not any(paper["signer"] in away for paper in PAPERS.values())


def test_every_form_of_signing_but_an_acting_head_is_there() -> None:
    forms = {each["form"] for person in PEOPLE.values() for each in person["authorities"]}
    assert forms == {str(form) for form in SigningForm} - {str(SigningForm.ACTING)}


def test_members_of_groups_of_posts_hold_these_posts() -> None:
    groups = [group for group in GROUPS.values() if group["kind"] == "posts"]
    assert groups
    for group in groups:
        for member in group["members"]:
            assert holds(member["person"], member["organization"], {member["role"]}, 0), member


def test_every_series_of_a_numbered_paper_has_its_first_number() -> None:
    series = {(each["organization"], each["symbol_group"]) for each in DIRECTORY["series"]}
    assert len(series) == len(DIRECTORY["series"])
    numbered = [paper for paper in PAPERS.values() if "clerk" in paper]
    assert {(each["issuer"], type_named(each["document"]["type"]).symbol_group) for each in numbered} <= series


def test_only_reports_that_the_policy_keeps_open_are_confirmed() -> None:
    asking = {each["organization"] for each in DIRECTORY["policies"] if each["reports_need_confirmation"]}
    assert {paper["issuer"] for paper in PAPERS.values() if paper.get("confirmed")} <= asking


def test_a_unit_receives_papers_in_the_order_in_which_they_were_issued() -> None:
    last: dict[str, int] = {}
    for paper in sorted(PAPERS.values(), key=lambda paper: -int(paper["days_ago"])):
        for act in paper.get("received", []):
            assert act["days_ago"] <= last.get(act["organization"], 999)
            last[act["organization"]] = act["days_ago"]


def test_the_numbers_of_a_units_own_reports_rise_with_their_days_and_never_repeat() -> None:
    numbers: dict[tuple[str, str], list[tuple[int, int]]] = {}
    for paper in PAPERS.values():
        for report in paper.get("reports", []):
            number = int(report["number"].split("/")[0])
            numbers.setdefault((report["organization"], report["symbol"]), []).append((number, -report["days_ago"]))
    for series in numbers.values():
        assert len({number for number, _day in series}) == len(series)
        assert [day for _number, day in sorted(series)] == sorted(day for _number, day in series)


def test_no_day_of_the_demo_stands_still() -> None:
    for name, paper in PAPERS.items():
        cited = [re.escape(citation["text"]) for citation in paper["document"]["citations"]] or ["(?!)"]
        for text in texts_of(paper):
            own = re.sub("|".join(cited), "", text)
            assert not re.search(r"\b\d{1,2}/\d{1,2}/20\d\d|\b202[6-9]\b", own), (name, text)
            assert "{" not in with_dates(text, TODAY), (name, text)


def test_no_two_reports_say_the_same() -> None:
    texts = [report["text"] for paper in PAPERS.values() for report in paper.get("reports", [])]
    assert [text for text, times in Counter(texts).items() if times > 1] == []


def test_texts_are_in_nfc_and_write_the_tone_of_uy_on_its_first_vowel() -> None:
    for path in FOLDER.rglob("*.json"):
        text = path.read_text(encoding="utf-8")
        assert unicodedata.is_normalized("NFC", text)
        assert not re.search(r"\bu[ỷỳýỵỹ]\b", text, re.IGNORECASE), path.name


def test_no_two_papers_share_a_sentence() -> None:
    seen: dict[str, str] = {}
    for name, paper in PAPERS.items():
        for block in blocks_of(paper):
            text = "".join(run["text"] for run in block["runs"])
            for sentence in sentences_of(text):
                if is_long(sentence) and not sentence.endswith(":"):
                    assert seen.setdefault(sentence, name) == name, sentence


def test_counted_days_are_printed_as_an_office_writes_them() -> None:
    assert with_dates("ngày {ngày 0}, {ngày 13}", TODAY) == "ngày 22/11/2026, 05/12/2026"
    assert with_dates("{ngày 41}", TODAY) == "02/01/2027"
    assert with_dates("{hôm 0}, {hôm -1}", TODAY) == "23/11/2026, 20/11/2026"
    assert with_dates("{tháng -200}, {năm 60}", TODAY) == "5/2026, 2027"
    assert with_dates("{thứ 0}; {thứ -1}", TODAY) == "thứ hai, ngày 23/11/2026; thứ sáu, ngày 20/11/2026"
    assert with_dates({"deadline_days": 3, "deadline_hour": 16}, TODAY) == {"deadline": "2026-11-25T16:00:00"}
    assert with_dates([{"deadline_days": -1}], TODAY) == [{"deadline": "2026-11-21"}]
