"""The process beside a web process that prints large drafts; `python -m directives.preview_process`.

Each line of its input is one JSON object: document, page, block, language and the limits in seconds and megabytes; it
answers each with one line. What asks for more than the limits gets no answer: this process ends itself, by an alarm
that no computing holds up. So it does when nobody has asked for a while, and when who started it is gone.
"""

from __future__ import annotations

import base64
import json
import os
import signal
import sys
from typing import IO, Any

import django
from django.utils import translation

from directives.document import Document
from directives.draft_preview import Preview
from directives.memory_limit import memory_limited
from directives.rendering import RenderingError
from directives.rendering.press import press

READY_WITHIN, IDLE = 30, 300
"""Seconds until it prints for the first time, and without a question."""


def main() -> None:
    """Answer until the input ends; what libraries write goes to where errors go."""
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    signal.alarm(READY_WITHIN)
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "w", buffering=1)
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    django.setup()
    _answer_all(sys.stdin, answers)


def _answer_all(questions: IO[str], answers: IO[str]) -> None:
    # Libraries and fonts are no paper's; they are loaded before its memory is counted.
    press()
    signal.alarm(IDLE)
    for question in questions:
        if not question.endswith("\n"):
            # Who asked is gone in the middle of the question.
            return
        asked = json.loads(question)
        signal.alarm(asked["seconds"])
        try:
            with memory_limited(asked["megabytes"] * 2**20):
                answer = _answer_to(asked)
        # A library in C that found no memory may forget to say what went wrong, which Python calls a SystemError.
        except (MemoryError, SystemError):
            return
        answers.write(f"{json.dumps(answer)}\n")
        signal.alarm(IDLE)


def _answer_to(asked: dict[str, Any]) -> dict[str, Any]:
    with translation.override(asked["language"]):
        try:
            shown = Preview(Document.from_json(asked["document"])).shown(asked["page"], asked["block"])
        except RenderingError as fault:
            return {"fault": str(fault)}
    return {"page": shown.page, "pages": shown.pages, "png": base64.b64encode(shown.png).decode()}


if __name__ == "__main__":
    main()
