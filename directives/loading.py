"""What a committee brings along when it starts: next numbers, how it wants its papers handled, who reviews them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.utils.translation import gettext as _

from directives.models import NumberSeries, Policy, ReviewPlace
from orgs.loading import Facts, LoadFault, body_of, expect, saved
from orgs.models import Organization

POLICIES = ("scan_needed", "issue_with_number", "subject_in_mail", "reports_need_confirmation")


def load_series(entries: Iterable[Facts], bodies: Mapping[str, Organization]) -> int:
    """The series that do not begin at 1, with the next number of the paper register; returns how many."""
    number = 0
    for number, facts in enumerate(entries, start=1):
        where = f"series[{number - 1}]"
        expect(facts, where, ("organization", "symbol_group", "next_number"), ("mode", "secret_series"))
        body = body_of(bodies, facts["organization"], f"{where}.organization")
        term = body.terms.order_by("-starts_on").first()
        if term is None:
            raise LoadFault(_("%(where)s: the body “%(code)s” has no term") % {"where": where, "code": body.code})
        chosen = {key: value for key, value in facts.items() if key != "organization"}
        saved(NumberSeries(organization=body, term=term, **chosen), where)
    return number


def load_policies(entries: Iterable[Facts], bodies: Mapping[str, Organization]) -> int:
    """The choices of committees that want something else than the defaults; returns how many."""
    number = 0
    for number, facts in enumerate(entries, start=1):
        where = f"policies[{number - 1}]"
        expect(facts, where, ("organization",), POLICIES)
        chosen = {key: value for key, value in facts.items() if key != "organization"}
        body = body_of(bodies, facts["organization"], f"{where}.organization")
        saved(Policy(organization=body, **chosen), where)
    return number


def load_review_orders(entries: Iterable[Facts], bodies: Mapping[str, Organization]) -> int:
    """Through which posts a committee's papers go to their signer, for one type or for all; returns how many orders."""
    number = 0
    for number, facts in enumerate(entries, start=1):
        where = f"review_orders[{number - 1}]"
        expect(facts, where, ("organization", "places"), ("type",))
        body = body_of(bodies, facts["organization"], f"{where}.organization")
        for position, place in enumerate(facts["places"], start=1):
            expect(place, f"{where}.places[{position - 1}]", ("at", "role"), ())
            row = ReviewPlace(organization=body, type=facts.get("type", ""), position=position, **place)
            saved(row, f"{where}.places[{position - 1}]")
    return number
