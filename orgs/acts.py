"""What an administrator may do, by the name that an event keeps; the label is what the page says."""

from __future__ import annotations

from django.db import models
from django.utils.translation import pgettext_lazy

ENTERED_FROM_FILE = "body_entered"
"""How an event names a body that came with the file of bodies, by nobody's press."""


class Act(models.TextChoices):
    """One thing that is done to a body, its people, groups, terms or signers."""

    ENTER_BODY = "enter_body", pgettext_lazy("act", "Enter a body below this one")
    RENAME_BODY = "rename_body", pgettext_lazy("act", "New names from a day")
    END_BODY = "end_body", pgettext_lazy("act", "The body ends")
    GIVE_POST = "give_post", pgettext_lazy("act", "Give a post")
    END_POST = "end_post", pgettext_lazy("act", "End the post")
    OPEN_ACCOUNT = "open_account", pgettext_lazy("act", "New account")
    NEW_PASSWORD = "new_password", pgettext_lazy("act", "New one-time password")
    CLOSE_ACCOUNT = "close_account", pgettext_lazy("act", "Close the account")
    REOPEN_ACCOUNT = "reopen_account", pgettext_lazy("act", "Open the account again")
    MAKE_GROUP = "make_group", pgettext_lazy("act", "New group of recipients")
    ADD_MEMBER = "add_member", pgettext_lazy("act", "Add to the group")
    END_MEMBER = "end_member", pgettext_lazy("act", "Take out of the group")
    BEGIN_TERM = "begin_term", pgettext_lazy("act", "A term begins")
    END_TERM = "end_term", pgettext_lazy("act", "The term ends")
    GIVE_AUTHORITY = "give_authority", pgettext_lazy("act", "Give authority to sign")
    SUBSTITUTE = "substitute", pgettext_lazy("act", "Name a substitute")
    END_AUTHORITY = "end_authority", pgettext_lazy("act", "End the authority")
    SET_REVIEW_ORDER = "set_review_order", pgettext_lazy("act", "Set the order of review")
    KEEP_TEMPLATE = "keep_template", pgettext_lazy("act", "Keep a template of papers")
    WITHDRAW_TEMPLATE = "withdraw_template", pgettext_lazy("act", "Offer a template no longer")
