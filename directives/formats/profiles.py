"""The names of the format profiles."""

PROFILE_NAMES = ("HD36", "HD05")
