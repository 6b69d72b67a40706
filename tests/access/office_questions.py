"""What may be asked about registers, mails, bodies, people, groups and rights."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.urls import reverse

from directives.models import Opinion
from orgs.models import Organization
from orgs.urls import ACTS, ENDINGS
from tests.access.question import Question
from tests.access.world import AccessWorld

THINGS = dict(zip(ENDINGS, ("post", "term", "authority", "place in a group"), strict=True))
"""What each ending ends, by its name in the world."""
ACCOUNT = ("new_password", "close_account", "reopen_account")


def questions_about_the_office(world: AccessWorld, prefix: str) -> Iterator[Question]:
    """Every route that takes the id of something else than a paper, a line or a share."""
    registers = {"series": ("outgoing_register", "outgoing_register_print")}
    registers |= {"book": ("incoming_register", "incoming_register_print")}
    for name, routes in registers.items():
        for route in routes:
            yield _about(world, prefix, route, name)
    yield _about(world, prefix, "void_reserved", "reserved", {"reason": "Không dùng.", "decided_by": "Đ/c Chánh"})
    yield _about(world, prefix, "send_again", "mail")
    yield _about(world, prefix, "send_again", "mail of a draft")
    issuer = world.rows[f"{prefix}body"].pk
    begin = {"pair": f"{issuer}:{issuer}", "no_secret": "on"}
    yield _about(world, prefix, "start_from_template", "template", begin)
    yield _about(world, prefix, "withdraw_template", "template")
    for name in ("asked unit", "answered unit"):
        consulted = world.rows[prefix + name]
        address = reverse("consulted", args=[consulted.pk])
        yield Question("consulted", prefix + name, address, {"agrees": "nhat-tri"})
        yield Question("consulted_page", prefix + name, reverse("consulted_page", args=[consulted.pk, 1]))
        yield Question("consulted_file", prefix + name, reverse("consulted_file", args=[consulted.pk]))
    upload = world.rows[prefix + "upload"]
    part = f"{reverse('upload_part', args=[upload.pk])}?tu=0"
    yield Question("upload_part", prefix + "upload", part)
    opinion = world.rows[prefix + "opinion"]
    assert isinstance(opinion, Opinion)
    about = reverse("answer_opinion", args=[opinion.directive_id, opinion.pk])
    yield Question("answer_opinion", prefix + "opinion", about, {"answer": "Đã tiếp thu."})
    for name in ("body", "unit"):
        body = world.rows[prefix + name]
        assert isinstance(body, Organization)
        for route in ("body", "signing_matrix", "administered_body", "review_order", "open_account"):
            yield Question(route, prefix + name, reverse(route, args=[body.code]))
        for act in ACTS:
            yield Question(f"act {act}", prefix + name, reverse("act", args=[body.code, act]))
    yield _about(world, prefix, "group", "group")
    for route in ACCOUNT:
        yield _about(world, prefix, route, "account", {"reason": "Nghỉ hưu."})
    last_day = {"last_day": f"{world.clock.today():%d/%m/%Y}"}
    for act, name in THINGS.items():
        yield Question(f"end {act}", prefix + name, reverse("end", args=[act, world.rows[prefix + name].pk]), last_day)


def _about(world: AccessWorld, prefix: str, route: str, name: str, form: dict[str, Any] | None = None) -> Question:
    return Question(route, prefix + name, reverse(route, args=[world.rows[prefix + name].pk]), form or {})
