"""Where static files are kept: under names that hold their content, compressed beside them."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from whitenoise.storage import CompressedManifestStaticFilesStorage


class CompressedOnce(CompressedManifestStaticFilesStorage):  # type: ignore[misc]  # whitenoise has no types
    """Compresses a file once and not at every start; the trial collects them each time and should be up in seconds."""

    def compress_files(self, paths: Iterable[str]) -> Any:
        """Compress those that are not compressed yet, or were changed since."""
        hashed = set(self.hashed_files.values())
        fresh = [path for path in paths if not self._is_compressed(path, named_by_content=path in hashed)]
        return super().compress_files(fresh)

    def _is_compressed(self, path: str, *, named_by_content: bool) -> bool:
        made_from, compressed = Path(self.path(path)), Path(self.path(f"{path}.br"))
        if not compressed.exists():
            return False
        # A compressed file is given the time of the file it was made from.
        return named_by_content or compressed.stat().st_mtime == made_from.stat().st_mtime
