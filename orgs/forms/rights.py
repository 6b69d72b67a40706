"""Groups, terms and signing authorities."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from orgs.actions.authorities import AuthorityFacts
from orgs.actions.groups import GroupFacts
from orgs.forms.bodies import CODE
from orgs.forms.fields import (
    NOT_CHOSEN,
    ActForm,
    Choices,
    DayField,
    LinesField,
    ManyOptions,
    bodies_as_choices,
    offer,
)
from orgs.models import Authority, GroupKind, Post, RecipientGroup, Role, SigningForm


class MakeGroupForm(ActForm):
    """A new group of recipients."""

    name = forms.CharField(label=_("Name"), max_length=200)
    code = CODE
    kind = forms.ChoiceField(
        label=_("Members"),
        choices=GroupKind.choices,
        initial=GroupKind.ORGANIZATIONS,
        widget=forms.RadioSelect,
        help_text=_("Bodies receive and carry out; holders of posts read and are told."),
    )
    aliases = LinesField(
        label=_("Other names"), required=False, help_text=_("One a line; ways in which papers name this group.")
    )

    def group(self) -> GroupFacts:
        """What the action needs; for a valid form."""
        facts = self.cleaned_data
        return GroupFacts(
            code=facts["code"], name=facts["name"], kind=GroupKind(facts["kind"]), aliases=facts["aliases"]
        )


class AddMemberForm(ActForm):
    """A body or a post joins a group."""

    member = forms.ChoiceField(label=_("Member"), widget=ManyOptions)
    starts_on = DayField(label=_("From"))

    def __init__(self, *args: Any, group: RecipientGroup, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("starts_on", self.scope.day)
        members = group.members.not_ended_on(self.scope.day)
        if group.kind == GroupKind.ORGANIZATIONS:
            inside = {str(body) for body in members.values_list("organization_id", flat=True)}
            others = [choice for choice in bodies_as_choices(self.scope.day) if choice[0] not in inside]
        else:
            others = self._posts([post for post in members.values_list("post_id", flat=True) if post])
        offer(self, "member", [NOT_CHOSEN, *others])

    def _posts(self, inside: list[int]) -> Choices:
        posts = Post.objects.filter(organization=self.scope.organization).not_ended_on(self.scope.day)
        held = posts.exclude(pk__in=inside).select_related("person").order_by("person__full_name", "role")
        return [(str(post.pk), f"{post.person.full_name}, {post}") for post in held]


class BeginTermForm(ActForm):
    """A new term of the body."""

    name = forms.RegexField(
        r"^\d{4} - \d{4}$",
        label=_("Name"),
        help_text=_("The years as they are said: 2025 - 2030."),
        error_messages={"invalid": _("Write the years as 2025 - 2030.")},
        widget=forms.TextInput(attrs={"class": "day", "placeholder": "2025 - 2030"}),
    )
    starts_on = DayField(
        label=_("From"), help_text=_("The day after the congress closed; numbers start at 01 again from this day.")
    )


class AuthorityForm(ActForm):
    """Who signs, in what form, with what lines."""

    person = forms.ChoiceField(label=_("Signer"), help_text=_("Holders of a signer's post of this body."))
    form = forms.ChoiceField(label=_("Form"), choices=[NOT_CHOSEN, *SigningForm.choices])
    authority_lines = LinesField(
        label=_("Lines of authority"),
        required=False,
        longest=200,
        help_text=_("In capitals as they are printed: T/M BAN THƯỜNG VỤ. Empty for a signature of one's own."),
    )
    position_line = forms.CharField(
        label=_("Line of the position"), max_length=200, help_text=_("In capitals as it is printed: PHÓ BÍ THƯ.")
    )
    types = LinesField(
        label=_("Only for types"),
        required=False,
        longest=8,
        help_text=_("Symbols of types, one a line: CV, TB. Empty for papers of every type."),
    )
    instrument = forms.CharField(
        label=_("Basis"), max_length=200, help_text=_("Number, symbol and date of the paper that gives it.")
    )
    starts_on = DayField(label=_("From"))
    ends_on = DayField(label=_("Last day"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("starts_on", self.scope.day)
        posts = Post.objects.filter(organization=self.scope.organization, role=Role.SIGNER, person__is_active=True)
        signers = posts.not_ended_on(self.scope.day).select_related("person").order_by("person__full_name")
        names = [(str(pk), name) for pk, name in signers.values_list("person_id", "person__full_name")]
        offer(self, "person", [NOT_CHOSEN, *names])

    def authority(self) -> AuthorityFacts:
        """What the action needs; for a valid form."""
        facts = {**self.cleaned_data, "form": SigningForm(self.cleaned_data["form"])}
        return AuthorityFacts(**{name: fact for name, fact in facts.items() if name not in {"person", "held"}})


class SubstituteForm(AuthorityForm):
    """Who signs while another is away, from when to when, on what basis."""

    field_order = ["held", "person"]
    held = forms.ChoiceField(label=_("In place of"))
    ends_on = DayField(label=_("Last day"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].label = _("Who signs instead")
        in_force = Authority.objects.filter(organization=self.scope.organization, in_place_of__isnull=True)
        passed_on = in_force.exclude(form=SigningForm.BY_ORDER).not_ended_on(self.scope.day).select_related("person")
        rights = [(str(held.pk), str(held)) for held in passed_on.order_by("person__full_name")]
        offer(self, "held", [NOT_CHOSEN, *rights])
