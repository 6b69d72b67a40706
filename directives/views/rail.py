"""The rail: the places of the program with what waits in each, and the bodies the person acts for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise, SimpleLazyObject
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from directives.models.directive import READING_ROLES
from directives.models.incoming import INCOMING_BOOK_ROLES
from directives.models.register import OUTGOING_BOOK_ROLES
from directives.views import waiting
from directives.views.counts import counts_of, in_hand
from orgs.clock import CLOCK
from orgs.member import Member
from orgs.models import Organization, Role

KEYS: tuple[tuple[tuple[str, ...], str | Promise], ...] = (
    (("/",), gettext_lazy("Go to the search box")),
    (("j", "k"), gettext_lazy("Next and previous row of a list")),
    (("Enter",), gettext_lazy("Open the row")),
    (("+", "-", "0"), gettext_lazy("Enlarge a paper's pages, reduce them, show whole pages")),
    (("Ctrl", "S"), gettext_lazy("Save what is being written")),
    (("?",), gettext_lazy("Show this help")),
)
"""What static/js/keys.js and forms.js listen to."""

PLACES_ON_A_TELEPHONE = 4


@dataclass(frozen=True, slots=True)
class Place:
    """One entry of the rail; `count` is what waits there, 0 shows nothing. A page may say its `key` as `here`."""

    key: str
    name: str
    address: str
    icon: str
    here: bool
    count: int = 0


@dataclass(frozen=True, slots=True)
class Rail:
    """What the frame of every page shows; `bodies` are short names, `all_bodies` the full ones, in the same order."""

    places: list[Place]
    bodies: list[str]
    all_bodies: list[str]
    keys: tuple[tuple[tuple[str, ...], str | Promise], ...]

    @property
    def rest(self) -> list[Place]:
        """The places that a telephone shows on demand."""
        return self.places[PLACES_ON_A_TELEPHONE:]

    @property
    def waiting_in_the_rest(self) -> int:
        """What waits in them."""
        return sum(place.count for place in self.rest)


def rail(request: HttpRequest) -> dict[str, Any]:
    """`rail` for templates; asked of the database only by a page that shows it."""
    member: Member | None = getattr(request, "member", None)
    return {"rail": SimpleLazyObject(lambda: _rail(request, member)) if member else None}


def _rail(request: HttpRequest, member: Member) -> Rail:
    path, counts = request.path, counts_of(request, member)
    places = [
        ("my_work", _("My work"), "work", in_hand(counts), path == "/"),
        ("outgoing", _("Outgoing papers"), "outgoing", 0, path.startswith("/van-ban-di/")),
        ("inbox", _("Incoming papers"), "incoming", counts[waiting.to_receive], path.startswith("/van-ban-den/")),
        ("tasks", _("Tasks"), "tasks", counts[waiting.my_shares], path.startswith("/nhiem-vu/")),
        ("registers", _("Registers"), "register", 0, path.startswith("/so-dang-ky/")),
        ("statistics", _("Statistics"), "statistics", 0, path.startswith("/thong-ke/")),
        ("directory", _("Directory of bodies"), "directory", 0, path.startswith(("/danh-ba/", "/quan-tri/"))),
    ]
    if not member.organizations_as(*OUTGOING_BOOK_ROLES, *INCOMING_BOOK_ROLES):
        places = [place for place in places if place[0] != "registers"]
    if not member.organizations_as(*READING_ROLES):
        # An administrator's post opens no paper.
        places = [place for place in places if place[0] in {"my_work", "directory"}]
    if member.organizations_as(Role.CLERK):
        at_the_counter = counts[waiting.at_the_counter]
        places.insert(1, ("clerk", _("Clerk's desk"), "clerk", at_the_counter, path.startswith("/van-thu/")))
    names = _names_of_bodies(member)
    return Rail(
        places=[Place(place, name, reverse(place), icon, here, count) for place, name, icon, count, here in places],
        bodies=[short or name for name, short in names],
        all_bodies=[name for name, _short in names],
        keys=KEYS,
    )


def _names_of_bodies(member: Member) -> list[tuple[str, str | None]]:
    """Name and short name of each body the person acts for."""
    bodies = Organization.objects.filter(pk__in=member.organization_ids).named_as_of(CLOCK.today())
    names = {
        pk: (name or code, short)
        for pk, name, short, code in bodies.values_list("pk", "current_name", "current_short_name", "code")
    }
    return [names[pk] for pk in sorted(names, key=member.place_of)]
