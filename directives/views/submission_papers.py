"""What goes to a signer beside the papers: the slip of one paper, and the day's list of papers for signature."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from operator import itemgetter
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from directives import rendering
from directives.models import Directive, Review
from directives.recipients import Expansion
from directives.rendering import ListedPaper, RenderingError, Said, SheetHead, SigningList, SubmissionSlip
from directives.views import waiting
from directives.views.consultation import asked_on
from directives.views.files import pdf_answer
from directives.views.paper import staff_paper
from directives.views.pressing import NOT_NOW
from directives.views.rows import reviews_of
from directives.views.task_lines import LONGEST_ITEM, task_lines
from directives.workflow import DirectiveState, ReviewState, Step
from orgs.clock import CLOCK
from orgs.models import Authority, Event, Organization
from orgs.requests import MemberRequest
from orgs.verdicts import Refused
from orgs.views.names import names_on

MOST_ITEMS = 12
"""The slip is read in a minute; the paper itself lies beside it."""


@require_safe
def submission_slip(request: MemberRequest, pk: UUID) -> HttpResponse:
    """The slip of a paper that was submitted, for the staff of the paper."""
    directive = staff_paper(request, pk)
    if directive.state == DirectiveState.DRAFT:
        reasons = [_("The paper is a draft; its slip is printed once it is submitted.")]
        return render(request, "refused.html", {"reasons": reasons, "directive": directive}, status=NOT_NOW)
    try:
        printed = rendering.submission_slip(_slip(directive))
    except RenderingError as error:
        return render(request, "refused.html", {"reasons": [error], "directive": directive}, status=NOT_NOW)
    return pdf_answer(printed, "phieu-trinh.pdf")


@require_safe
def signing_list(request: MemberRequest) -> HttpResponse:
    """The papers that wait for their signers now, as far as the member may read them."""
    body = waiting.body_of_signing_list(request.member)
    if body is None:
        raise Refused(_("This is the list of those through whose hands papers go to their signers."))
    papers = waiting.for_signature(request.member).select_related("authority__person", "drafter")
    day = CLOCK.today()
    lines = sorted(_listed(list(papers.order_by("changed_at"))), key=itemgetter(0))
    signers = tuple((signer, tuple(line for _signer, line in own)) for signer, own in groupby(lines, key=itemgetter(0)))
    try:
        printed = rendering.signing_list(SigningList(_head(body), signers))
    except RenderingError as error:
        return render(request, "refused.html", {"reasons": [error]}, status=NOT_NOW)
    return pdf_answer(printed, f"danh-muc-trinh-ky-{day:%d-%m-%Y}.pdf")


def _slip(directive: Directive) -> SubmissionSlip:
    submitted = _submissions_of([directive]).get(str(directive.pk))
    items = Expansion.of(directive, CLOCK.today()).followed_items()
    return SubmissionSlip(
        head=_head(directive.drafting_body),
        signer=_comrade(directive.authority),
        paper=f"{directive.type_name}: {directive.subject}",
        facts=tuple(_facts(directive, submitted)),
        contents=tuple(task_lines(items, most=MOST_ITEMS)),
        said=(*_reviewed(directive), *_passages(directive)),
        asked=_asked(directive),
        submitted_by=submitted.person.full_name if submitted and submitted.person else directive.drafter.full_name,
    )


def _facts(directive: Directive, submitted: Event | None) -> Iterator[tuple[str, str]]:
    names = names_on(CLOCK.today(), [directive.issuer_id, directive.drafting_body_id])
    recipients = Expansion.of(directive, CLOCK.today()).everybody()
    yield _("Issuing body"), names[directive.issuer_id]
    if joint := directive.issued_jointly_with:
        yield _("Issued jointly with"), "; ".join(each.organization.as_of(CLOCK.today()).name for each in joint)
    yield _("Drafted by"), f"{directive.drafter.full_name}, {names[directive.drafting_body_id]}"
    if urgency := directive.text.get("urgency"):
        yield _("Urgency"), urgency
    yield _("Recipients"), _("%(count)s bodies") % {"count": f"{len(recipients):02d}"}
    for asked in asked_on(directive)[:1]:
        yield _("Comments of units"), asked.words
    if submitted:
        yield _("Submitted"), f"{timezone.localtime(submitted.at):%H:%M %d/%m/%Y}"
        if reason := submitted.facts.get("reason"):
            yield _("Reason"), reason


def _reviewed(directive: Directive) -> Iterator[Said]:
    for row in reviews_of(directive):
        review = row.review
        post = f"{str(row.post).capitalize()}, {row.body}"
        if review.is_by_another and review.decided_by is not None:
            post += "; " + _("written down by %(name)s") % {"name": review.decided_by.full_name}
        yield Said(review.person.full_name, post, review.opinion or row.status.word, review.decided_at)


def _passages(directive: Directive) -> Iterator[Said]:
    """What was said of single passages, and what the drafter made of it."""
    opinions = list(directive.opinions.select_related("author"))
    names = names_on(CLOCK.today(), [opinion.organization_id for opinion in opinions])
    for opinion in opinions:
        post = f"{str(opinion.get_role_display()).capitalize()}, {names[opinion.organization_id]}"
        about = opinion.quote[:LONGEST_ITEM]
        yield Said(opinion.author.full_name, post, opinion.words, opinion.written_at, about, opinion.answer)


def _asked(directive: Directive) -> str:
    review = directive.waiting_review
    if review is not None:
        return _("%(name)s is asked for an opinion, then the signer for approval.") % {"name": review.person.full_name}
    return _("The signer is asked to read the paper and to approve it for signature.")


def _listed(papers: list[Directive]) -> Iterator[tuple[str, ListedPaper]]:
    """Signer and line of each paper, in as many questions for all as for one."""
    submitted = _submissions_of(papers)
    passed = _passed_in_the_last_submission(papers)
    names = names_on(CLOCK.today(), [paper.drafting_body_id for paper in papers])
    for paper in papers:
        line = ListedPaper(
            paper=f"{paper.type_name}: {paper.subject}",
            urgency=paper.text.get("urgency") or "",
            drafted=f"{paper.drafter.full_name}, {names[paper.drafting_body_id]}",
            submitted_at=submitted[str(paper.pk)].at if str(paper.pk) in submitted else None,
            said="\n".join(_agreed(review) for review in passed.get(paper.pk, [])),
        )
        yield _lies_before(paper), line


def _passed_in_the_last_submission(papers: list[Directive]) -> dict[UUID, list[Review]]:
    reviews = list(Review.objects.filter(directive__in=papers).select_related("person"))
    last: dict[UUID, int] = {}
    for review in reviews:
        last[review.directive_id] = max(review.submission, last.get(review.directive_id, 0))
    passed: dict[UUID, list[Review]] = {}
    for review in reviews:
        if review.state == ReviewState.PASSED and review.submission == last[review.directive_id]:
            passed.setdefault(review.directive_id, []).append(review)
    return passed


def _agreed(review: Review) -> str:
    return f"{review.person.full_name}: {review.opinion or review.get_state_display()}"


def _lies_before(directive: Directive) -> str:
    return _comrade(directive.waits_for_authority)


def _comrade(authority: Authority | None) -> str:
    if authority is None:
        return ""
    return _("Comrade %(name)s (%(lines)s)") % {
        "name": authority.person.full_name,
        "lines": authority.printed_lines,
    }


def _head(body: Organization) -> SheetHead:
    day = CLOCK.today()
    version = body.as_of(day)
    return SheetHead(version.superior_line, " ".join(version.name_line.split()), version.place, day)


def _submissions_of(papers: list[Directive]) -> dict[str, Event]:
    """The last time each of these papers was submitted, by its key as text."""
    keys = [str(paper.pk) for paper in papers]
    events = Event.objects.filter(subject_kind=Directive._meta.label_lower, subject_id__in=keys, step=Step.SUBMIT)
    # The later one comes later and stays.
    return {event.subject_id: event for event in events.select_related("person").order_by("pk")}
