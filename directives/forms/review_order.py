"""The order in which a committee has its papers reviewed before the signer."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from directives.formats import DOCUMENT_TYPES
from directives.models import REVIEWING_ROLES, ReviewAt, ReviewPlace
from orgs.forms.fields import ActForm, offer

MOST_PLACES = 5


def _posts() -> list[tuple[str, str]]:
    """Every post that may stand on the way: a role in the drafting or in the issuing body."""
    return [("", "—")] + [
        (f"{at.value} {role.value}", f"{str(role.label).capitalize()}, {at.label}")
        for at in ReviewAt
        for role in REVIEWING_ROLES
    ]


class ReviewOrderForm(ActForm):
    """For one type of paper, or for all that have no order of their own: the posts on its way, first to last."""

    type = forms.ChoiceField(label=_("For"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        types = [(one.code, one.name) for one in DOCUMENT_TYPES]
        offer(self, "type", [("", str(_("All papers without an order of their own"))), *types])
        for position in range(1, MOST_PLACES + 1):
            label = _("Reviewer %(position)s") % {"position": position}
            self.fields[f"place_{position}"] = forms.ChoiceField(label=label, choices=_posts(), required=False)

    @staticmethod
    def initial_of(places: list[ReviewPlace], type_code: str) -> dict[str, str]:
        """The form filled in with an order."""
        chosen = {f"place_{number}": f"{place.at} {place.role}" for number, place in enumerate(places, start=1)}
        return {"type": type_code, **chosen}

    def places(self) -> list[tuple[ReviewAt, str]]:
        """The posts that were chosen, first to last; empty lines between them do not count."""
        chosen = (self.cleaned_data[f"place_{position}"] for position in range(1, MOST_PLACES + 1))
        pairs = (value.split() for value in chosen if value)
        return [(ReviewAt(at), role) for at, role in pairs]
