"""Passwords that are given on paper for one sign-in, and the rule that they are not kept."""

from __future__ import annotations

import secrets

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from orgs.models import Person

LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
"""Without those that look alike on paper (i, l, 1, o, 0)."""
GROUPS, GROUP_LENGTH = 3, 4


def one_time_password() -> str:
    """A password for one sign-in (59 bits), in groups that are easy to read off a slip."""
    groups = ("".join(secrets.choice(LETTERS) for _letter in range(GROUP_LENGTH)) for _group in range(GROUPS))
    return "-".join(groups)


class NotTheOneTimePassword:
    """Django's way to refuse a password: the one from the slip is not taken as the person's own."""

    def validate(self, password: str, user: Person | None = None) -> None:
        """Raise ValidationError for the password that the person must change."""
        if user is not None and user.must_change_password and user.check_password(password):
            raise ValidationError(self.get_help_text(), code="one_time_password")

    def get_help_text(self) -> str:
        """What is asked for, in one sentence."""
        return _("Choose another password than the one on the slip.")
