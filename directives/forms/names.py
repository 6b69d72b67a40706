"""Names of bodies and groups in small boxes, one name a box, and what they mean."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django import forms
from django.forms.utils import flatatt
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from directives.document import Target
from orgs.directory import directory_of
from orgs.models import GroupKind, Organization, RecipientGroup

LIST_ID = "bodies"
_CODE = re.compile(r"\[([\w-]+)\]\s*$")


class Bodies:
    """Every body and every group that an issuer may write to on one day, by name and by code."""

    def __init__(self, issuer: Organization, day: date) -> None:
        self.directory = directory_of(issuer, day)
        self._names: dict[tuple[str, str], str] = {}
        for group in RecipientGroup.objects.filter(owner=issuer):
            kind = "posts" if group.kind == GroupKind.POSTS else "group"
            self._names[kind, group.code] = group.name
        bodies = Organization.objects.active_on(day).named_as_of(day)
        for code, name in bodies.values_list("code", "current_name"):
            self._names["organization", code] = name or code
        self._kind_of = {code: kind for kind, code in self._names}

    @property
    def names(self) -> list[str]:
        """What may be typed, groups first; a name that two of them share carries its code."""
        return [self.name_of(kind, code) for kind, code in self._names]

    def name_of(self, kind: str, code: str) -> str:
        """The name of a target as it stands in a box; a target that is no longer known goes by its code."""
        name = self._names.get((kind, code))
        if name is None:
            return f"[{code}]"
        shared = sum(other == name for other in self._names.values()) > 1
        return f"{name} [{code}]" if shared else name

    def target(self, typed: str) -> Target:
        """What a typed name means; raises forms.ValidationError when it is nobody's or several bodies'."""
        code = _CODE.search(typed)
        if code and code[1] in self._kind_of:
            return Target(self._kind_of[code[1]], code[1])  # type: ignore[arg-type]
        match = self.directory.suggest(typed)
        if match.certain and len(match.meanings) == 1:
            return Target(match.meanings[0].kind, match.meanings[0].code)
        if match.meanings:
            offered = "; ".join(self.name_of(meaning.kind, meaning.code) for meaning in match.meanings)
            raise forms.ValidationError(_("“%(name)s” may mean: %(offered)s.") % {"name": typed, "offered": offered})
        raise forms.ValidationError(_("“%(name)s” is not in the directory of bodies.") % {"name": typed})


class NamesInput(forms.Widget):
    """As many boxes as there are names, and empty ones for more; all have the same name."""

    use_fieldset = True

    def __init__(self, *, most: int | None = None) -> None:
        super().__init__()
        self.most = most

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[str]:
        """Every name that was typed."""
        return [typed.strip() for typed in data.getlist(name) if typed.strip()]

    def render(self, name: str, value: Any, attrs: Mapping[str, Any] | None = None, renderer: Any = None) -> SafeString:
        """The boxes; the first carries the id, so that the label and an error lead to it."""
        names = list(value or [])
        boxes = self.most or len(names) + 1
        values = [*names, *[""] * (boxes - len(names))]
        shared = {**(attrs or {}), "name": name, "type": "text", "list": LIST_ID, "autocomplete": "off"}
        label = _("Name of a body or group")
        inputs = [
            (flatatt({**shared, "id": f"{shared['id']}_{place}" if place else shared["id"], "value": typed}),)
            for place, typed in enumerate(values)
        ]
        boxes_html = format_html_join("", f'<input{{}} aria-label="{label}" placeholder="{label}">', inputs)
        return format_html('<div class="names" data-names>{}</div>', boxes_html)


class NamesField(forms.Field):
    """Names that are read as targets."""

    def __init__(self, bodies: Bodies, *, most: int | None = None, **kwargs: Any) -> None:
        super().__init__(required=False, widget=NamesInput(most=most), **kwargs)
        self.bodies = bodies

    def clean(self, value: Any) -> tuple[Target, ...]:
        """The targets, each once; raises ValidationError with every name that is not known."""
        targets: dict[Target, None] = {}
        errors: list[forms.ValidationError] = []
        for typed in value or []:
            try:
                targets[self.bodies.target(typed)] = None
            except forms.ValidationError as error:
                errors.append(error)
        if errors:
            raise forms.ValidationError(errors)
        return tuple(targets)


def names_of(bodies: Bodies, targets: Iterable[Target]) -> list[str]:
    """The targets as names in boxes."""
    return [bodies.name_of(target.kind, target.code) for target in targets]
