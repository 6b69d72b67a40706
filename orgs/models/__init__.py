"""People, bodies, posts, terms, groups, authority, history."""

from orgs.models.event import Event
from orgs.models.group import GroupKind, GroupMember, RecipientGroup
from orgs.models.organization import Organization, OrganizationKind, OrganizationVersion
from orgs.models.person import Person
from orgs.models.post import Authority, Post, Role, SigningForm
from orgs.models.sign_in import SignInFailure
from orgs.models.term import Term

__all__ = [
    "Authority",
    "Event",
    "GroupKind",
    "GroupMember",
    "Organization",
    "OrganizationKind",
    "OrganizationVersion",
    "Person",
    "Post",
    "RecipientGroup",
    "Role",
    "SignInFailure",
    "SigningForm",
    "Term",
]
