"""Who acts in a request, and what a request may not do: be kept by a browser, or write while it reads."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, cast

from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from orgs.clock import CLOCK
from orgs.member import Member
from orgs.requests import MemberRequest
from orgs.typed import typed_texts

Answer = Callable[[HttpRequest], HttpResponse]
READING = frozenset({"GET", "HEAD", "OPTIONS"})
OPEN_BEFORE_THE_OWN_PASSWORD = frozenset({"change_password", "sign_out"})
_WRITES = re.compile(r"\s*(INSERT|UPDATE|DELETE|MERGE|TRUNCATE)\b", re.IGNORECASE)


class WroteWhileReading(Exception):
    """A page that only shows something tried to change something: a fault of the program."""


class BehindAWebServerMiddleware:
    """Takes the browser's address from the web server in front, or all people would seem to sit at one machine.

    Only for an installation in which nobody else reaches the program: the header is believed.
    """

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, with the address that the nearest web server has added."""
        nearest = request.META.get("HTTP_X_FORWARDED_FOR", "").rpartition(",")[2].strip()
        if nearest:
            request.META["REMOTE_ADDR"] = nearest
        return self.get_response(request)


class PrivatePagesMiddleware:
    """No browser and no gateway keeps a page; offices share machines."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, and forbid keeping the answer unless the view has said more."""
        response = self.get_response(request)
        response.setdefault("Cache-Control", "no-store, private")
        return response


class MemberMiddleware:
    """Puts the member on each request of a signed-in person; posts are read anew, so a post that ended has no power."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer with `request.member` set for a signed-in person."""
        if request.user.is_authenticated:
            cast(MemberRequest, request).member = Member.of(request.user, CLOCK.today())
        return self.get_response(request)


class OwnPasswordMiddleware:
    """Whoever came in with a one-time password chooses an own one before anything else is shown or done."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer; the address is only known in `process_view`."""
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], args: Any, kwargs: Any
    ) -> HttpResponse | None:
        """The way to the page that changes the password; None there, for leaving, and for what all may see."""
        if not request.user.is_authenticated or not request.user.must_change_password:
            return None
        name = request.resolver_match.url_name if request.resolver_match else None
        if name in OPEN_BEFORE_THE_OWN_PASSWORD or not getattr(view, "login_required", True):
            return None
        return redirect("change_password")


class TypedTextMiddleware:
    """A form that is sent after the session ended gets its texts back instead of losing them to the sign-in page."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer; the form of somebody who is signed out is handled by `process_view`."""
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], args: Any, kwargs: Any
    ) -> HttpResponse | None:
        """The page with the typed texts (401), for a form with texts that needs a sign-in."""
        if request.method != "POST" or request.user.is_authenticated or not getattr(view, "login_required", True):
            return None
        texts = typed_texts(request)
        return render(request, "orgs/signed_out.html", {"texts": texts}, status=401) if texts else None


class ReadOnlyMiddleware:
    """Refuses every write of a view that only reads."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer; raises WroteWhileReading when a GET writes."""
        if request.method not in READING:
            return self.get_response(request)
        with connection.execute_wrapper(_refuse_writes):
            return self.get_response(request)


def _refuse_writes(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
    if _WRITES.match(sql):
        raise WroteWhileReading(sql[:200])
    return execute(sql, params, many, context)
