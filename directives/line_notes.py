"""What is to be said of each line of Kính gửi and Nơi nhận: whom it reaches, and where its words say something else."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from directives.document import Addressee, DistributionLine, Document, Target
from directives.recipients import Expansion, only_informs
from orgs.directory import Directory, Match, Meaning
from orgs.models import Organization


@dataclass(frozen=True, slots=True)
class LineNote:
    """One sentence about a line, whether it asks for something to be done, and whom its words may mean besides."""

    words: str = ""
    asks: bool = False
    offers: tuple[Meaning, ...] = ()


@dataclass(frozen=True, slots=True)
class LineNotes:
    """The notes in the order of the lines, and how many the whole paper reaches."""

    addressees: tuple[LineNote, ...]
    distribution: tuple[LineNote, ...]
    reach: str


def notes_on(document: Document, issuer: Organization, day: date, directory: Directory) -> LineNotes:
    """Look at every line of the paper as it would be issued on `day`."""
    reader = _Reader(Expansion(document, issuer, day), directory)
    stands_in = not document.addressees
    return LineNotes(
        tuple(reader.note(place, line, needed=True) for place, line in enumerate(document.addressees, start=1)),
        tuple(
            LineNote()
            if line.archive or line.same_as_addressees
            else reader.note(place, line, needed=stands_in and not only_informs(line))
            for place, line in enumerate(document.distribution, start=1)
        ),
        reader.reach(),
    )


class _Reader:
    def __init__(self, expansion: Expansion, directory: Directory) -> None:
        self.expansion = expansion
        self.directory = directory

    def note(self, place: int, line: Addressee | DistributionLine, *, needed: bool) -> LineNote:
        match = self.directory.suggest(line.text)
        if line.targets:
            return self._of_targets(place, line, match)
        if needed:
            words = _("Line %(place)s says “%(text)s” but no body is linked to it yet.")
            return LineNote(words % {"place": place, "text": line.text}, asks=True, offers=match.meanings)
        return LineNote(_("Printed only; it is sent to nobody."), offers=match.meanings)

    def reach(self) -> str:
        """How many bodies get the paper, and how many people read it."""
        recipients = self.expansion.recipients()
        executing, informed, people = len(recipients.executing), len(recipients.informed), len(recipients.people)
        if not executing + informed:
            return _("Nobody gets this paper yet.")
        words = _sent_to(executing + informed).capitalize()
        if executing and informed:
            words = _("%(all)s: %(executing)s carry it out, %(informed)s are informed") % {
                "all": words,
                "executing": executing,
                "informed": informed,
            }
        return "; ".join([words, _read_by(people)] if people else [words]) + "."

    def _of_targets(self, place: int, line: Addressee | DistributionLine, match: Match) -> LineNote:
        linked = {(target.kind, target.code) for target in line.targets}
        meant = {(meaning.kind, meaning.code) for meaning in match.meanings}
        if match.certain and meant != linked:
            words = _("Line %(place)s says “%(text)s” but is linked to %(names)s.")
            facts = {"place": place, "text": line.text, "names": ", ".join(self._names(line.targets))}
            missing = tuple(each for each in match.meanings if (each.kind, each.code) not in linked)
            return LineNote(words % facts, asks=True, offers=missing)
        bodies, people = len(self.expansion.bodies(line.targets)), len(self.expansion.people(line.targets))
        if not bodies + people:
            return LineNote(_("Line %(place)s reaches nobody today.") % {"place": place}, asks=True)
        told = [words for count, words in ((bodies, _sent_to(bodies)), (people, _read_by(people))) if count]
        return LineNote("; ".join(told).capitalize() + ".")

    def _names(self, targets: Iterable[Target]) -> list[str]:
        return [self.directory.name_of(target.kind, target.code) or target.code for target in targets]


def _sent_to(bodies: int) -> str:
    return ngettext("sent to %(number)s body", "sent to %(number)s bodies", bodies) % {"number": bodies}


def _read_by(people: int) -> str:
    return ngettext("%(number)s person reads it", "%(number)s people read it", people) % {"number": people}
