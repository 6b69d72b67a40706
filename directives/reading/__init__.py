"""Reads a text that was written elsewhere as a directive; what it cannot place stays in the body, to be seen there."""

from directives.reading.word import read_word

__all__ = ["read_word"]
