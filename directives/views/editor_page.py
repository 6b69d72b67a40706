"""What the page of a draft tells its editor: modules, addresses, the kinds of markers, names and every word shown."""

from __future__ import annotations

from typing import Any

from django.forms.widgets import Script
from django.urls import reverse
from django.utils.translation import gettext as _
from js_asset import ImportMap, Media

from directives.annexes import ANNEX
from directives.blocks import DEEPEST_LEVEL
from directives.document import Document
from directives.markers import MARKER_KINDS
from directives.models import Directive
from orgs.clock import CLOCK
from orgs.directory import directory_of
from orgs.requests import MemberRequest

_MODULES = (
    "annexes",
    "badges",
    "blocks",
    "calendar",
    "combobox",
    "deadline",
    "facts",
    "following",
    "keeping",
    "keys",
    "lines",
    "line_row",
    "markers",
    "panel",
    "parts",
    "paste",
    "preview",
    "requests",
    "rows",
    "signing",
    "signing_in",
    "steps",
    "structure",
    "suggestions",
    "table_bar",
    "table_steps",
    "task_row",
    "task_table",
    "toolbar",
)
_IMPORTS = {
    "django-prose-editor/editor": "django_prose_editor/editor.js",
    **{f"editor/{name}": f"js/editor/{name}.js" for name in _MODULES},
}


def modules_for(request: MemberRequest) -> Media:
    """The scripts of the editor, under the nonce of this answer."""
    script = Script("js/editor/page.js", type="module")
    return Media(importmap=ImportMap(_IMPORTS), js=[script], nonce=request.csp_nonce)  # type: ignore[attr-defined]  # csp's middleware


def facts_for(request: MemberRequest, directive: Directive | None, document: Document, **more: Any) -> dict[str, Any]:
    """The facts as JSON; `more` are those of this answer."""
    return {
        "person": request.member.person.pk,
        "draft": str(directive.pk) if directive else "",
        "issuerId": str(directive.issuer_id) if directive else "",
        "kinds": MARKER_KINDS,
        "deepest": DEEPEST_LEVEL,
        "addresses": _addresses(directive),
        "names": _names(directive, document),
        "words": _words(),
        **more,
    }


def _addresses(directive: Directive | None) -> dict[str, str]:
    shared = {
        "pasted": reverse("draft_pasted"),
        "taskTable": reverse("draft_task_table"),
        "named": reverse("draft_named"),
        "bodies": reverse("draft_bodies"),
        "lines": reverse("draft_lines"),
        "preview": reverse("draft_preview"),
        "signIn": reverse("sign_in"),
    }
    if directive is None:
        own = {"self": f"{reverse('draft_new')}?bi-mat=khong", "keep": reverse("draft_keep_new")}
        return {**shared, **own, "open": "", "next": "", "paper": ""}
    routes = {"self": "edit", "keep": "draft_keep", "open": "draft_open"}
    routes |= {"next": "recipients_and_tasks", "paper": "directive"}
    return {**shared, **{name: reverse(route, args=[directive.pk]) for name, route in routes.items()}}


def _names(directive: Directive | None, document: Document) -> dict[str, str]:
    """The names of the bodies that lines and items mean, by kind and code."""
    targets = {target for block, _ancestors in document.walk() for target in block.targets}
    targets |= {target for addressee in document.addressees for target in addressee.targets}
    targets |= {target for line in document.distribution for target in line.targets}
    if directive is None or not targets:
        return {}
    directory = directory_of(directive.issuer, CLOCK.today())
    found = {f"{target.kind}:{target.code}": directory.name_of(target.kind, target.code) for target in targets}
    return {key: name for key, name in found.items() if name}


def _words() -> dict[str, str]:
    return {
        "savedAt": _("Saved at %s"),
        "notSaved": _("Not saved yet"),
        "nothingToSave": _("Nothing new to save"),
        "lostNetwork": _("The network is away. The text is kept in this browser and saved when the network is back."),
        "signedOut": _("The sign-in has ended. The text is kept in this browser; sign in to save it."),
        "wrongPassword": _("The name or the password is not right."),
        "otherPerson": _("Somebody else is signed in now. Open the page again as yourself; the text is kept here."),
        "faultAt": _("Not saved yet. %s: %s"),
        "othersHere": _("Also open: %s. Agree who writes; whoever saves second compares the two texts."),
        "newerText": _("Another text of this draft was saved meanwhile. Yours is still here."),
        "keptHere": _("This browser kept a text of %s that was not saved on the server."),
        "renumbered": _("%s items were numbered anew. Ctrl+Z takes it back."),
        "pageOf": _("Page %s of %s"),
        "making": _("The page is being made…"),
        "noPreview": _("The page cannot be shown now; it will be with the next change."),
        "takeOut": _("Take out %s"),
        "emptyText": _("The text: write here, or paste from Word. “1.” and a blank begin an item."),
        "emptyItem": _("This paragraph is empty."),
        "noDay": _("%s is no day of the calendar and is not saved. Write it as 24/11/2026."),
        "noHour": _("%s is no hour and is not saved. Write it as 07:30."),
        "noNumber": _("Not saved: write a number from %s to %s."),
        "dayMissing": _("Write the day that goes with the hour."),
        "annex": ANNEX,
        "landscape": _("pages across"),
        "untitled": _("without a title"),
        "rowsOut": _("%s assigned rows were taken out. Ctrl+Z takes them back."),
        "annexOut": _("%s was taken out. Ctrl+Z takes it back."),
        "noTaskTable": _("This is no table of tasks: it needs a head with the content and the leading unit."),
        "tableNotRead": _("The table could not be read now. Try again."),
        "tasksOpen": _("%s tasks; %s rows need a decision."),
        "tasksReady": _("%s tasks are ready."),
        "tasksTaken": _("%s tasks are in the text."),
        "rowOf": _("Row %s"),
        "acceptAll": _("Accept the whole table"),
        "leads": _("Leads: %s"),
        "coordinates": _("coordinates: %s"),
        "eachUnit": _("Each unit carries it out: %s"),
        "noTask": _("Not a task"),
        "accept": _("Accept"),
        "bodyAsked": _("Name of a body or group"),
        "dayAsked": _("Another day, as 24/11/2026"),
        "asTyped": _("Write “%s” as typed"),
        "linkTo": _("Link: %s"),
        "lineAt": _("Line %s of %s"),
        "printedLine": _("Line %s as printed"),
    }
