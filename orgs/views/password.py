"""Change one's own password."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.forms import PasswordChangeForm
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from orgs.requests import MemberRequest


@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def change_password(request: MemberRequest) -> HttpResponse:
    """Ask for the old and the new password; every other session of this person ends."""
    form = PasswordChangeForm(request.user, request.POST or None)
    form.use_required_attribute = False
    form.label_suffix = ""
    if request.method == "POST" and form.is_valid():
        form.save()
        update_session_auth_hash(request, request.user)
        messages.success(request, _("The password is changed."))
        return redirect("my_work")
    status = 400 if form.is_bound else 200
    return render(request, "orgs/change_password.html", {"form": form}, status=status)
