"""The annexes of the page: their numbers and the line that says what they belong to."""

from collections.abc import Iterator

from directives.annexes import roman
from directives.document import Document
from directives.formats import Profile
from directives.formats.wording import body_in_words, slashed_date_text
from directives.printed_page.body import blocks_of
from directives.printed_page.parts import PrintedAnnex


def annexes_of(document: Document, number: str, profile: Profile, *, day_blank: bool) -> Iterator[PrintedAnnex]:
    """Yield the annexes in order; a single one carries no figure (2.9)."""
    reference = _reference(document, number, day_blank=day_blank)
    several = len(document.annexes) > 1
    for place, annex in enumerate(document.annexes, start=1):
        yield PrintedAnnex(
            name=f"{profile.annex_name} {roman(place)}" if several else profile.annex_name,
            title=annex.title,
            reference=reference,
            blocks=blocks_of(annex.body),
            landscape=annex.orientation == "landscape",
        )


def _reference(document: Document, number: str, *, day_blank: bool) -> str:
    """Say which directive the annex belongs to, as in "(kèm theo Thông báo số 12-TB/TU, ngày 05/02/2026 của ...)"."""
    named = f"kèm theo {document.document_type.name}"
    if number:
        named += f" {number[0].lower()}{number[1:]}"
    dated = f"{named}, {slashed_date_text(document.date, day_blank=day_blank)}"
    author = _author(document)
    return f"({dated} của {author})" if author else f"({dated})"


def _author(document: Document) -> str:
    """The body that decided, as the author line names it ("KẾT LUẬN CỦA BAN THƯỜNG VỤ ..."), else who issues."""
    _type, _of, decided = " ".join((document.author_line or "").split()).upper().rpartition("CỦA ")
    issuers = [issuer.name_line for issuer in (document.issuer, *document.co_issuers) if issuer.name_line]
    return " và ".join(body_in_words(line) for line in ([decided] if decided else issuers))
