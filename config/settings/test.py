"""The test suite; `script/test` gives it a database, a broker and folders that are thrown away."""

from config.settings.base import *
from config.settings.base import TEMPLATES


class Undefined(str):
    """What Django writes for an undefined template variable: a failure that names it."""

    def __contains__(self, part: object) -> bool:
        return part == "%s"

    def __mod__(self, name: object) -> str:
        raise AssertionError(f"the template uses {name!s}, which the view did not give")


SECRET_KEY = "only-for-tests"
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "testserver"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
TEMPLATES[0]["OPTIONS"]["string_if_invalid"] = Undefined("undefined")  # type: ignore[index]  # OPTIONS is typed as object
# Straight from the sources, so that a test needs no collectstatic.
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = True
# They are looked for when they are asked for, and not listed anew for each client of a test.
WHITENOISE_AUTOREFRESH = True
