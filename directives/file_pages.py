"""The pages of one PDF among those of another."""

from __future__ import annotations

from io import BytesIO

import pikepdf


def with_pages(whole: bytes, added: bytes, *, after: int) -> bytes:
    """Return a PDF with the pages of the second behind so many of the first; the same two give the same bytes."""
    written = BytesIO()
    with pikepdf.open(BytesIO(whole)) as into, pikepdf.open(BytesIO(added)) as source:
        for place, page in enumerate(source.pages, start=after):
            into.pages.insert(place, page)
        into.save(written, deterministic_id=True)
    return written.getvalue()
