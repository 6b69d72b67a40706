"""Which parts of head and foot the types usually have (format.md 2.3): what a drafter is asked first, never a rule."""

AUTHOR_LINE = frozenset({"NQ", "CT", "KL", "TB", "QC", "QĐi", "CTr", "BC"})
MEETING_NOTE = frozenset({"KL", "TB"})
ADDRESSEES = frozenset({"CV", "TTr", "GM", "PC", "PG", "TCg"})
GROUNDS = frozenset({"NQ", "QĐ", "QĐi", "QC"})
DISSEMINATION = frozenset({"NQ", "CT", "KL", "QĐi", "TT", "CTr"})
SECOND_SIGNATURE = frozenset({"BB"})
