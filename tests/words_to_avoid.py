"""Words that the program never says, and why (words of the office; its glossary is docs/glossary.md).

Only words that are wrong in every sentence of the program stand here; `right_in` holds the phrases that are right.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Avoided:
    """Words with one reason against them."""

    words: tuple[str, ...]
    reason: str
    right_in: tuple[str, ...] = ()


AVOIDED = (
    Avoided(("bạn",), "a comrade is addressed as đồng chí"),
    Avoided(("tác giả", "người tạo", "creator"), "người soạn thảo", ("tác giả (cơ quan ban hành)",)),
    Avoided(("sếp", "manager"), "lãnh đạo phòng, Văn phòng, đơn vị"),
    Avoided(("người kiểm duyệt", "kiểm tra viên", "moderator"), "người thẩm định"),
    Avoided(("phê duyệt", "người duyệt", "approver"), "duyệt ký; the person is người ký"),
    Avoided(("ủy nhiệm", "ủy quyền", "thừa ủy quyền", "tuq", "delegate"), "phân công thay; only T/M, K/T, T/L, Q."),
    Avoided(("đăng nhập hộ", "giả danh"), "cập nhật thay đồng chí …"),
    Avoided(("nhân viên", "admin", "superuser", "quản trị viên"), "văn thư, chuyên viên; quản trị hệ thống"),
    Avoided(("giám sát viên", "người giám sát", "điều phối viên"), "chuyên viên theo dõi"),
    Avoided(("người phụ trách",), "that is the responsible leader; the contact is đầu mối của đơn vị"),
    Avoided(("thanh tra", "kiểm toán", "auditor"), "kiểm tra, giám sát is the Party's work"),
    Avoided(("nhà phát hành", "nguồn gửi"), "cơ quan ban hành"),
    Avoided(("đơn vị con", "khách", "người dùng", "người sử dụng", "đối tác"), "cơ quan, đơn vị; đồng chí"),
    Avoided(("giải tán", "xóa đơn vị"), "kết thúc hoạt động; giải tán is a disciplinary measure"),
    Avoided(("mệnh lệnh",), "văn bản chỉ đạo"),
    Avoided(("bản nháp", "nháp", "phiên bản", "version"), "dự thảo, dự thảo lần 2"),
    Avoided(("tiêu đề", "chủ đề", "tên văn bản"), "trích yếu; tiêu đề is ĐẢNG CỘNG SẢN VIỆT NAM in the rule"),
    Avoided(("mã văn bản", "mã tiếp nhận", "mã hồ sơ", "id"), "số và ký hiệu, số đến"),
    Avoided(("người nhận", "danh sách phân phối", "danh sách gửi thư"), "kính gửi, nơi nhận"),
    Avoided(("file", "file đính kèm", "output", "deliverable"), "phụ lục, tài liệu kèm theo, tệp; sản phẩm"),
    Avoided(("phiếu yêu cầu", "ticket", "request"), "phiếu trình"),
    Avoided(("bản cuối", "bản final", "bản xem trước"), "bản trình ký, bản gốc, bản chính"),
    Avoided(("copy", "photo", "forward", "chuyển tiếp"), "sao y, sao lục, trích sao; sao gửi"),
    Avoided(("ưu tiên cao", "ưu tiên thấp", "priority"), "mức độ khẩn"),
    Avoided(("bảo mật", "riêng tư"), "bí mật nhà nước, hạn chế người xem"),
    Avoided(("gửi duyệt", "submit"), "trình"),
    Avoided(("từ chối", "reject", "không duyệt", "declined"), "trả lại; Party bodies do not refuse each other"),
    Avoided(("bình luận", "khảo sát", "vote", "chat", "comment"), "góp ý, ý kiến"),
    Avoided(("sinh số", "đánh số tự động", "xóa số", "đặt trước"), "cấp số, hủy số, giữ số"),
    Avoided(("chứng thực", "xác thực"), "đóng dấu, ký số cơ quan"),
    Avoided(("publish", "xuất bản", "công bố", "gửi mail"), "phát hành"),
    Avoided(
        ("hủy",),
        "only a number, a draft or a paper copy is voided; a paper is recalled (thu hồi)",
        ("hủy số", "số hủy", "số đã hủy", "hủy dự thảo", "hủy bản giấy", "đã hủy số", "hủy quyết định giữ số"),
    ),
    Avoided(("xóa văn bản", "gỡ văn bản"), "thu hồi văn bản"),
    Avoided(("log", "lịch sử", "thư mục", "folder"), "quá trình xử lý, hồ sơ"),
    Avoided(("nhật ký",), "quá trình xử lý; only administrators have a log", ("nhật ký hệ thống",)),
    Avoided(("bộ đếm", "sequence"), "hệ thống số, dãy số"),
    Avoided(("gap", "checksum", "lỗi dữ liệu"), "khuyết số, trùng số"),
    Avoided(("gán", "assign", "phân quyền", "người được gán"), "phân văn bản, chuyển xử lý, giao"),
    Avoided(
        ("đã giao hàng", "đã đọc", "delivered", "queue"), "the ladder of delivery; nobody can prove that it was read"
    ),
    Avoided(("chấp nhận", "ok"), "tiếp nhận và vào sổ"),
    Avoided(("cách ly", "bounce"), "gửi không thành công, with what to do"),
    Avoided(("biên lai", "giấy chứng nhận"), "bảng xác nhận gửi, nhận văn bản"),
    Avoided(("task", "công việc", "chỉ tiêu"), "nhiệm vụ, phần việc"),
    Avoided(("owner", "pic"), "chủ trì"),
    Avoided(("bằng chứng",), "minh chứng; bằng chứng is a word of the courts"),
    Avoided(("deadline", "ngày kết thúc", "sla", "trễ", "delay"), "thời hạn, quá hạn", ("ngày kết thúc hoạt động",)),
    Avoided(("hết hạn",), "a task is quá hạn; only a sign-in expires", ("phiên đăng nhập đã hết hạn",)),
    Avoided(("đang xử lý", "đang xin ý kiến", "tạm hoãn", "processing"), "these hide delay"),
    Avoided(("nộp bài", "nghiệm thu"), "báo cáo kết quả, xác nhận hoàn thành"),
    Avoided(("xin thêm giờ", "hối thúc", "báo động"), "đề nghị gia hạn, nhắc việc, đôn đốc"),
    Avoided(("cảnh cáo",), "a disciplinary measure"),
    Avoided(("không chấp hành",), "a conclusion that only people may write"),
    Avoided(("kanban", "dashboard", "kpi", "xếp hạng"), "bảng theo dõi, tổng quan, thống kê"),
    Avoided(("hộp thư",), "chờ tiếp nhận, văn bản đến", ("hộp thư điện tử",)),
    Avoided(("email", "e-mail", "mail", "user", "username", "password", "server"), "no English: thư điện tử, máy chủ"),
    Avoided(("uỷ",), "new texts write ủy"),
)


# The name of a placeholder is never shown.
_PLACEHOLDER = re.compile(r"%\(\w+\)[sd]?|\{\w*\}")


def faults_in(text: str) -> Iterator[str]:
    """Yield one sentence for each word in `text` that the program must not say, and for an exclamation mark."""
    said = " ".join(_PLACEHOLDER.sub(" ", unicodedata.normalize("NFC", text)).casefold().split())
    if "!" in said:
        yield "an exclamation mark"
    for avoided in AVOIDED:
        rest = said
        for phrase in avoided.right_in:
            rest = rest.replace(phrase, " ")
        for word in avoided.words:
            if re.search(rf"(?<!\w){re.escape(word)}(?!\w)", rest):
                yield f"{word!r} (say: {avoided.reason})"
