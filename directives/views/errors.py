"""Pages for what went wrong: each says what happened and what to do."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from orgs.typed import typed_texts


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """The browser sent something that no form of ours sends."""
    return render(request, "errors/400.html", status=400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Signed in, but not allowed."""
    return render(request, "errors/403.html", status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Not there, or not for this person: the page does not tell which."""
    return render(request, "errors/404.html", status=404)


def broken(request: HttpRequest) -> HttpResponse:
    """A fault of the program; the page asks nothing of the database."""
    return render(None, "errors/500.html", status=500)


def form_grew_old(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form's protecting token is no longer valid: signed in anew in another window, or no cookies are kept."""
    from_our_page = request.headers.get("Origin") == f"{request.scheme}://{request.get_host()}"
    texts = typed_texts(request) if from_our_page else []
    return render(request, "errors/csrf.html", {"texts": texts}, status=403)
