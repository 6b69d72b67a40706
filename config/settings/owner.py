"""An office's server as the owner of its tables: for `migrate` and `grant_rights`, and nothing else."""

from config.settings.environment import database_from, required
from config.settings.prod import *

_OWNER = database_from(required("OWNER_DATABASE_URL", "the owner of the tables, postgresql://owner:password@host/name"))
# No statement_timeout: a new index over many years of papers takes as long as it takes.
DATABASES = {"default": _OWNER | {"OPTIONS": {"options": "-c lock_timeout=5000"}}}
