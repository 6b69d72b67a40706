"""The head of the page: the bodies, the number, place and date, and the marks under them."""

from directives.certified_copy import CertifiedCopy
from directives.document import Document, Issuer
from directives.formats import Profile
from directives.formats.wording import date_text, number_text
from directives.printed_page.parts import PrintedHead, PrintedLine
from directives.printed_page.variant import Print, Variant


def head_of(document: Document, profile: Profile, made_for: Print) -> PrintedHead:
    """Return the head of a directive; bodies that issue it jointly stand side by side."""
    issuers = (document.issuer, *document.co_issuers)
    return PrintedHead(
        title=profile.party_title,
        style="party",
        superior=_joined([issuer.superior_line for issuer in issuers], profile),
        issuer=_joined([issuer.name_line for issuer in issuers], profile),
        issuer_mark=profile.issuer_mark,
        number=number_of(document, open_number=made_for.is_open),
        place_date=_place_date(document, day_blank=made_for.is_open),
        letter_subject=document.subject.printed if document.document_type.is_letter else "",
        marks=_marks(document, profile, made_for),
    )


def copy_head_of(copy: CertifiedCopy, profile: Profile) -> PrintedHead:
    """Return the head of what a certified copy adds."""
    number = copy.number
    if number is not None:
        written = number_text(number.value, number.suffix, number.symbol)
    else:
        written = number_text(None, "", f"BS/{copy.issuer.symbol}") if copy.issuer.symbol else ""
    return PrintedHead(
        title=copy.form,
        style="copy",
        superior=copy.issuer.superior_line or "",
        issuer=copy.issuer.name_line or "",
        issuer_mark=profile.issuer_mark,
        number=written,
        place_date=_place_date(copy),
    )


def number_of(document: Document, *, open_number: bool) -> str:
    """Return the number line, with room for the clerk's hand before the number is given."""
    if document.number is None and document.co_issuers:
        return _joint_number(document)
    return (document.blank_number if open_number else document.printed_number) or ""


def _joint_number(document: Document) -> str:
    """The symbols of bodies that issue jointly are joined by a hyphen (2.5)."""
    symbols = [issuer.symbol for issuer in (document.issuer, *document.co_issuers) if issuer.symbol]
    own = document.document_type.symbol
    return number_text(None, "", "/".join(part for part in (own, "-".join(symbols)) if part)) if symbols else ""


def _joined(lines: list[str | None], profile: Profile) -> str:
    return profile.joint_mark.join(dict.fromkeys(line for line in lines if line))


def _place_date(source: Document | CertifiedCopy, *, day_blank: bool = False) -> tuple[str, ...]:
    """Return place and date as two pieces between which a line may break; nothing where neither is known."""
    if source.place is None and source.date is None:
        return ()
    date = date_text(source.date, day_blank=day_blank)
    return (f"{source.place},", date) if source.place else (date,)


def _marks(document: Document, profile: Profile, made_for: Print) -> tuple[PrintedLine, ...]:
    """Return urgency, limit of circulation and draft mark in the order of their boxes (ô 10b, 11a, 11b)."""
    draft = ""
    if made_for.variant is Variant.DRAFT:
        number = made_for.draft_number
        draft = profile.draft_mark.format(number=number) if number else profile.draft_mark.split(" lần")[0]
    marks = ((document.urgency, "urgency"), (document.circulation, "circulation"), (draft, "draft-mark"))
    return tuple(PrintedLine(text, style) for text, style in marks if text)


def author_of(issuers: tuple[Issuer, ...]) -> str:
    """Return the bodies that issue, for the author that the file names."""
    return ", ".join(" ".join(issuer.name_line.split()) for issuer in issuers if issuer.name_line)
