"""An office's server, behind TLS."""

from config.settings.base import *
