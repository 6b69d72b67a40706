"""A trial or a developer's machine, on the loopback address only."""

from config.settings.base import *
from config.settings.base import ROOT
from config.settings.environment import broker_from, database_from, kept_secret_key, of_running_trial, text

# A key of nobody's is enough for commands before the first start; pages are only served with the kept one.
SECRET_KEY = text("SECRET_KEY", kept_secret_key(ROOT) or "no page is served with this key")
ALLOWED_HOSTS = ["127.0.0.1", "localhost"]
DATABASES = {"default": database_from(text("DATABASE_URL", of_running_trial(ROOT, "DATABASE_URL")))}
REDIS_URL = text("REDIS_URL", of_running_trial(ROOT, "REDIS_URL"))
BROKER_URL = broker_from(REDIS_URL)
SITE_URL = text("SITE_URL", of_running_trial(ROOT, "SITE_URL") or "http://127.0.0.1:8000")
