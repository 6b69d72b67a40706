"""A trial or a developer's machine, on the loopback address only."""

from config.settings.base import *
