"""Sign in and sign out."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.contrib.auth import authenticate, login, logout
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.crypto import salted_hmac
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from orgs.clock import CLOCK
from orgs.forms import SignInForm
from orgs.throttle import folded, forget_failures, minutes_to_wait, note_failure

KNOWN_BROWSER = "known_browser"
KNOWN_FOR_SECONDS = 180 * 24 * 3600
LAST_VISIT = "last_visit"


@login_not_required
@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """Ask for name and password; the same words for an unknown name and a wrong password."""
    if request.user.is_authenticated:
        return redirect(settings.LOGIN_REDIRECT_URL)
    if request.method != "POST":
        return _page(request, SignInForm(initial={"next": request.GET.get("next", "")}))
    form = SignInForm(request.POST)
    if not form.is_valid():
        return _page(request, form, status=400)
    return _try(request, form)


@login_not_required
@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session and have the browser forget what it kept of the pages."""
    logout(request)
    response = redirect(settings.LOGOUT_REDIRECT_URL)
    # Not "cookies": the mark of a known browser protects the person from being locked out by others.
    response["Clear-Site-Data"] = '"cache", "storage"'
    return response


def last_visit(request: HttpRequest) -> datetime | None:
    """When this person signed in the time before; None at the first time."""
    written = request.session.get(LAST_VISIT)
    return datetime.fromisoformat(written) if written else None


def _try(request: HttpRequest, form: SignInForm) -> HttpResponse:
    username, address = form.cleaned_data["username"], request.META.get("REMOTE_ADDR", "")
    now = CLOCK.now()
    minutes = minutes_to_wait(username, address, known_browser=_is_known(request, username), now=now)
    if minutes:
        form.add_error(None, _pause_words(minutes))
        return _page(request, form, status=429)
    # A name that is not known costs the same time: Django's backend hashes the password all the same.
    person = authenticate(request, username=username.strip(), password=form.cleaned_data["password"])
    if person is None:
        note_failure(username, address, now=now)
        form.add_error(None, _("The sign-in name or the password is not right. Look at Caps Lock and try again."))
        return _page(request, form, status=403)
    before = person.last_login
    login(request, person)
    if before is not None:
        request.session[LAST_VISIT] = before.isoformat()
    forget_failures(username, address)
    # An hour that later requests do not move: the working day ends.
    request.session.set_expiry(now + settings.SESSION_LIFETIME)
    response = redirect(_next(request, form.cleaned_data["next"]))
    response.set_signed_cookie(
        KNOWN_BROWSER,
        _mark_of(username),
        max_age=KNOWN_FOR_SECONDS,
        httponly=True,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )
    return response


def _is_known(request: HttpRequest, username: str) -> bool:
    mark = request.get_signed_cookie(KNOWN_BROWSER, default=None, max_age=KNOWN_FOR_SECONDS)
    return bool(mark == _mark_of(username))


def _mark_of(username: str) -> str:
    """A cookie holds ASCII only, and says nobody's name."""
    return salted_hmac(KNOWN_BROWSER, folded(username)).hexdigest()


def _pause_words(minutes: int) -> str:
    words = ngettext(
        "Too many attempts with this name. Try again in %(minutes)s minute.",
        "Too many attempts with this name. Try again in %(minutes)s minutes.",
        minutes,
    )
    return words % {"minutes": minutes}


def _next(request: HttpRequest, asked: str) -> str:
    own = url_has_allowed_host_and_scheme(asked, {request.get_host()}, require_https=request.is_secure())
    return asked if asked and own else settings.LOGIN_REDIRECT_URL


def _page(request: HttpRequest, form: SignInForm, *, status: int = 200) -> HttpResponse:
    return render(request, "orgs/sign_in.html", {"form": form}, status=status)
