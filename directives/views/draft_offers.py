"""What the page of a draft offers to be written with one press: the usual purposes, and the line of the archive."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from directives.models import Directive
from directives.written_lines import SAME_AS_ADDRESSEES
from orgs.member import Member

PURPOSES = ("để báo cáo", "để thực hiện", "để biết", "để theo dõi", "để phối hợp")
ARCHIVE = "Lưu Văn phòng"
_LOOKED_AT = 5


@dataclass(frozen=True, slots=True)
class QuickLine:
    """A line that is added with one press, as long as no line begins with these words; `at` is where it stands."""

    text: str
    begins: str
    at: str


def quick_lines(member: Member, issuer_id: UUID) -> list[QuickLine]:
    """The first and the last line of nearly every distribution list."""
    return [
        QuickLine("Như trên", SAME_AS_ADDRESSEES, "start"),
        QuickLine(_archive_line(member, issuer_id), ARCHIVE.split()[0].lower(), "end"),
    ]


def _archive_line(member: Member, issuer_id: UUID) -> str:
    """The archive line of the newest paper of this issuer that has one; a plain one where none has."""
    papers = Directive.objects.visible_to(member).filter(issuer=issuer_id).order_by("-changed_at")
    lists = papers.values_list("text__distribution", flat=True)[:_LOOKED_AT]
    return next((line["text"] for lines in lists for line in lines or [] if line.get("archive")), ARCHIVE)
