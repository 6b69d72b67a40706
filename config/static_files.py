"""Where static files are kept: under names that hold their content, compressed beside them."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from whitenoise.storage import CompressedManifestStaticFilesStorage


class CompressedOnce(CompressedManifestStaticFilesStorage):  # type: ignore[misc]  # whitenoise has no types
    """Compresses what pages load, once and not at every start; the trial collects it each time and should be up soon.

    Pages load files by the names that hold their content. Maps are for who looks for a fault in the editor's script.
    """

    def compress_files(self, paths: Iterable[str]) -> Any:
        """Compress those that pages load and that are not compressed yet."""
        loaded = set(self.hashed_files.values())
        return super().compress_files(path for path in paths if path in loaded and not self._is_done(path))

    def _is_done(self, path: str) -> bool:
        return path.endswith(".map") or Path(self.path(f"{path}.br")).exists()
