"""Drafts whose page takes minutes to print: the web process goes on answering everybody else, and their drafters."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from urllib.parse import urlencode
from uuid import uuid4

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from directives.editor_html import write_html
from directives.forms.draft import DraftForm
from directives.models import Directive
from tests import factories
from tests.factories import Committee
from tests.faults.test_render_bombs import endless
from tests.processes import Program, answers, until

Start = Callable[..., Program]
BOMBS = 24
"""Three times the threads that the web processes have for answers, which do not share evenly."""
PATIENCE = 10
"""Seconds; a page takes some tenths of one, and the machine of the tests is busy."""
BESIDE = {"PREVIEW_SECONDS": "4"}
IN_THE_WEB_PROCESS = {"PREVIEW_BLOCKS": "1000000000"}


@pytest.mark.alone
class TestBombs:
    def test_while_bombs_are_previewed_other_pages_answer_and_the_draft_is_saved(
        self, committee: Committee, program: Start
    ) -> None:
        web, drafter = program("web", **BESIDE), Drafter(committee)
        until(lambda: answers(f"http://127.0.0.1:{web.port}{reverse('healthz')}"), "the web process answers")
        with drafter.bombs(web) as given:
            for _time in range(5):
                assert drafter.ask(web, "my_work") == 200
                assert drafter.ask(web, "healthz") == 200
            assert drafter.save(web) == 200
        assert set(given) == {422, 503}

    @pytest.mark.long
    def test_printed_in_the_web_process_they_hold_it(self, committee: Committee, program: Start) -> None:
        web, drafter = program("web", **IN_THE_WEB_PROCESS), Drafter(committee)
        until(lambda: answers(f"http://127.0.0.1:{web.port}{reverse('healthz')}"), "the web process answers")
        with drafter.bombs(web):
            with pytest.raises(TimeoutError):
                for _time in range(BOMBS):
                    drafter.ask(web, "my_work")
            web.kill()


class Drafter:
    """The drafter's browser with a draft that nobody can print in seconds, and another that is small."""

    def __init__(self, of: Committee) -> None:
        client = Client()
        client.force_login(of.drafter)
        session, token = client.cookies[settings.SESSION_COOKIE_NAME].value, "t" * 32
        cookies = f"{settings.SESSION_COOKIE_NAME}={session}; {settings.CSRF_COOKIE_NAME}={token}"
        kind = "application/x-www-form-urlencoded"
        self._headers = {"Cookie": cookies, "X-CSRFToken": token, "Content-Type": kind}
        small = factories.draft(of)
        self._small = small
        self._typed = fields(small, of)
        self._bomb = {**self._typed, "directive": str(small.pk), "body_html": write_html(endless().body)}

    def ask(self, web: Program, route: str) -> int:
        """The status of a page; raises TimeoutError when it does not come."""
        return self._asked(web, "GET", reverse(route), "")

    def save(self, web: Program) -> int:
        """The status of an autosave of the small draft."""
        address = reverse("draft_keep", args=[self._small.pk])
        return self._asked(web, "POST", address, urlencode(self._typed, doseq=True))

    @contextmanager
    def bombs(self, web: Program) -> Iterator[list[int]]:
        """Meanwhile many browsers ask for the page of the large draft; gives their answers when they have come."""
        given: list[int] = []
        written = urlencode(self._bomb, doseq=True)

        def throw() -> None:
            try:
                given.append(self._asked(web, "POST", reverse("draft_preview"), written, patience=60))
            except OSError:
                given.append(0)

        browsers = [threading.Thread(target=throw) for _browser in range(BOMBS)]
        for browser in browsers:
            browser.start()
            # What comes at once one of the web processes takes alone.
            time.sleep(0.1)
        yield given
        if web.runs:
            for browser in browsers:
                browser.join()

    def _asked(self, web: Program, method: str, address: str, body: str, patience: float = PATIENCE) -> int:
        connection = HTTPConnection("127.0.0.1", web.port, timeout=patience)
        try:
            connection.request(method, address, body, self._headers)
            return connection.getresponse().status
        finally:
            connection.close()


def fields(draft: Directive, of: Committee) -> dict[str, object]:
    """The form of the draft as it was opened."""
    return {**DraftForm.initial_of(draft, of.clock.today()), "key": str(uuid4())}
