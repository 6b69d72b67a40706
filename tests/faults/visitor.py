"""Somebody at a browser without scripts: opens pages of the running web process and presses their buttons."""

from __future__ import annotations

import re
import time
from dataclasses import dataclass, field
from http.cookiejar import CookieJar
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, OpenerDirector, build_opener

MOST_PATIENT = 60  # seconds; how long a page really takes is for the test to judge
HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)"')


@dataclass
class Visitor:
    """One person's browser; `seconds` says how long the last page took, the redirect behind a press included."""

    address: str
    seconds: float = 0.0
    _browser: OpenerDirector = field(default_factory=lambda: build_opener(HTTPCookieProcessor(CookieJar())))

    def go(self, path: str) -> str:
        """Open a page; raises HTTPError unless it answers with 200."""
        return self._ask(path, None)

    def press(self, path: str, on: str = "", **typed: str) -> str:
        """Open the page `on` (or the form's own), take the hidden fields of its form to `path` and press the button."""
        page = self.go(on or path)
        _before, _found, form = page.partition(f'action="{path}"')
        hidden = dict(HIDDEN.findall(form.partition("</form>")[0] or page))
        return self._ask(path, urlencode({**hidden, **typed}).encode())

    def _ask(self, path: str, posted: bytes | None) -> str:
        began = time.monotonic()
        with self._browser.open(self.address + path, posted, MOST_PATIENT) as answer:
            page = answer.read().decode()
        self.seconds = time.monotonic() - began
        return str(page)
