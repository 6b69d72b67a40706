"""The page beside a large draft is printed outside the web process, within limits; a small one is printed in it."""

from __future__ import annotations

import dataclasses
import threading
from collections.abc import Iterator

import pytest
from django.urls import reverse
from django.utils import timezone
from pytest_django.fixtures import Settings

from directives import large_previews
from directives.beside import BESIDE, Busy
from directives.document import Cell, Document
from directives.draft_preview import Preview, Shown
from directives.forms.draft import DraftForm
from directives.large_previews import TooLarge, shown
from directives.rendering import RenderingError
from tests import factories
from tests.browsing import as_person
from tests.directives.documents import item, letter, row, table
from tests.factories import ClockAt
from tests.processes import until

OUT_OF_TIME_IN = 1


@pytest.fixture
def beside(settings: Settings) -> Iterator[None]:
    """Every text is large; the process that prints it ends with the test."""
    settings.PREVIEW_BLOCKS = 0
    yield
    BESIDE.end()


@pytest.fixture
def elsewhere(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """What was given to the process beside, which prints nothing here."""
    given: list[object] = []

    def note(what: object, *arguments: object, **limits: int) -> Shown:
        given.append(arguments)
        return Shown(1, 1, b"")

    monkeypatch.setattr(BESIDE, "do", note)
    return given


def items(number: int) -> Document:
    return letter(*(item(f"{place}.", "Kiểm tra hồ chứa trên địa bàn, báo cáo. " * 9) for place in range(number)))


def endless() -> Document:
    return letter(table(*(row(*["Kiểm tra hồ chứa trên địa bàn"] * 8) for _row in range(300))))


def is_busy() -> bool:
    """Whether a long text would have to wait for its turn."""
    try:
        with large_previews.in_turn("x" * 1_000_000):
            return False
    except Busy:
        return True


class TestWhichIsLarge:
    def test_thirty_pages_of_text_and_a_table_of_sixty_tasks_are_printed_in_the_web_process(
        self, elsewhere: list[object]
    ) -> None:
        assert shown(items(300), None, "").pages == Preview(items(300)).pages >= 30
        assert shown(letter(table(*(row(*["Kiểm tra"] * 7) for _row in range(60)))), None, "").pages > 1
        assert not elsewhere

    @pytest.mark.parametrize(
        "document",
        [
            pytest.param(items(600), id="text"),
            pytest.param(letter(item("1.", "x" * 400_000)), id="one paragraph"),
            pytest.param(endless(), id="a table"),
            pytest.param(letter(table(row(*["x"] * 2000))), id="columns"),
            pytest.param(
                letter(table(dataclasses.replace(row("x"), cells=(Cell((), columns=1000, rows=1000),)))), id="spans"
            ),
        ],
    )
    def test_what_takes_longer_is_printed_beside(self, document: Document, elsewhere: list[object]) -> None:
        shown(document, 1, "")
        assert len(elsewhere) == 1


@pytest.mark.usefixtures("beside")
class TestTheProcessBeside:
    def test_it_gives_the_same_page_as_the_web_process(self) -> None:
        document = items(30).with_ids()
        for block in (document.body[0].id, document.body[-1].id):
            assert shown(document, None, block or "") == Preview(document).shown(None, block or "")
        assert shown(document, 2, "") == Preview(document).shown(2, "")

    def test_it_says_in_the_same_words_what_cannot_be_printed(self) -> None:
        document = letter(item("1.", "𓀀"))
        with pytest.raises(RenderingError) as here:
            Preview(document)
        with pytest.raises(RenderingError) as there:
            shown(document, 1, "")
        assert str(there.value) == str(here.value)

    def test_what_takes_too_long_is_left_and_the_next_page_is_printed(self, settings: Settings) -> None:
        shown(items(1), 1, "")
        settings.PREVIEW_SECONDS = OUT_OF_TIME_IN
        with pytest.raises(TooLarge):
            shown(endless(), 1, "")
        settings.PREVIEW_SECONDS = 20
        assert shown(items(1), 1, "").pages == 1

    def test_what_takes_too_much_memory_is_left_and_the_next_page_is_printed(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        with monkeypatch.context() as narrow:
            narrow.setattr(large_previews, "MEGABYTES", 8)
            with pytest.raises(TooLarge):
                shown(letter(table(row(*["x"] * 3000))), 1, "")
        assert shown(items(1), 1, "").pages == 1

    def test_one_page_is_printed_at_a_time_and_who_comes_meanwhile_does_not_wait(self, settings: Settings) -> None:
        settings.PREVIEW_SECONDS = 3
        ends: list[BaseException] = []

        def hold() -> None:
            try:
                shown(endless(), 1, "")
            except TooLarge as end:
                ends.append(end)

        shown(items(1), 1, "")
        first = threading.Thread(target=hold)
        first.start()
        until(is_busy, "the first is being printed")
        with pytest.raises(Busy):
            shown(items(1), 1, "")
        settings.PREVIEW_BLOCKS = 800
        with large_previews.in_turn("short"):
            pass
        settings.PREVIEW_BLOCKS = 0
        first.join()
        assert len(ends) == 1
        assert shown(items(1), 1, "").pages == 1


@pytest.mark.django_db
class TestTheAnswer:
    @pytest.mark.parametrize(
        ("fault", "status", "said"), [(Busy, 503, {"busy": True}), (TooLarge, 422, {"large": True})]
    )
    def test_the_editor_hears_whether_to_ask_again_or_to_wait_for_a_press(
        self, fault: type[Exception], status: int, said: dict[str, bool], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def refuse(document: Document, page: int | None, block: str) -> Shown:
            raise fault

        monkeypatch.setattr(large_previews, "shown", refuse)
        of = factories.committee(ClockAt(timezone.now()))
        draft = factories.draft(of)
        sent = {**DraftForm.initial_of(draft, of.clock.today()), "directive": str(draft.pk)}
        answer = as_person(of.drafter).post(reverse("draft_preview"), sent)
        assert answer.status_code == status
        assert said.items() <= answer.json().items()
