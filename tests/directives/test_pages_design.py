"""The page of components: whole for developers, absent in an office."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import RequestFactory
from django.urls import Resolver404, resolve
from django.utils import timezone

from directives.views.design import design
from tests import factories
from tests.factories import ClockAt

pytestmark = pytest.mark.django_db


def test_an_office_has_no_page_of_components() -> None:
    with pytest.raises(Resolver404):
        resolve("/design/")


def test_every_component_is_drawn() -> None:
    committee = factories.committee(ClockAt(timezone.now()))
    request: Any = RequestFactory().get("/design/")
    request.user, request.member = committee.clerk, committee.member(committee.clerk)
    content = design(request).content.decode()
    for part in ("status--late", "button--primary", "stages", "errorlist", "history", "work-row", 'class="list"'):
        assert part in content, part
