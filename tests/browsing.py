"""A signed-in client, the presses of its forms, and the addresses of a directive's pages."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django.test import Client
from django.urls import reverse

from directives.models import Directive
from directives.workflow import Step
from orgs.models import Person


def as_person(person: Person) -> Client:
    """A browser in which this person has signed in."""
    client = Client()
    client.force_login(person)
    return client


def press(client: Client, address: str, **facts: Any) -> Any:
    """Send a form that was opened just now."""
    return client.post(address, {"key": str(uuid4()), **facts})


def step(directive: Directive, which: Step) -> str:
    """Where this step of the directive is taken."""
    return reverse("step", args=[directive.pk, which])


def page(directive: Directive) -> str:
    """The directive's own page."""
    return reverse("directive", args=[directive.pk])
