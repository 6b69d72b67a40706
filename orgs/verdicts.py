"""The answer to "may this be done?": yes, or no with the reasons in the user's words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.functional import Promise

Reason = str | Promise


@dataclass(frozen=True, slots=True)
class Verdict:
    """Truthy when nothing stands in the way; otherwise it holds the reasons, already in user text."""

    reasons: tuple[Reason, ...] = ()

    def __bool__(self) -> bool:
        return not self.reasons

    def __str__(self) -> str:
        return " ".join(str(reason) for reason in self.reasons)

    def enforce(self) -> None:
        """Raise Refused with the reasons unless this verdict is a yes."""
        if self.reasons:
            raise Refused(*self.reasons)


ALLOWED = Verdict()


def refused(*reasons: Reason) -> Verdict:
    """A no, for these reasons."""
    return Verdict(reasons)


def all_of(verdicts: Iterable[Verdict]) -> Verdict:
    """A yes when every verdict is one, else a no with all their reasons."""
    return Verdict(tuple(reason for verdict in verdicts for reason in verdict.reasons))


class Refused(Exception):
    """An action was asked for that the rules do not allow; its text is shown to the person who asked."""

    def __init__(self, *reasons: Reason) -> None:
        super().__init__(*reasons)
        self.reasons = reasons

    def __str__(self) -> str:
        return " ".join(str(reason) for reason in self.reasons)
