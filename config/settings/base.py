"""What every way of running shares. The environment is read here, once, and a wrong value stops the start."""

from datetime import timedelta
from pathlib import Path

from csp.constants import NONCE, NONE, SELF
from django.contrib.messages import constants as message_levels

from config.settings.environment import broker_from, database_from, flag, number, text, words

ROOT = Path(__file__).resolve().parents[2]

SECRET_KEY = text("SECRET_KEY", "")
DEBUG = False
ALLOWED_HOSTS = words("ALLOWED_HOSTS")
CSRF_TRUSTED_ORIGINS = words("CSRF_TRUSTED_ORIGINS")
# Links in mails start with it; a mail is built where there is no request to ask.
SITE_URL = text("SITE_URL", "http://127.0.0.1:8000")

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django_filters",
    "csp",
    "django_prose_editor",
    "orgs",
    "directives",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "orgs.middleware.PrivatePagesMiddleware",
    "orgs.middleware.MemberMiddleware",
    "orgs.middleware.TypedTextMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "orgs.middleware.OwnPasswordMiddleware",
    "directives.middleware.ReadingMiddleware",
    "directives.middleware.RefusedMiddleware",
    # The last one stands next to the view, so that sessions and readings are written outside of it.
    "orgs.middleware.ReadOnlyMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [ROOT / "templates"],
        "APP_DIRS": False,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "directives.views.rail.rail",
            ],
            "builtins": ["django.templatetags.i18n", "django.templatetags.static"],
        },
    }
]

DATABASES = {"default": database_from(text("DATABASE_URL", ""))}
REDIS_URL = text("REDIS_URL", "")
BROKER_URL = broker_from(REDIS_URL)
# How long a worker may hold work before another may take it: longer than any job may run (270 s).
OUTBOX_LEASE_SECONDS = number("OUTBOX_LEASE_SECONDS", 330)
# What printing one paper may take; a plan of thirty pages takes a second and hardly any memory.
RENDER_SECONDS = number("RENDER_SECONDS", 60)
RENDER_MEGABYTES = number("RENDER_MEGABYTES", 1024)
# The page beside a draft: texts of more blocks and cells are printed outside the web process, for so long at most.
PREVIEW_BLOCKS = number("PREVIEW_BLOCKS", 800)
PREVIEW_SECONDS = number("PREVIEW_SECONDS", 8)
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "orgs.Person"

LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", "Tiếng Việt"), ("en", "English")]
LOCALE_PATHS = [ROOT / "locale"]
TIME_ZONE = "Asia/Ho_Chi_Minh"
USE_TZ = True

STATIC_URL = "/static/"
STATICFILES_DIRS = [ROOT / "static"]
STATIC_ROOT = Path(text("STATIC_ROOT", str(ROOT / "staticfiles")))
COPY_ROOT = Path(text("COPY_ROOT", str(ROOT / "var" / "copies")))
MAIL_FOLDER = Path(text("MAIL_FOLDER", str(ROOT / "var" / "mail")))
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "config.static_files.CompressedOnce"},
}
FILE_UPLOAD_PERMISSIONS = 0o640
MESSAGE_TAGS = {message_levels.ERROR: "late"}

CSRF_FAILURE_VIEW = "directives.views.errors.form_grew_old"
LOGIN_URL = "sign_in"
LOGIN_REDIRECT_URL = "my_work"
LOGOUT_REDIRECT_URL = "sign_in"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "orgs.passwords.NotTheOneTimePassword"},
]

# A working day and no more; the sign-in view turns the length into an hour that later requests do not move.
SESSION_LIFETIME = timedelta(hours=10)
SESSION_COOKIE_AGE = int(SESSION_LIFETIME.total_seconds())
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        # The nonce is for the list of the editor's modules, which stands in its page.
        "script-src": [SELF, NONCE],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [NONE],
        # The printed page stands in a frame of our own page; its answer lifts frame-ancestors to 'self'.
        "frame-src": [SELF],
        "frame-ancestors": [NONE],
        "form-action": [SELF],
    }
}

EMAIL_HOST = text("EMAIL_HOST", "")
EMAIL_PORT = number("EMAIL_PORT", 25)
EMAIL_HOST_USER = text("EMAIL_USER", "")
EMAIL_HOST_PASSWORD = text("EMAIL_PASSWORD", "")
EMAIL_USE_TLS = flag("EMAIL_USE_TLS")
EMAIL_TIMEOUT = 20
SMTP = "django.core.mail.backends.smtp.EmailBackend"
EMAIL_BACKEND = SMTP if EMAIL_HOST else "directives.mailfolder.FolderBackend"
# The mail server's log, in which a mail in doubt is looked up.
MAIL_LOG = text("MAIL_LOG", "")
DEFAULT_FROM_EMAIL = text("DEFAULT_FROM_EMAIL", "chi-dao@localhost")
# The right half of each Message-ID; it must stay the same, or a mail sent twice is not recognised.
MAIL_DOMAIN = text("MAIL_DOMAIN", DEFAULT_FROM_EMAIL.rpartition("@")[2].rstrip(">"))

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{levelname} {name}: {message}", "style": "{"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": "INFO"},
    # Without its own handlers Django's lines go to ours and are written once.
    "loggers": {
        "django": {"handlers": [], "propagate": True},
        "weasyprint": {"level": "ERROR"},
        # It greets at every start.
        "pikepdf": {"level": "WARNING"},
        # Two lines for each job that went well hide the one that did not.
        "celery.app.trace": {"level": "WARNING"},
        "celery.worker.strategy": {"level": "WARNING"},
    },
}
