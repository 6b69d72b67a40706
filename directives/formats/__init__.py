"""The official format as dated data: editions (profiles), types of document, how numbers and dates are written."""

import datetime

from directives.formats.hd05 import HD05
from directives.formats.hd36 import HD36
from directives.formats.profile import Profile
from directives.formats.types import DOCUMENT_TYPES, DocumentType, type_named

__all__ = [
    "DOCUMENT_TYPES",
    "HD05",
    "HD36",
    "PROFILES",
    "DocumentType",
    "Profile",
    "profile_named",
    "profile_on",
    "type_named",
]

PROFILES: tuple[Profile, ...] = (HD36, HD05)


def profile_on(date: datetime.date) -> Profile:
    """Return the profile in force on a date; raise LookupError for a date before the first one (03/4/2018)."""
    for profile in PROFILES:
        if profile.valid_from <= date and (profile.valid_until is None or date <= profile.valid_until):
            return profile
    raise LookupError(f"no format profile was in force on {date.isoformat()}")


def profile_named(name: str) -> Profile:
    """Return the profile with this name; raise KeyError for a name that is not known."""
    return {profile.name: profile for profile in PROFILES}[name]
