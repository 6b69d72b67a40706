"""What the bench of printing measures with."""

from __future__ import annotations

import pytest

from directives.bench.render import annex_table, in_turn, memory_after_many, other_programs, paper_of
from directives.rendering import render
from directives.rendering.bare import bare_pdf, page_with_style
from tests.directives.pages import Pages


@pytest.mark.parametrize("pages", [2, 30])
def test_a_paper_has_as_many_pages_as_it_is_asked_for(pages: int) -> None:
    assert render(paper_of(pages)).pages == pytest.approx(pages, rel=0.05)


def test_a_table_runs_over_as_many_pages_as_it_is_asked_for() -> None:
    assert render(annex_table(5)).pages - 1 == pytest.approx(5, abs=1)


def test_the_bare_call_prints_the_same_page() -> None:
    letter = paper_of(2)
    bare, own = Pages(bare_pdf(page_with_style(letter))), Pages(render(letter).pdf)
    assert bare.running_text() == own.running_text()
    assert [spot.baseline for spot in bare.lines(2)] == pytest.approx([spot.baseline for spot in own.lines(2)])


def test_what_runs_in_turn_is_timed_one_by_one() -> None:
    calls: list[str] = []
    taken = in_turn([lambda: calls.append("a"), lambda: calls.append("b")], 3)
    assert calls[-6:] == ["a", "b"] * 3
    assert all(one.clock >= 0 and one.computing >= 0 for one in taken)


def test_a_program_that_is_not_installed_is_said_to_be_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    [soffice, chromium] = other_programs("<p>", in_turn([lambda: None], 1)[0])
    assert soffice.figure == chromium.figure == "not installed"


@pytest.mark.long
@pytest.mark.alone
def test_letters_leave_nothing_behind_in_memory() -> None:
    figure = memory_after_many(paper_of(2)).figure
    grown = float(figure.rpartition(",")[2].strip(" %"))
    assert grown < 10, figure
