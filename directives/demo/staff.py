"""The demo's bodies, groups, terms and people, from organizations.json and people.json."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

from directives.models import NumberSeries, Policy
from orgs.models import (
    Authority,
    GroupMember,
    Organization,
    OrganizationVersion,
    Person,
    Post,
    RecipientGroup,
    Term,
)

FOLDER = Path(__file__).parent
PASSWORD = "hac-giang-2026"
"""Everybody's password in the demo; it is printed on the page that says this is a trial."""

TO_BEGIN_WITH = (
    "soanthao",
    "truongphong",
    "chanhvp",
    "bithu",
    "vanthu",
    "theodoi",
    "kiemtra",
    "quantri",
    "vanthuban",
    "vanthuxa",
    "canbophuong",
    "lanhdaoso",
)
"""Whose sign-ins a newcomer is shown: one for each side of the work."""

VERSION_FIELDS = (
    "name",
    "short_name",
    "aliases",
    "superior_line",
    "name_line",
    "symbol",
    "place",
    "kind",
    "mail_addresses",
)


def read(name: str) -> Any:
    """One of the demo's JSON files."""
    return json.loads((FOLDER / name).read_text(encoding="utf-8"))


def is_loaded() -> bool:
    """True when the first body of the demo exists."""
    return Organization.objects.filter(code=read("organizations.json")["organizations"][0]["code"]).exists()


def load_organizations() -> None:
    """Bodies with their names and terms, groups of bodies, first numbers and policies."""
    data = read("organizations.json")
    bodies = {facts["code"]: Organization.objects.create(code=facts["code"]) for facts in data["organizations"]}
    for facts in data["organizations"]:
        _load_body(bodies, facts)
    for facts in data["groups"]:
        _load_group(bodies, facts)
    for facts in data["series"]:
        owner = bodies[facts["organization"]]
        NumberSeries.objects.create(
            organization=owner,
            term=owner.terms.get(),
            symbol_group=facts["symbol_group"],
            next_number=facts["next_number"],
        )
    for facts in data["policies"]:
        choices = {key: value for key, value in facts.items() if key != "organization"}
        Policy.objects.create(organization=bodies[facts["organization"]], **choices)


def load_people() -> None:
    """People with their posts and authorities, and the groups of posts."""
    bodies = {body.code: body for body in Organization.objects.all()}
    for facts in read("people.json"):
        person = Person.objects.create_person(facts["username"], facts["full_name"], PASSWORD, email=facts["email"])
        for post in facts["posts"]:
            Post.objects.create(person=person, **{**post, "organization": bodies[post["organization"]]})
        for authority in facts["authorities"]:
            Authority.objects.create(person=person, **{**authority, "organization": bodies[authority["organization"]]})
    for facts in read("organizations.json")["groups"]:
        _load_posts_of_group(facts)


def sign_ins(*, everybody: bool) -> str:
    """One line for each person: sign-in name, full name, first post; without `everybody` only some of them."""
    people = Person.objects.filter(username__in=[facts["username"] for facts in read("people.json")]).order_by("pk")
    if not everybody:
        people = people.filter(username__in=TO_BEGIN_WITH)
    first_posts = {post.person_id: post for post in Post.objects.order_by("-pk")}
    return "\n".join(f"{one.username:<14}{one.full_name:<26}{first_posts[one.pk].title}" for one in people)


def _load_body(bodies: dict[str, Organization], facts: dict[str, Any]) -> None:
    body = bodies[facts["code"]]
    OrganizationVersion.objects.create(
        organization=body,
        valid_from=date.fromisoformat(facts["valid_from"]),
        superior=bodies.get(facts["superior"] or ""),
        **{field: facts[field] for field in VERSION_FIELDS},
    )
    Term.objects.create(organization=body, **facts["term"])
    if "ended_on" in facts:
        body.ended_on = date.fromisoformat(facts["ended_on"])
        body.save(update_fields=["ended_on"])
        body.successors.set([bodies[code] for code in facts["successors"]])


def _load_group(bodies: dict[str, Organization], facts: dict[str, Any]) -> None:
    group = RecipientGroup.objects.create(
        owner=bodies[facts["owner"]],
        code=facts["code"],
        name=facts["name"],
        aliases=facts["aliases"],
        kind=facts["kind"],
    )
    for position, member in enumerate(facts["members"]):
        if facts["kind"] == "organizations":
            body = bodies[member["organization"]]
            since = body.versions.earliest("valid_from").valid_from
            GroupMember.objects.create(group=group, organization=body, position=position, starts_on=since)


def _load_posts_of_group(facts: dict[str, Any]) -> None:
    if facts["kind"] != "posts":
        return
    group = RecipientGroup.objects.get(owner__code=facts["owner"], code=facts["code"])
    for position, member in enumerate(facts["members"]):
        post = Post.objects.get(
            person__username=member["person"], organization__code=member["organization"], role=member["role"]
        )
        GroupMember.objects.create(group=group, post=post, position=position, starts_on=post.starts_on)
