"""Refuses text that the bundled fonts cannot print, naming the sign and its place."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _

from directives.document_fonts import missing_letters
from directives.rendering.errors import RenderingError

# More places than these help nobody.
_MOST_PLACES = 5


def refuse_unknown_letters(words: Iterable[tuple[str, str]]) -> None:
    """Raise RenderingError where a text holds a sign without a glyph; `words` are texts, each with its place."""
    every = list(words)
    unknown = missing_letters(text for text, _place in every)
    if not unknown:
        return
    named = ", ".join(f"“{letter}” (U+{ord(letter):04X})" for letter in unknown)
    message = _("The document font has no sign for %s. Replace it in the text.") % named
    holding = dict.fromkeys(place for text, place in every if place and not set(unknown).isdisjoint(text))
    if holding:
        message += " " + _("It stands in: %s.") % "; ".join(list(holding)[:_MOST_PLACES])
    raise RenderingError(message)
