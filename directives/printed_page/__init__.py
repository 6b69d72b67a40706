"""What stands on the printed page of a directive, part by part: words, marks and styles, no sizes."""

from directives.document import Document
from directives.formats import Profile
from directives.printed_page.annexes import annexes_of
from directives.printed_page.body import body_of
from directives.printed_page.foot import copy_foot_of, foot_of, marked
from directives.printed_page.head import author_of, copy_head_of, head_of
from directives.printed_page.parts import PrintedAnnex, PrintedCopy, PrintedPage
from directives.printed_page.variant import Print, Variant

__all__ = ["Print", "PrintedAnnex", "PrintedPage", "Variant", "printed_page"]

_PETITION = "TTr"
_WATERMARK = "DỰ THẢO"


def printed_page(document: Document, profile: Profile, made_for: Print) -> PrintedPage:
    """Lay out the words of a directive as this edition of the format prints them."""
    kind = document.document_type
    subject = document.subject.printed
    head = head_of(document, profile, made_for)
    names = (kind.name, head.number, " ".join(subject.split()))
    copy = document.certified_copy
    return PrintedPage(
        name=" - ".join(name for name in names if name.strip()),
        author=author_of((document.issuer, *document.co_issuers)),
        created="" if made_for.is_open or document.date is None else document.date.isoformat(),
        head=head,
        type_name="" if kind.is_letter else kind.name.upper(),
        author_line=document.author_line or "",
        subject="" if kind.is_letter else subject,
        meeting_note=document.meeting_note or "",
        subject_rule=profile.subject_rule,
        addressees_label=profile.petition_label if document.type == _PETITION else profile.addressees_label,
        addressees=marked([addressee.text for addressee in document.addressees], profile, profile.addressees_separator),
        blocks=() if document.text_file else body_of(document, profile),
        distribution_label=profile.distribution_label,
        foot=foot_of(document, profile),
        contact=document.contact or "",
        annexes=tuple(annexes_of(document, head.number, profile, day_blank=made_for.is_open)),
        copy=None if copy is None else PrintedCopy(copy_head_of(copy, profile), copy_foot_of(copy, profile)),
        watermark=_WATERMARK if made_for.variant is Variant.DRAFT and made_for.on_screen else "",
    )
