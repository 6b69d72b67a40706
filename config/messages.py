"""Finds every string that the program shows: in our Python, in our templates, and in what people see of Django."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import django
from django.utils.translation.template import templatize

PYTHON_FOLDERS = ("config", "directives", "orgs")
TEMPLATE_FOLDER = "templates"
TEMPLATE_SUFFIXES = (".html", ".txt")

# Django's own Vietnamese says "bạn" and "email" and has gaps, so the parts that our forms show are translated here too.
DJANGO_MODULES = (
    "contrib/auth/forms.py",
    "contrib/auth/password_validation.py",
    "core/validators.py",
    "db/models/base.py",
    "forms/fields.py",
    "forms/models.py",
)

# How many leading string arguments a marking function has: (context, text, plural).
_PARTS = {
    "_": ("text",),
    "gettext": ("text",),
    "gettext_lazy": ("text",),
    "gettext_noop": ("text",),
    "ngettext": ("text", "plural"),
    "ngettext_lazy": ("text", "plural"),
    "pgettext": ("context", "text"),
    "pgettext_lazy": ("context", "text"),
    "npgettext": ("context", "text", "plural"),
    "npgettext_lazy": ("context", "text", "plural"),
}

_LITERAL = r"u?(?:'(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\")"
# What `templatize` writes for one marked string; everything else in its answer is blanked out.
_TEMPLATE_CALL = re.compile(
    rf"(?<!\w)(_|gettext|pgettext|ngettext|npgettext)\(({_LITERAL}(?:, {_LITERAL})*)(?:, count)?\)", re.DOTALL
)


@dataclass(frozen=True, slots=True)
class Message:
    """One string of the program, with its plural and its context where it has them, and the files that show it."""

    text: str
    plural: str = ""
    context: str = ""
    sources: tuple[str, ...] = ()

    @property
    def key(self) -> tuple[str, str]:
        """What tells two messages apart in a catalogue: context and text."""
        return self.context, self.text


def in_python(code: str, source: str) -> Iterator[Message]:
    """Yield the strings that Python code marks, in the order of the file; raises SyntaxError."""
    calls = [node for node in ast.walk(ast.parse(code, filename=source)) if isinstance(node, ast.Call)]
    for call in sorted(calls, key=lambda node: (node.lineno, node.col_offset)):
        name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
        parts = _PARTS.get(name, ())
        texts = [argument.value for argument in call.args[: len(parts)] if isinstance(argument, ast.Constant)]
        words = [text for text in texts if isinstance(text, str)]
        # A call on a variable marks nothing: its words were marked where they were written.
        if parts and len(words) == len(parts):
            yield Message(**dict(zip(parts, words, strict=True)), sources=(source,))


def in_template(template: str, source: str) -> Iterator[Message]:
    """Yield the strings that a template marks, in the order of the file; raises SyntaxError for a broken block."""
    for name, literals in _TEMPLATE_CALL.findall(templatize(template, origin=source)):
        words = [ast.literal_eval(literal) for literal in re.findall(_LITERAL, literals, re.DOTALL)]
        yield Message(**dict(zip(_PARTS[name], words, strict=True)), sources=(source,))


def collect(root: Path) -> list[Message]:
    """Every string below `root` once, ordered by the first file that shows it and its place there, Django's last."""
    found: dict[tuple[str, str], Message] = {}
    for message in _everywhere(root):
        known = found.get(message.key, replace(message, sources=()))
        sources = tuple(dict.fromkeys((*known.sources, *message.sources)))
        found[message.key] = replace(known, plural=known.plural or message.plural, sources=sources)
    return [message for message in found.values() if message.text]


def _everywhere(root: Path) -> Iterator[Message]:
    for path in _ours(root, PYTHON_FOLDERS, (".py",)):
        yield from in_python(path.read_text(encoding="utf-8"), path.relative_to(root).as_posix())
    for path in _ours(root, (TEMPLATE_FOLDER,), TEMPLATE_SUFFIXES):
        yield from in_template(path.read_text(encoding="utf-8"), path.relative_to(root).as_posix())
    for module in DJANGO_MODULES:
        path = Path(django.__file__).parent / module
        yield from in_python(path.read_text(encoding="utf-8"), f"django/{module}")


def _ours(root: Path, folders: Iterable[str], suffixes: tuple[str, ...]) -> Iterator[Path]:
    for folder in folders:
        for path in sorted((root / folder).rglob("*")):
            # Migrations repeat the labels of the models as they once were.
            if path.suffix in suffixes and "migrations" not in path.parts:
                yield path
