"""Forms with which comments on a draft are asked for and given."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from directives.actions.consulting import Comments
from directives.document import Document
from directives.forms.names import Bodies, NamesField
from directives.forms.opinions import AnswerForm
from directives.forms.pressing import PressForm
from orgs.forms.fields import DayField

AGREES, COMMENTS = "nhat-tri", "co-y-kien"


class ConsultationForm(PressForm):
    """Ask units for comments: which, until when, and on what above all."""

    answer_by = DayField(label=_("Comments until the end of"))
    asked = forms.CharField(
        label=_("What is asked above all"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=2000,
    )

    field_order = ("units", "answer_by", "asked")

    def __init__(self, *args: Any, bodies: Bodies, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["units"] = NamesField(bodies, label=_("Units that are asked"))
        self.fields["units"].required = True
        self.order_fields(self.field_order)


@dataclass(frozen=True, slots=True)
class CommentedPassage:
    """One passage of the draft and the box for what the unit says of it."""

    text: str
    level: int
    field: forms.BoundField


class CommentForm(PressForm):
    """A unit's answer: it agrees, or has comments on the whole and on single passages."""

    agrees = forms.ChoiceField(
        label=_("Answer of the unit"),
        choices=[(AGREES, _("Agrees with the draft")), (COMMENTS, _("Has comments"))],
        widget=forms.RadioSelect,
    )
    whole = forms.CharField(
        label=_("On the whole paper"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=5000,
    )

    def __init__(self, *args: Any, document: Document, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._blocks = {
            f"doan_{block.id}": (block, len(ancestors))
            for block, ancestors in document.walk()
            if block.id and block.has_words
        }
        for name in self._blocks:
            self.fields[name] = forms.CharField(
                label=_("Comment on this passage"),
                required=False,
                widget=forms.Textarea(attrs={"rows": 3}),
                max_length=5000,
            )

    @property
    def passages(self) -> list[CommentedPassage]:
        """The passages in the order of the page, each with its box."""
        return [CommentedPassage(block.line, depth, self[name]) for name, (block, depth) in self._blocks.items()]

    def comments(self) -> Comments:
        """What the action takes."""
        facts = self.cleaned_data
        passages = {block.id or "": facts[name] for name, (block, _depth) in self._blocks.items()}
        return Comments(agrees=facts["agrees"] == AGREES, whole=facts["whole"], passages=passages)


class CommentAnswerForm(AnswerForm):
    """What was made of a unit's comment: taken over or not, with a reason where it was not."""

    taken_over = forms.TypedChoiceField(
        label=_("Was it taken over?"),
        choices=[("1", _("Taken over")), ("0", _("Not taken over"))],
        coerce=lambda value: value == "1",
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["answer"].required = False
