"""The paper on the screen: the words and their places as they are printed, in the browser's own serif."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse

from directives.document import Document
from directives.formats import profile_named
from directives.models import CopyKind, Directive, IssuedCopy
from directives.models.directive import READING_ROLES
from directives.page_image import SHARP_DPI
from directives.printed_page import Print, PrintedPage, Variant, printed_page
from orgs.clock import CLOCK
from orgs.member import Member
from orgs.requests import MemberRequest

TEXT, PAGES = "chu", "trang"


@dataclass(frozen=True, slots=True)
class PageImage:
    """One page of the newest file as an image, and the same page in twice the size."""

    number: int
    address: str

    @property
    def large(self) -> str:
        """Where the page stands in twice the size."""
        return f"{self.address}?dpi={SHARP_DPI}"


@dataclass(frozen=True, slots=True)
class Paper:
    """What the sheet shows, and the files of this paper that the member may open.

    `images` are the pages of the file that counts most; none while there is no file.
    """

    page: PrintedPage
    copies: list[IssuedCopy]
    images: list[PageImage]


def paper_of(directive: Directive, member: Member) -> Paper:
    """The paper as it stands; before its number the places of number and day are blank."""
    document: Document = directive.document(CLOCK.today())
    profile = profile_named(document.profile)
    variant = Variant.PROOF if directive.number is None else Variant.FINAL
    copies = copies_open_to(directive, member)
    images = _images(directive, copies)
    if not images and is_staff(directive, member):
        images = _images_of_the_text(directive)
    return Paper(printed_page(document, profile, Print(variant)), copies, images)


def shows_pages(paper: Paper, asked: str, *, staff: bool) -> bool:
    """Whether the pages are shown and not the text: as asked; else to the issuer's staff, to units the text first."""
    if not paper.images or asked == TEXT:
        return False
    return asked == PAGES or staff


def _images(directive: Directive, copies: list[IssuedCopy]) -> list[PageImage]:
    by_kind = {copy.kind: copy for copy in copies}
    copy = next((by_kind[kind] for kind in (CopyKind.FINAL, CopyKind.SCAN, CopyKind.PROOF) if kind in by_kind), None)
    if copy is None:
        return []
    return _pages(directive, copy.sha256, copy.pages)


def _images_of_the_text(directive: Directive) -> list[PageImage]:
    """The pages of a PDF that is the text, while there is no file made of it."""
    file = directive.text_file
    return _pages(directive, file.sha256, file.pages) if file else []


def _pages(directive: Directive, sha256: str, pages: int | None) -> list[PageImage]:
    numbers = range(1, (pages or 0) + 1)
    return [PageImage(n, reverse("page_image", args=[directive.pk, sha256, n])) for n in numbers]


def copies_open_to(directive: Directive, member: Member) -> list[IssuedCopy]:
    """The newest file of each kind; units see the official copy only, and only once it has been issued."""
    newest = {copy.kind: copy for copy in directive.approved_copies}
    kinds = list(CopyKind) if is_staff(directive, member) else [CopyKind.FINAL]
    if directive.number is not None and CopyKind.FINAL in newest:
        kinds = [kind for kind in kinds if kind != CopyKind.PROOF]
    return [newest[kind] for kind in kinds if kind in newest]


def staff_paper(request: MemberRequest, pk: UUID) -> Directive:
    """The paper for a page that only the staff of its issuer or drafting body has; raises Http404 for anybody else."""
    directive = get_object_or_404(Directive.objects.visible_to(request.member), pk=pk)
    if not is_staff(directive, request.member):
        raise Http404
    return directive


def is_staff(directive: Directive, member: Member) -> bool:
    """Whether the member holds a post that reads papers in a body that issues or drafts this one."""
    return bool(directive.bodies & member.organizations_as(*READING_ROLES))
