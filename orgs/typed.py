"""What was typed into a form that could not be taken, so that its page can give it back."""

from __future__ import annotations

from django.http import HttpRequest

LONG_ENOUGH = 30
"""Shorter texts are typed again faster than they are copied."""


def typed_texts(request: HttpRequest) -> list[str]:
    """The longer texts of the form, each once, in the order of the form; a password is never among them."""
    names = [name for name in request.POST if name != "csrfmiddlewaretoken" and "password" not in name]
    texts = [text for name in names for text in request.POST.getlist(name) if len(text) > LONG_ENOUGH]
    return [text for text in dict.fromkeys(texts) if not _is_key(text)]


def _is_key(text: str) -> bool:
    return len(text) == 36 and text.count("-") == 4
