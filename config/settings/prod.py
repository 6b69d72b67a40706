"""An office's server, behind a web server that speaks TLS."""

from config.settings.base import *
from config.settings.base import MIDDLEWARE
from config.settings.environment import required, words

SECRET_KEY = required("SECRET_KEY", "it signs the sessions; make one with `openssl rand -base64 48` and keep it")
# Keys of before a change: what they signed stays good until they are taken out (docs/operating.md).
SECRET_KEY_FALLBACKS = words("SECRET_KEY_FALLBACKS")
required("DATABASE_URL", "the address of PostgreSQL, postgresql://user:password@host:5432/name")
required("REDIS_URL", "the address of Redis, redis://:password@host:6379/0")
required("ALLOWED_HOSTS", "the names under which browsers reach this server, separated by commas")
required("SITE_URL", "links in mails start with it, https://...")
required("EMAIL_HOST", "the server that takes outgoing mail")
required("DEFAULT_FROM_EMAIL", "the address that mails come from")

MIDDLEWARE = ["orgs.middleware.BehindAWebServerMiddleware", *MIDDLEWARE]
SECURE_SSL_REDIRECT = True
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_HSTS_SECONDS = 365 * 24 * 3600
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
# The list that browsers are shipped with is for public sites.
SILENCED_SYSTEM_CHECKS = ["security.W021"]
SESSION_COOKIE_NAME = "__Host-session"
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_NAME = "__Host-csrf"
CSRF_COOKIE_SECURE = True
