"""Files that people bring: looked through before anything is kept of them."""

from directives.uploads.checking import CheckedFile, checked
from directives.uploads.kinds import FileKind
from directives.uploads.names import clean_name

__all__ = ["CheckedFile", "FileKind", "checked", "clean_name"]
