"""What stands below the body: nơi nhận, typist and copies, signatures."""

from collections.abc import Iterable

from directives.certified_copy import CertifiedCopy
from directives.document import DistributionLine, Document, Issuer, Signature
from directives.formats import Profile
from directives.printed_page.parts import PrintedFoot, PrintedLine, PrintedSignature

_LIST_MARKS = (",", ";", ".")


def foot_of(document: Document, profile: Profile) -> PrintedFoot:
    """Return the foot of a directive."""
    second_issuer = document.co_issuers[0] if document.co_issuers else document.issuer
    return PrintedFoot(
        distribution=_distribution(document.distribution_heading, document.distribution, profile),
        typist=_typist(document),
        signature=_signature(document.signature, document.issuer, profile, "signature"),
        second_signature=_signature(document.second_signature, second_issuer, profile, "second-signature"),
        confirmation=_signature(document.confirmation, document.issuer, profile, "confirmation"),
    )


def copy_foot_of(copy: CertifiedCopy, profile: Profile) -> PrintedFoot:
    """Return the foot of what a certified copy adds."""
    return PrintedFoot(
        distribution=_distribution(None, copy.distribution, profile),
        signature=_signature(copy.signature, copy.issuer, profile, "copy-signature"),
    )


def marked(entries: list[str], profile: Profile, separator: str) -> tuple[str, ...]:
    """Give each entry of a list its end mark; an entry that brings its own keeps it."""
    return tuple(
        entry if entry.endswith(_LIST_MARKS) else entry + profile.separator_after(place, len(entries), separator)
        for place, entry in enumerate(entries)
    )


def _distribution(
    heading: str | None, lines: tuple[DistributionLine, ...], profile: Profile
) -> tuple[PrintedLine, ...]:
    """Print each line after a hyphen, and each sub-head above the line with which it begins."""
    entries = marked([line.printed for line in lines], profile, profile.distribution_separator)
    printed = [PrintedLine(heading, "sub-head")] if heading else []
    for line, entry in zip(lines, entries, strict=True):
        if line.heading:
            printed.append(PrintedLine(line.heading, "sub-head"))
        printed.append(PrintedLine(f"- {entry}", "entry"))
    return tuple(printed)


def _typist(document: Document) -> str:
    """Print the typist's code and the number of copies as one, as in "ABC-268" (ô 12)."""
    parts = (document.typist, str(document.copies) if document.copies else None)
    return "-".join(part for part in parts if part).upper()


def _signature(signature: Signature | None, issuer: Issuer, profile: Profile, key: str) -> PrintedSignature | None:
    if signature is None:
        return None
    gap = issuer.signature_blank_lines or profile.signature_blank_lines
    return PrintedSignature(tuple(_lines(signature)), _names(signature), gap, key)


def _lines(signature: Signature) -> Iterable[PrintedLine]:
    """Print authority in bold, the position beneath it upright, a position without authority in bold (ô 7a, 7b)."""
    under_authority = False
    for line in signature.lines:
        if line.role == "name":
            continue
        bold = line.role == "authority" or (line.role == "position" and not under_authority)
        under_authority = under_authority or line.role == "authority"
        yield PrintedLine(line.text, "bold" if bold else line.role)


def _names(signature: Signature) -> tuple[PrintedLine, ...]:
    named: Iterable[str] = [line.text for line in signature.lines if line.role == "name"]
    return tuple(PrintedLine(name, "bold") for name in named or [signature.signer or ""] if name)
