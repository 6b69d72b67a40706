"""The paper on the screen is made of the same parts as the printed page, without measures of a sheet."""

from __future__ import annotations

import re

import pytest
from django.template.loader import render_to_string
from django.utils import timezone

from directives.formats import HD05
from directives.printed_page import Print, printed_page
from orgs.models import OrganizationVersion
from tests import factories
from tests.factories import ClockAt
from tests.format.checking import NAMES, case


def shown(name: str) -> str:
    """The HTML of one of our own directives on the screen."""
    page = printed_page(case(name), HD05, Print())
    return render_to_string("directives/_paper.html", {"paper": {"page": page}})


@pytest.mark.parametrize("name", NAMES)
def test_every_word_of_the_body_is_shown_without_a_style_of_a_sheet(name: str) -> None:
    html = shown(name)
    text = "".join(re.sub(r"<[^>]*>", "", html).split())
    for block, _above in case(name).walk():
        for part in (block.marker, *(cell.text for cell in block.cells), *(run.text for run in block.runs)):
            words = "".join((part or "").split()).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
            assert words in text or words.upper() in text
    assert "style=" not in html, "a browser refuses styles that do not come from a file"
    assert not re.search(r"<h\d", html), "the headings of the page around it must not be broken"


@pytest.mark.django_db
def test_a_draft_takes_the_room_for_the_signature_from_its_body() -> None:
    committee = factories.committee(ClockAt(timezone.now()))
    draft = factories.draft(committee)
    OrganizationVersion.objects.filter(organization=draft.issuer).update(signature_blank_lines=5)
    assert draft.under_head_of(timezone.localdate()).issuer.signature_blank_lines == 5
