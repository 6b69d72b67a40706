"""How each style of the Word file looks in one edition of the format: its name in Word's list, sizes, places."""

from functools import partial

from directives.formats import Profile
from directives.word_styles import Style
from directives.wordfile.styles import ParagraphStyle

# What the page leaves between its parts, in points; the rule gives no distances.
_BEFORE_TYPE, _BEFORE_MARK, _BEFORE_LETTER_SUBJECT, _BEFORE_ENACTING = 18, 6, 2, 12
_STAMP_RED = "B00000"
_NOTE_PT = 10


def looks(profile: Profile) -> tuple[ParagraphStyle, ...]:
    """Return every style of the file."""
    return (*_of_the_head(profile), *_of_the_titles(profile), *_of_the_text(profile), *_of_the_foot(profile))


def _of_the_head(profile: Profile) -> tuple[ParagraphStyle, ...]:
    line = partial(ParagraphStyle, line_pt=profile.body_line_pt)
    under = partial(line, before_pt=_BEFORE_MARK)
    small = profile.letter_subject_pt
    return (
        line(Style.PARTY_TITLE, "Tiêu đề Đảng", profile.title_pt, bold=True),
        line(Style.SUPERIOR, "Cơ quan cấp trên", profile.superior_pt),
        line(Style.ISSUER, "Cơ quan ban hành", profile.issuer_pt, bold=True),
        line(Style.NUMBER, "Số và ký hiệu", profile.number_pt),
        line(Style.PLACE_DATE, "Địa danh và ngày tháng", profile.place_date_pt, italic=True),
        ParagraphStyle(
            Style.LETTER_SUBJECT,
            "Trích yếu công văn",
            small,
            line_pt=small * 1.25,
            before_pt=_BEFORE_LETTER_SUBJECT,
            italic=True,
        ),
        under(Style.URGENCY, "Mức độ khẩn", profile.urgency_pt, bold=True, color=_STAMP_RED),
        under(Style.CIRCULATION, "Phạm vi lưu hành", profile.circulation_pt, bold=True),
        under(Style.MARK, "Dự thảo", profile.draft_mark_pt, italic=True),
        line(Style.COPY_FORM, "Hình thức sao", profile.copy_form_pt, bold=True),
        line(Style.ADDRESSEE, "Kính gửi", profile.addressees_pt, align="left"),
        ParagraphStyle(Style.PAGE_NUMBER, "Số trang", profile.page_number_pt, line_pt=profile.page_number_pt * 1.107),
    )


def _of_the_titles(profile: Profile) -> tuple[ParagraphStyle, ...]:
    title = partial(ParagraphStyle, line_pt=profile.body_line_pt, keep_next=True)
    return (
        ParagraphStyle(
            Style.TYPE,
            "Tên loại văn bản",
            profile.type_pt,
            line_pt=profile.type_pt * 1.3,
            before_pt=_BEFORE_TYPE,
            bold=True,
            keep_next=True,
            outline=0,
        ),
        title(Style.AUTHOR, "Dòng cơ quan ban hành", profile.author_pt, bold=True),
        title(Style.SUBJECT, "Trích yếu", profile.subject_pt, bold=True),
        title(Style.MEETING_NOTE, "Ghi chú cuộc họp", profile.meeting_note_pt, italic=True),
        title(Style.RULE, "Gạch dưới trích yếu", profile.body_pt),
        title(Style.ANNEX_NUMBER, "Số phụ lục", profile.annex_name_pt, bold=True, outline=0),
        title(Style.ANNEX_TITLE, "Tên phụ lục", profile.annex_title_pt, bold=True),
        title(Style.ANNEX_REFERENCE, "Dòng kèm theo của phụ lục", profile.annex_reference_pt, italic=True),
    )


def _of_the_text(profile: Profile) -> tuple[ParagraphStyle, ...]:
    own_line = partial(ParagraphStyle, line_pt=profile.body_line_pt, before_pt=profile.paragraph_space_pt)
    prose = partial(own_line, align="both", first_line_mm=profile.first_line_indent_mm)
    narrow = partial(ParagraphStyle, line_pt=profile.table_narrow_line_pt, align="left")
    return (
        prose(Style.BODY, "Nội dung", profile.body_pt),
        prose(Style.ITEM, "Nội dung đánh số", profile.body_pt),
        prose(Style.HEADING, "Đề mục", profile.body_pt, bold=True, keep_next=True, outline=1),
        own_line(Style.DIVISION, "Phần chương mục", profile.body_pt, bold=True, keep_next=True, outline=1),
        prose(Style.GROUND, "Căn cứ", profile.body_pt),
        ParagraphStyle(
            Style.ENACTING,
            "Lời ban hành",
            profile.body_pt,
            line_pt=profile.body_line_pt,
            before_pt=_BEFORE_ENACTING,
            after_pt=profile.paragraph_space_pt,
            bold=True,
            keep_next=True,
        ),
        ParagraphStyle(Style.CELL, "Ô trong bảng", profile.table_pt, line_pt=profile.table_line_pt, align="left"),
        narrow(Style.CELL_NARROW, "Ô trong bảng nhiều cột", profile.table_narrow_pt),
    )


def _of_the_foot(profile: Profile) -> tuple[ParagraphStyle, ...]:
    line = partial(ParagraphStyle, line_pt=profile.body_line_pt)
    small = partial(ParagraphStyle, line_pt=profile.distribution_pt * 1.2, align="left")
    contact = partial(ParagraphStyle, line_pt=profile.contact_pt * 1.25)
    room = profile.signature_blank_lines * profile.body_line_pt
    return (
        line(Style.DISTRIBUTION_LABEL, "Nhãn Nơi nhận", profile.distribution_label_pt, align="left"),
        small(Style.DISTRIBUTION_HEADING, "Mục trong Nơi nhận", profile.distribution_pt),
        small(Style.DISTRIBUTION, "Nơi nhận", profile.distribution_pt, hanging_mm=2, right_mm=4),
        ParagraphStyle(
            Style.TYPIST,
            "Ký hiệu người đánh máy",
            profile.typist_pt,
            line_pt=profile.typist_pt * 1.25,
            before_pt=_BEFORE_MARK,
            align="left",
        ),
        line(Style.AUTHORITY, "Quyền hạn ký", profile.signature_pt, bold=True),
        line(Style.POSITION, "Chức vụ người ký", profile.signature_pt),
        line(Style.SIGNATURE_NOTE, "Ghi chú của chữ ký", profile.signature_pt, italic=True),
        line(Style.SIGNER, "Họ tên người ký", profile.signature_pt, bold=True, before_pt=room),
        contact(Style.CONTACT, "Thông tin liên hệ", profile.contact_pt, align="left"),
        contact(Style.NOTE, "Ghi chú chân trang", _NOTE_PT, italic=True),
        ParagraphStyle(Style.BLANK, "Dòng trống", 1, line_pt=1, align="left"),
    )
