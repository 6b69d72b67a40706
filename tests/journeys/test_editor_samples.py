"""Two real papers are typed and pasted into the editor; what is on record then is what their JSON says."""

from __future__ import annotations

from itertools import count

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from directives.blocks import Block, Run
from directives.document import Document
from directives.flat_blocks import FlatBlock, flattened
from directives.models import Directive
from tests import factories
from tests.directives.documents import json_of
from tests.directives.word_html import word_html
from tests.factories import Committee
from tests.journeys.draft_desk import DraftDesk, add_lines, as_typed, beside_the_browser, shape

NUMBERS = ["000", "002"]


@pytest.fixture(params=NUMBERS)
def sample(request: pytest.FixtureRequest) -> Document:
    return Document.from_json(json_of(f"sample {request.param}", request))


@pytest.fixture
def body(sample: Document) -> tuple[Block, ...]:
    return sample.body


def begun(desk: DraftDesk) -> None:
    """A new draft with its subject and its signer, the cursor in the text."""
    desk.open()
    desk.page.fill("[name=subject]", "phòng, chống dịch")
    desk.into_the_text()


def type_block(desk: DraftDesk, flat: FlatBlock) -> None:
    """Type a block into the empty one that Enter made, as somebody does who looks at what stands there."""
    here = desk.blocks[-1]
    if here["marker"] != flat.block.marker or here["level"] != flat.level:
        if here["marker"]:
            desk.press("Backspace")
        for _level in range(desk.blocks[-1]["level"]):
            desk.press("Shift+Tab")
        if flat.block.marker:
            desk.type(f"{flat.block.marker} ")
    for run in flat.block.runs:
        type_run(desk, run)


def type_run(desk: DraftDesk, run: Run) -> None:
    keys = [key for key, wanted in (("b", run.bold), ("i", run.italic), ("u", run.underline)) if wanted]
    for key in keys:
        desk.press(f"Control+{key}")
    desk.type(run.text)
    for key in keys:
        desk.press(f"Control+{key}")


def known_units(body: tuple[Block, ...], committee: Committee) -> dict[str, str]:
    """Put every unit that the text names into the directory, groups as groups; returns their codes by name."""
    codes = {}
    for place, unit in enumerate(sorted({unit for flat in flattened(body) for unit in flat.block.named_units})):
        codes[unit] = f"don-vi-{place}"
        if unit.startswith("Các "):
            factories.group(committee.organization, codes[unit], unit, [])
        else:
            factories.body(codes[unit], unit)
    return codes


def test_a_sample_is_typed_key_by_key(desk: DraftDesk, body: tuple[Block, ...]) -> None:
    begun(desk)
    for place, flat in zip(count(), flattened(body), strict=False):
        if place:
            desk.press("Enter")
        type_block(desk, flat)
    desk.save()
    assert shape(desk.on_record()) == shape(body)


def test_a_sample_is_pasted_from_plain_text(desk: DraftDesk, body: tuple[Block, ...]) -> None:
    begun(desk)
    desk.paste(text=as_typed(body))
    desk.save()
    # Plain text has no styles.
    assert [line[:3] for line in shape(desk.on_record())] == [line[:3] for line in shape(body)]
    assert as_typed(desk.on_record()) == as_typed(body)


def test_a_sample_is_pasted_from_word(desk: DraftDesk, body: tuple[Block, ...]) -> None:
    begun(desk)
    desk.paste(html=word_html(body), text=as_typed(body))
    desk.save()
    assert shape(desk.on_record()) == shape(body)


def test_the_units_that_a_sample_names_are_accepted_by_key(
    desk: DraftDesk, body: tuple[Block, ...], drafting_office: Committee
) -> None:
    codes = beside_the_browser(lambda: known_units(body, drafting_office))
    begun(desk)
    desk.paste(text=as_typed(body))
    desk.page.wait_for_selector(".named--body")
    for place, flat in enumerate(flattened(body)):
        desk.cursor_in(place)
        for unit in flat.block.named_units:
            start = flat.block.text.index(unit) + 1
            desk.page.locator(".sheet__text").evaluate(
                "(box, back) => box.editor.commands.setTextSelection(box.editor.state.selection.from - back)",
                len(flat.block.text) - start,
            )
            desk.press("F8")
            desk.cursor_in(place)
    desk.save()
    recorded = [flat.block for flat in flattened(desk.on_record())]
    assert [block.named_units for block in recorded] == [flat.block.named_units for flat in flattened(body)]
    assert [{target.code for target in block.targets} for block in recorded] == [
        {codes[unit] for unit in flat.block.named_units} for flat in flattened(body)
    ]


def test_head_and_foot_of_a_sample_are_typed(desk: DraftDesk, sample: Document) -> None:
    assert sample.signature is not None
    assert sample.subject.prefix is not None
    desk.open()
    page = desk.page
    page.select_option("[name=begins]", sample.subject.prefix)
    page.fill("[name=subject]", sample.subject.text)
    add_lines(page, "addressees", *(addressee.text for addressee in sample.addressees))
    add_lines(page, "distribution", *(line.text for line in sample.distribution))
    for place, line in enumerate(sample.distribution):
        page.locator(".lines[data-lines=distribution] [data-purpose]").nth(place).fill(line.purpose or "")
    page.fill("[name=signature_lines]", "\n".join(line.text for line in sample.signature.lines))
    page.fill("[name=signature_name]", sample.signature.signer or "")
    desk.save()
    typed = beside_the_browser(lambda: Directive.objects.get().under_head_of(timezone.localdate()))
    assert typed.subject == sample.subject
    assert typed.addressees == sample.addressees
    assert typed.distribution == sample.distribution
    assert typed.signature == sample.signature


def test_lines_are_moved_by_key_and_by_button_and_taken_out(desk: DraftDesk) -> None:
    desk.open()
    page = desk.page
    page.fill("[name=subject]", "kiểm tra đê điều")
    add_lines(page, "addressees", "Sở Y tế", "Sở Tài chính", "Sở Xây dựng")
    lines = page.locator(".lines[data-lines=addressees] [data-text]")
    lines.nth(2).press("Alt+ArrowUp")
    expect(lines.nth(1)).to_be_focused()
    page.locator(".lines[data-lines=addressees] [data-down]").first.click()
    page.locator(".lines[data-lines=addressees] [data-remove]").last.click()
    desk.save()
    typed = beside_the_browser(lambda: Directive.objects.get().under_head_of(timezone.localdate()))
    assert [addressee.text for addressee in typed.addressees] == ["Sở Xây dựng", "Sở Y tế"]
