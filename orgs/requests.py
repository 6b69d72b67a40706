"""What a view gets once the middleware has seen who asks."""

from __future__ import annotations

from django.http import HttpRequest

from orgs.member import Member
from orgs.models import Person


class MemberRequest(HttpRequest):
    """A request of somebody who is signed in, with the posts that this person holds today."""

    user: Person
    member: Member
