"""The form by which another person follows a share."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from directives.forms.pressing import PressForm
from orgs.forms.fields import offer
from orgs.models import Person


class FollowerForm(PressForm):
    """Who follows the share from now on; `others` is how many more shares of the same task are open."""

    follower = forms.TypedChoiceField(label=_("Followed by"), required=False, coerce=int, empty_value=None)

    def __init__(self, *args: Any, people: Sequence[Person], others: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._people = {person.pk: person for person in people}
        names = [(str(person.pk), person.full_name) for person in people]
        offer(self, "follower", [("", _("Nobody in particular")), *names])
        if others:
            self.fields["whole_task"] = forms.BooleanField(
                label=_("Also the other shares of this task that are open: %(count)s") % {"count": others},
                required=False,
            )

    @property
    def chosen(self) -> Person | None:
        """The person that was chosen."""
        return self._people.get(self.cleaned_data["follower"])
