"""Whether what the database says is still there: every paper's file byte for byte, and every number of the register."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from django.db.models import Count, F, Max, Min
from django.utils.translation import gettext as _

from directives import filestore
from directives.models import (
    Content,
    CopyKind,
    Directive,
    Enclosure,
    IssuedCopy,
    NumberSeries,
    OutboxRow,
    RegisterEntry,
    SeriesMode,
    Work,
)
from directives.workflow import DirectiveState, WorkState


def damaged_files() -> Iterator[str]:
    """One sentence for each copy, enclosed file or text that is a file, missing or with other bytes than when kept."""
    copies = IssuedCopy.objects.select_related("directive").order_by("pk").iterator(chunk_size=500)
    enclosures = Enclosure.objects.select_related("directive").order_by("pk").iterator(chunk_size=500)
    texts = Directive.objects.filter(content=Content.FILE).order_by("pk").iterator(chunk_size=500)
    kept = chain(
        ((row.sha256, row.directive) for row in chain[IssuedCopy | Enclosure](copies, enclosures)),
        ((paper.text_file.sha256, paper) for paper in texts if paper.text_file),
    )
    for sha256, paper in kept:
        try:
            filestore.read(sha256)
        except filestore.DamagedFile:
            facts = {"file": filestore.path_of(sha256), "paper": paper}
            yield _("%(paper)s: the file %(file)s is missing or changed; bring it back from a backup.") % facts


def papers_without_copy() -> Iterator[str]:
    """One sentence for each issued paper whose final copy neither exists nor waits to be made."""
    waiting = OutboxRow.objects.filter(work=Work.FINAL_COPY).exclude(state=WorkState.DONE).values("object_id")
    issued = Directive.objects.filter(state=DirectiveState.ISSUED).exclude(pk__in=waiting)
    for directive in issued.exclude(copies__kind=CopyKind.FINAL).order_by("pk"):
        yield _("%(paper)s: the final copy was never made.") % {"paper": directive}


def gaps_of_the_register() -> Iterator[str]:
    """One sentence for each series of our own in which a number is missing."""
    lines = RegisterEntry.objects.filter(series__mode=SeriesMode.OWN).order_by()
    counted = lines.values("series").annotate(
        first=Min("number"), last=Max("number"), found=Count("number", distinct=True)
    )
    for row in counted.filter(found__lt=F("last") - F("first") + 1):
        series = NumberSeries.objects.get(pk=row["series"])
        missing = row["last"] - row["first"] + 1 - row["found"]
        facts = {"series": series, "missing": missing, "first": row["first"], "last": row["last"]}
        yield _("%(series)s: %(missing)s numbers are missing from %(first)s to %(last)s.") % facts
