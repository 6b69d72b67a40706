"""Accounts in bulk: rows of a list are checked together, and become people with posts all at once or not at all."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import count

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from orgs.accounts_file import COLUMNS, Row
from orgs.clock import Clock
from orgs.models import Event, Organization, Person, Post, Role
from orgs.passwords import one_time_password
from orgs.vietnamese import fold

_USERNAME = re.compile(r"[a-z0-9][a-z0-9._-]{2,63}")
_PHONE = re.compile(r"\+?[0-9][0-9 .()-]{5,30}")
_FIELDS = {one.name: one for one in Person._meta.fields if one.name in {"full_name", "email"}}
_WAYS_TO_WRITE_A_DAY = ("%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y", "%Y-%m-%d")


class RowsRefused(Exception):
    """Some rows cannot become accounts; `faults` holds one sentence for each, with the number of its row."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__("\n".join(faults))
        self.faults = faults


@dataclass(frozen=True, slots=True)
class NewPost:
    """A post that a row asks for."""

    organization: Organization
    role: Role
    title: str
    starts_on: date


@dataclass(slots=True)
class NewAccount:
    """A person who does not exist yet, with the posts of all rows of this sign-in name and the one-time password."""

    username: str
    full_name: str
    email: str
    phone: str
    posts: list[NewPost] = field(default_factory=list)
    password: str = field(default_factory=one_time_password, repr=False)


def checked(rows: Iterable[Row], *, today: date) -> list[NewAccount]:
    """The accounts that these rows ask for, in their order; raises RowsRefused with the faults of all rows."""
    checking = _Checking(today)
    for row in rows:
        checking.look_at(row)
    if checking.faults:
        raise RowsRefused(checking.faults)
    checking.name_the_nameless()
    return checking.accounts


@transaction.atomic
def make(accounts: Iterable[NewAccount], *, clock: Clock) -> None:
    """Make the people and their posts, and write each into the history."""
    now = clock.now()
    for account in accounts:
        person = Person.objects.create_with_one_time_password(
            account.username, account.full_name, account.password, email=account.email, phone=account.phone
        )
        Event.record(person, "account_made", at=now, username=account.username)
        for post in account.posts:
            _give(person, post, now)


def _give(person: Person, post: NewPost, now: datetime) -> None:
    given = Post.objects.create(
        person=person,
        organization=post.organization,
        role=post.role,
        title=post.title,
        starts_on=post.starts_on,
    )
    Event.record(given, "post_given", at=now, role=post.role, organization=post.organization.code)


class _Checking:
    """Goes through the rows and keeps what it found."""

    def __init__(self, today: date) -> None:
        self.accounts: list[NewAccount] = []
        self.faults: list[str] = []
        self._today = today
        self._bodies = {body.code: body for body in Organization.objects.active_on(today)}
        self._roles = {str(name).casefold(): role for role in Role for name in (role.value, role.label)}
        self._taken = {name.casefold() for name in Person.objects.values_list("username", flat=True)}
        self._by_name: dict[str, NewAccount] = {}
        self._held = {
            (" ".join(name.split()), body, role)
            for name, body, role in Post.objects.on(today).values_list(
                "person__full_name", "organization__code", "role"
            )
        }

    def look_at(self, row: Row) -> None:
        """Add the account or the post of one row, or its faults."""
        found = len(self.faults)
        for head in row.formulas:
            self._fault(row, head, _("a formula is not taken; write the value itself"))
        post = self._post(row)
        account = self._account(row)
        if post is None or len(self.faults) > found:
            return
        if any((one.organization, one.role) == (post.organization, post.role) for one in account.posts):
            self._fault(row, COLUMNS["role"], _("the same post stands in an earlier row"))
            return
        account.posts.append(post)
        if len(account.posts) == 1:
            self.accounts.append(account)

    def name_the_nameless(self) -> None:
        """Make a sign-in name for everybody without one: "Nguyễn Văn An" becomes annv, the next one annv2."""
        taken = self._taken | set(self._by_name)
        for account in self.accounts:
            if account.username:
                continue
            stem = _stem(account.full_name)
            account.username = next(
                name for name in (f"{stem}{n if n > 1 else ''}" for n in count(1)) if name not in taken
            )
            taken.add(account.username)

    def _account(self, row: Row) -> NewAccount:
        """The account of the row: an earlier one of the same sign-in name, or a new one."""
        username = row.text("username").lower()
        known = self._by_name.get(username)
        full_name = row.text("full_name")
        if known is not None:
            if known.full_name != full_name:
                self._fault(row, COLUMNS["full_name"], _("an earlier row gives this sign-in name to somebody else"))
            return known
        account = NewAccount(username, full_name, row.text("email"), row.text("phone"))
        self._check_person(row, account)
        if username:
            self._by_name[username] = account
        return account

    def _check_person(self, row: Row, account: NewAccount) -> None:
        username = account.username
        if username and not _USERNAME.fullmatch(username):
            words = _("write it with 3 to 64 small letters without accents, digits, full stops, - and _")
            self._fault(row, COLUMNS["username"], words)
        if username in self._taken:
            self._fault(row, COLUMNS["username"], _("“%s” exists already") % username)
        if account.phone and not _PHONE.fullmatch(account.phone):
            self._fault(row, COLUMNS["phone"], _("“%s” is not a telephone number") % account.phone)
        for key in _FIELDS:
            try:
                _FIELDS[key].clean(getattr(account, key), None)
            except ValidationError as error:
                self._fault(row, COLUMNS[key], " ".join(error.messages))

    def _post(self, row: Row) -> NewPost | None:
        body = self._bodies.get(row.text("organization"))
        if body is None:
            self._fault(row, COLUMNS["organization"], _("there is no body “%s”") % row.text("organization"))
        role = self._roles.get(row.text("role").casefold())
        if role is None:
            names = ", ".join(str(one.label) for one in Role)
            facts = {"role": row.text("role"), "roles": names}
            self._fault(row, COLUMNS["role"], _("“%(role)s” is not one of: %(roles)s") % facts)
        starts_on = self._day(row)
        if len(row.text("title")) > 120:
            self._fault(row, COLUMNS["title"], _("at most 120 letters"))
        if body is None or role is None or starts_on is None:
            return None
        if (row.text("full_name"), body.code, role) in self._held:
            self._fault(row, COLUMNS["full_name"], _("a person of this name holds this post already"))
        return NewPost(body, role, row.text("title"), starts_on)

    def _day(self, row: Row) -> date | None:
        """The day of the row; today where it is empty."""
        written = row.cells.get("starts_on", "")
        if isinstance(written, date):
            return written
        if not written.strip():
            return self._today
        for way in _WAYS_TO_WRITE_A_DAY:
            try:
                return datetime.strptime(written.strip(), way).date()
            except ValueError:
                continue
        self._fault(row, COLUMNS["starts_on"], _("“%s” is not a day; write it like 01/12/2026") % written.strip())
        return None

    def _fault(self, row: Row, head: str, words: str) -> None:
        # Django's own sentences end with a full stop.
        facts = {"row": row.number, "column": head, "fault": words.rstrip(".")}
        self.faults.append(_("Row %(row)s, %(column)s: %(fault)s.") % facts)


def _stem(full_name: str) -> str:
    """The given name and the first letters of the others, without accents."""
    words = [re.sub(r"[^a-z0-9]", "", fold(word)) for word in full_name.split()]
    *others, given = [word for word in words if word] or ["nguoi"]
    return (given + "".join(word[0] for word in others))[:48].ljust(3, "0")
