"""The pages of one PDF behind those of another."""

from __future__ import annotations

from io import BytesIO

import pikepdf


def behind(first: bytes, then: bytes) -> bytes:
    """Return a PDF with the pages of both; the same two give the same bytes."""
    written = BytesIO()
    with pikepdf.open(BytesIO(first)) as whole, pikepdf.open(BytesIO(then)) as added:
        whole.pages.extend(added.pages)
        whole.save(written, deterministic_id=True)
    return written.getvalue()
