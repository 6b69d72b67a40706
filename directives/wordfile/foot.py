"""The foot: nơi nhận and signatures, beginning on one line; a certified copy under its rule."""

from directives.formats import Profile
from directives.printed_page.parts import PrintedCopy, PrintedFoot, PrintedSignature
from directives.word_styles import Style
from directives.wordfile.head import head
from directives.wordfile.markup import element, paragraph, run, twips_of_pt
from directives.wordfile.parts import blank, line
from directives.wordfile.tables import columns

_BEFORE_FOOT_PT = 18
_AFTER_COPY_RULE_PT = 12
_LINES = {"bold": Style.AUTHORITY, "note": Style.SIGNATURE_NOTE}


def foot(below: PrintedFoot, label: str, profile: Profile) -> str:
    """Write nơi nhận on the left and the signature on the right; a second signature takes the left and comes first."""
    if not below:
        return ""
    lists = _distribution(below, label)
    beneath = (lists if below.second_signature else "", _signature(below.confirmation, profile))
    keep = any(beneath)
    left = _signature(below.second_signature, profile, keep=keep) if below.second_signature else lists
    rows = [(left, _signature(below.signature, profile, keep=keep))]
    if any(beneath):
        rows.append((_lowered(beneath[0]), _lowered(beneath[1])))
    return blank(_BEFORE_FOOT_PT) + columns((profile.left_column_mm, profile.right_column_mm), *rows)


def copy(added: PrintedCopy, label: str, profile: Profile) -> str:
    """Write what a certified copy adds, under a rule across the page."""
    eighths = round(profile.copy_rule_pt * 8)
    line_across = element("pBdr", element("bottom", val="single", sz=eighths, space=0, color="auto"))
    height = element("spacing", before=0, line=twips_of_pt(_BEFORE_FOOT_PT), lineRule="exact")
    rule = paragraph(Style.BLANK, properties=element("keepNext") + line_across + height)
    return rule + blank(_AFTER_COPY_RULE_PT) + head(added.head, profile) + foot(added.foot, label, profile)


def _distribution(below: PrintedFoot, label: str) -> str:
    written = []
    if below.distribution:
        written.append(paragraph(Style.DISTRIBUTION_LABEL, run(label, underline=True), run(":")))
    for entry in below.distribution:
        style = Style.DISTRIBUTION_HEADING if entry.style == "sub-head" else Style.DISTRIBUTION
        written.append(line(style, entry.text))
    return "".join(written) + line(Style.TYPIST, below.typist)


def _signature(signature: PrintedSignature | None, profile: Profile, *, keep: bool = False) -> str:
    """Write the lines of authority and position, room for the pen, and the name; `keep` where a row follows."""
    if signature is None:
        return ""
    kept = element("keepNext") if keep else ""
    lines = [line(_LINES.get(each.style, Style.POSITION), each.text, kept) for each in signature.lines]
    room = element("spacing", before=twips_of_pt(signature.blank_lines * profile.body_line_pt))
    none = element("spacing", before=0)
    names = [line(Style.SIGNER, name.text, kept + (none if at else room)) for at, name in enumerate(signature.names)]
    return "".join(lines + names)


def _lowered(content: str) -> str:
    return blank(_BEFORE_FOOT_PT) + content if content else ""
