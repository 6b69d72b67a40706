"""The text of a directive that is a file: which one, and whether a generated first page stands before it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from directives.json_object import JsonObject

KINDS = ("pdf", "docx")


@dataclass(frozen=True, slots=True)
class TextFile:
    """A PDF or Word file in the store, known by its SHA-256; a Word file is the source of pages printed elsewhere."""

    name: str
    kind: str
    sha256: str
    size: int
    pages: int | None = None
    alone: bool = False

    @classmethod
    def from_json(cls, value: object, where: str) -> TextFile:
        """Read it."""
        source = JsonObject.of(value, where, required=("name", "kind", "sha256", "size"), optional=("pages", "alone"))
        return cls(
            name=source.text("name"),
            kind=source.choice("kind", KINDS),
            sha256=source.text("sha256"),
            size=source.whole_number("size"),
            pages=None if source.values.get("pages") is None else source.whole_number("pages"),
            alone=source.flag("alone"),
        )

    def to_json(self) -> dict[str, Any]:
        """Write it as it is read; what it does not have is left out."""
        written: dict[str, Any] = {"name": self.name, "kind": self.kind, "sha256": self.sha256, "size": self.size}
        if self.pages:
            written["pages"] = self.pages
        return {**written, "alone": True} if self.alone else written

    @property
    def is_printed_here(self) -> bool:
        """Whether this program makes the pages that are signed: its first page with those of the file behind it."""
        return self.kind == "pdf" and not self.alone
