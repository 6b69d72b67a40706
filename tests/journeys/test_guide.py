"""The guide says what the program says, and a reader who follows its main walk gets there."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.utils import timezone
from playwright.sync_api import Browser

from config import catalogue
from directives.demo.staff import PASSWORD
from directives.models import Directive, OutboxRow
from directives.workflow import AssignmentState, DeliveryState, WorkState
from tests.journeys import guide
from tests.journeys.keyboard import KeyboardReader
from tests.journeys.walk import SUBJECT, Walk
from tests.processes import Program, answers, until
from tests.words_to_avoid import faults_in

SCREENS = guide.ROOT / "docs" / "screens"
README = guide.ROOT / "README.md"
LARGEST_PICTURE = 120_000


def by_name(page: Path) -> str:
    """How a page is called in the name of a test."""
    return page.stem


def words_of_the_program() -> set[str]:
    """Everything the screens say, with … where they fill something in."""
    entries = catalogue.opened(guide.ROOT / catalogue.CATALOGUE)
    said = {entry.msgstr_plural[0] if entry.msgid_plural else entry.msgstr for entry in entries}
    return {re.sub(r"%\(\w+\)s", "…", words) for words in said}


def messages_of(text: str) -> list[str]:
    """The first cells of the tables of what the program says when something is not possible."""
    tables = re.findall(r"\| Hệ thống báo \|.*?(?=\n\n|\Z)", text, re.DOTALL)
    return [row.split(" | ")[0].removeprefix("| ") for table in tables for row in table.splitlines()[2:]]


@pytest.fixture
def screens(tmp_path: Path) -> Path:
    """Where the walk puts its pictures: into the guide with UPDATE_SCREENS=1, else beside the test."""
    if os.environ.get("UPDATE_SCREENS") != "1":
        return tmp_path
    for old in SCREENS.glob("*.png"):
        old.unlink()
    return SCREENS


@pytest.fixture
def demo(transactional_db: None, folders: None) -> None:
    """The demo, before any process looks for work."""
    call_command("demo", stdout=StringIO())


@pytest.fixture
def address(demo: None, program: Callable[..., Program], background: tuple[Program, Program]) -> str:
    """The program with its demo, whose own mails have gone out."""
    web = program("web")
    own = f"http://127.0.0.1:{web.port}"
    until(lambda: answers(f"{own}/healthz"), "the web server answers")
    queued = OutboxRow.objects.filter(state=WorkState.QUEUED)
    until(lambda: not queued.exists(), "the mails of the demo were sent", seconds=120)
    return own


@pytest.mark.long
def test_the_main_walk_of_the_guide_goes_as_its_page_says(address: str, browser: Browser, screens: Path) -> None:
    walk = Walk(browser, address, screens, timezone.localdate())
    walk.play()
    walk.look_around()

    told = guide.WALK.read_text(encoding="utf-8")
    assert walk.pressed == guide.bold(told)
    assert walk.filled == guide.italic(told)
    paper = Directive.objects.get(subject=SUBJECT)
    assert paper.deliveries.filter(state=DeliveryState.RECEIVED).count() == 1
    assert paper.tasks.get(assignments__state=AssignmentState.DONE).marker == "1."
    assert {path.name for path in screens.glob("*.png")} == {path.name for path in SCREENS.glob("*.png")}


@pytest.mark.long
def test_the_whole_way_can_be_gone_with_the_keyboard_alone(address: str, browser: Browser, tmp_path: Path) -> None:
    Walk(browser, address, tmp_path, timezone.localdate(), KeyboardReader).play()
    done = Directive.objects.get(subject=SUBJECT).tasks.get(assignments__state=AssignmentState.DONE)
    assert done.marker == "1."


@pytest.mark.parametrize("page", guide.pages(), ids=by_name)
def test_what_a_page_sets_in_bold_stands_on_the_screen(page: Path) -> None:
    told = page.read_text(encoding="utf-8")
    assert set(guide.bold(told)) - words_of_the_program() == set()


@pytest.mark.parametrize("page", guide.pages(), ids=by_name)
def test_what_a_page_quotes_as_a_refusal_is_said_by_the_program(page: Path) -> None:
    assert set(messages_of(page.read_text(encoding="utf-8"))) - words_of_the_program() == set()


@pytest.mark.parametrize("page", guide.pages(), ids=by_name)
def test_a_page_says_no_word_that_the_office_avoids(page: Path) -> None:
    prose = re.sub(r"!?\[([^\]]*)\]\([^)]*\)|`[^`]*`", r"\1", page.read_text(encoding="utf-8")).replace("![", "")
    assert list(faults_in(prose)) == []


@pytest.mark.parametrize("page", guide.pages(), ids=by_name)
def test_a_page_shows_the_program_and_its_links_lead_somewhere(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    assert list(guide.pictures(page))
    linked = re.findall(r"\]\(([^)#]+)\)", text)
    assert [address for address in linked if not (page.parent / address).exists()] == []


def test_every_picture_is_shown_somewhere_and_is_small() -> None:
    shown = {picture for page in (*guide.pages(), README) for picture in guide.pictures(page)}
    kept = set(SCREENS.glob("*.png"))
    assert {path.name for path in shown} == {path.name for path in kept}
    assert {path.name for path in kept if path.stat().st_size > LARGEST_PICTURE} == set()


def test_the_guide_and_the_readme_name_the_password_of_the_demo() -> None:
    for page in (guide.WALK, README):
        assert f"`{PASSWORD}`" in page.read_text(encoding="utf-8")


def test_the_readme_walks_the_same_way_as_the_guide() -> None:
    quarter = README.read_text(encoding="utf-8").partition("quarter of an hour")[2].partition("\n## ")[0]
    walked = iter(guide.bold(guide.WALK.read_text(encoding="utf-8")))
    named = guide.bold(quarter)
    assert len(named) > 8
    assert [word for word in named if word not in walked] == []
