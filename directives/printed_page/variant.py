"""What a print is for."""

from dataclasses import dataclass
from enum import StrEnum


class Variant(StrEnum):
    """The final copy, the print for the signer's pen, the final copy for both sides of a sheet, or a draft.

    The print for signature and the draft leave number and day blank; a draft says so in its mark.
    """

    FINAL = "final"
    PROOF = "trinh-ky"
    DUPLEX = "duplex"
    DRAFT = "draft"


@dataclass(frozen=True, slots=True)
class Print:
    """A variant with what belongs to a draft: its number, and whether it is only shown on a screen."""

    variant: Variant = Variant.FINAL
    draft_number: int | None = None
    on_screen: bool = False

    @property
    def is_open(self) -> bool:
        """Whether number and day are still to be written."""
        return self.variant in {Variant.PROOF, Variant.DRAFT}
