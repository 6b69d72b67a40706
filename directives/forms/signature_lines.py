"""A signature block in two boxes: its lines, one each, and the name beneath them."""

from __future__ import annotations

from collections.abc import Iterable

from directives.document import Signature, SignatureLine
from directives.document_parts import SignatureRole

_FORMS = ("T/M ", "K/T ", "T/L ")
_CONNECTOR = "kiêm"


def write_signature(signature: Signature | None) -> tuple[str, str]:
    """The lines and the name as the boxes show them."""
    if signature is None:
        return "", ""
    return "\n".join(line.text for line in signature.lines), signature.signer or ""


def read_signature(lines: str, signer: str, before: Signature | None) -> Signature | None:
    """Read the boxes; what came back as it was shown stays, two empty boxes are no signature."""
    typed = [line.strip() for line in lines.splitlines() if line.strip()]
    shown, name = write_signature(before)
    if typed == [line.strip() for line in shown.splitlines() if line.strip()] and signer.strip() == name.strip():
        return before
    if not typed and not signer.strip():
        return None
    known = before.lines if before else ()
    return Signature(tuple(_line(text, known) for text in typed), signer.strip() or None)


def _line(text: str, known: Iterable[SignatureLine]) -> SignatureLine:
    """The line with its part: the one it had, else what its words say."""
    return next((line for line in known if line.text == text), SignatureLine(text, _role(text)))


def _role(text: str) -> SignatureRole:
    if text.startswith(_FORMS):
        return "authority"
    return "connector" if text.lower() == _CONNECTOR else "position"
