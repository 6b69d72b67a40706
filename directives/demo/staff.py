"""The demo's bodies, groups, terms and people, from organizations.json and people.json."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.contrib.auth.hashers import make_password

from directives.loading import load_policies, load_review_orders, load_series
from orgs import loading
from orgs.actions.authorities import AuthorityFacts, substitute
from orgs.clock import CLOCK
from orgs.member import Member
from orgs.models import (
    Authority,
    GroupKind,
    GroupMember,
    Organization,
    Person,
    Post,
    RecipientGroup,
    SigningForm,
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


def read(name: str) -> Any:
    """One of the demo's JSON files."""
    return json.loads((FOLDER / name).read_text(encoding="utf-8"))


def is_loaded() -> bool:
    """True when the first body of the demo exists."""
    return Organization.objects.filter(code=read("organizations.json")["organizations"][0]["code"]).exists()


def load_organizations() -> None:
    """Bodies with their names and terms, groups of bodies, first numbers, policies and orders of review."""
    data = read("organizations.json")
    bodies = loading.load_bodies(data["organizations"], at=CLOCK.now())
    loading.load_groups(data["groups"], bodies)
    load_series(data["series"], bodies)
    load_policies(data["policies"], bodies)
    load_review_orders(data["review_orders"], bodies)


def load_people() -> None:
    """People with their posts and authorities, and the members of the groups of posts."""
    bodies = {body.code: body for body in Organization.objects.all()}
    people = read("people.json")
    # One password, and so one hash: hashing is slow on purpose.
    hashed = make_password(PASSWORD)
    for facts in people:
        person = Person.objects.create(
            username=facts["username"], full_name=facts["full_name"], email=facts["email"], password=hashed
        )
        for post in facts["posts"]:
            Post.objects.create(person=person, **{**post, "organization": bodies[post["organization"]]})
    authorities = [{"person": facts["username"], **each} for facts in people for each in facts["authorities"]]
    loading.load_authorities(authorities, at=CLOCK.now())
    for facts in read("organizations.json")["groups"]:
        if facts["kind"] == GroupKind.POSTS:
            _load_posts_of_group(facts)


def load_substitutions() -> None:
    """Who signs in whose place these days, as the administrator has noted it."""
    today = CLOCK.today()
    by = Member.of(Person.objects.get(username="quantri"), today)
    for facts in read("organizations.json")["substitutions"]:
        held = Authority.objects.get(organization__code=facts["organization"], person__username=facts["away"])
        given = AuthorityFacts(
            form=SigningForm(facts["form"]),
            authority_lines=tuple(facts["authority_lines"]),
            position_line=facts["position_line"],
            instrument=facts["instrument"],
            starts_on=today + timedelta(days=facts["from_days"]),
            ends_on=today + timedelta(days=facts["to_days"]),
        )
        person = Person.objects.get(username=facts["person"])
        substitute(held.pk, person.pk, given, by=by, clock=CLOCK)


def sign_ins(*, everybody: bool) -> str:
    """One line for each person: sign-in name, full name, first post; without `everybody` only some of them."""
    people = Person.objects.filter(username__in=[facts["username"] for facts in read("people.json")]).order_by("pk")
    if not everybody:
        people = people.filter(username__in=TO_BEGIN_WITH)
    first_posts = {post.person_id: post for post in Post.objects.order_by("-pk")}
    return "\n".join(f"{one.username:<14}{one.full_name:<26}{first_posts[one.pk].title}" for one in people)


def _load_posts_of_group(facts: dict[str, Any]) -> None:
    group = RecipientGroup.objects.get(owner__code=facts["owner"], code=facts["code"])
    for position, member in enumerate(facts["members"]):
        post = Post.objects.get(
            person__username=member["person"], organization__code=member["organization"], role=member["role"]
        )
        GroupMember.objects.create(group=group, post=post, position=position, starts_on=post.starts_on)
