"""The main walk of the guide, docs/huong-dan/muoi-lam-phut.md, played by the demo's people."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path

from playwright.sync_api import Browser

from directives.demo.staff import PASSWORD
from tests.journeys.guide import WALK, Reader, fenced

DESK = {"width": 1440, "height": 900}
PHONE = {"width": 390, "height": 844}
SUBJECT = "kiểm tra phòng cháy, chữa cháy tại các chợ, khu nhà trọ"
FIRST_ITEM = ".item-card >> nth=0"
SECOND_ITEM = ".item-card >> nth=1"


class Walk:
    """One walk through the program; `pressed` and `filled` hold what its readers together did while they played."""

    def __init__(
        self, browser: Browser, address: str, screens: Path, today: date, reader: type[Reader] = Reader
    ) -> None:
        self.browser = browser
        self.reader = reader
        self.address = address
        self.screens = screens
        self.today = today
        self.pressed: list[str] = []
        self.filled: list[str] = []
        self.told_all = False

    def play(self) -> None:
        """Every part of the walk, each by its own person."""
        parts: list[tuple[str, dict[str, int], Callable[[Reader], None]]] = [
            ("soanthao", DESK, self.draft),
            ("chanhvp", DESK, self.approve),
            ("vanthu", DESK, self.issue),
            ("canbophuong", PHONE, self.report),
            ("theodoi", DESK, self.confirm),
        ]
        for username, window, part in parts:
            with self.signed_in(username, window) as reader:
                part(reader)
        self.told_all = True

    def look_around(self) -> None:
        """Pictures of places that the walk does not pass."""
        with self.signed_in("vanthu", DESK) as reader:
            reader.press("Văn thư")
            reader.picture("van-thu")
            reader.press("Thống kê")
            reader.press("Nhiệm kỳ này")
            reader.picture("thong-ke")
            reader.press("Sổ đăng ký")
            books = reader.page.locator(".shelf", has=reader.page.get_by_role("heading", name="Tỉnh ủy Hạc Giang"))
            books.first.get_by_role("link", name="Công văn").click()
            reader.sees("không khuyết số")
            reader.picture("so-dang-ky")
        with self.signed_in("vanthuxa", DESK) as reader:
            reader.press("Văn bản đến")
            reader.picture("van-ban-den")
        with self.signed_in("kiemtra", DESK) as reader:
            reader.press("Văn bản đi")
            reader.follow(f"Công văn · {SUBJECT}")
            reader.page.get_by_role("heading", name="Nhiệm vụ").evaluate("heading => heading.scrollIntoView()")
            reader.picture("kiem-tra")
        with self.signed_in("quantri", DESK) as reader:
            reader.press("Danh bạ cơ quan")
            reader.press("Quản trị hệ thống")
            reader.follow("Tỉnh ủy Hạc Giang")
            reader.picture("quan-tri")

    @contextmanager
    def signed_in(self, username: str, window: dict[str, int]) -> Iterator[Reader]:
        """A window of one person; what was pressed in it while they play is added to the walk."""
        context = self.browser.new_context(viewport=window, locale="vi-VN")
        reader = self.reader(context.new_page(), f"{self.address}/dang-nhap/", self.screens)
        reader.fill("Tên đăng nhập", username)
        reader.fill("Mật khẩu", PASSWORD)
        if username == "soanthao":
            reader.picture("dang-nhap")
        reader.press("Đăng nhập")
        reader.sees("Việc của tôi")
        yield reader
        if not self.told_all:
            self.pressed += reader.pressed
            self.filled += reader.filled
        context.close()

    def draft(self, reader: Reader) -> None:
        """The drafter writes the text, says who does what, and submits it."""
        addressees, text, distribution = fenced(WALK.read_text(encoding="utf-8"))
        reader.picture("viec-cua-toi-soan-thao")
        reader.press("Soạn văn bản")
        reader.press("Không, soạn tại đây")
        reader.fill("Cơ quan ban hành", "Tỉnh ủy Hạc Giang (")
        reader.fill("Tên loại", "Công văn")
        reader.fill("Trích yếu", SUBJECT)
        reader.write_lines("Kính gửi", "addressees", addressees)
        reader.fill("Nội dung", text)
        reader.write_lines("Nơi nhận", "distribution", distribution)
        reader.fill("Người ký", "Phạm Quốc Bảo")
        reader.picture("soan-van-ban", whole=True)
        reader.press("Lưu và sang giao việc, nơi nhận")
        reader.tick("Mỗi đơn vị thực hiện", within=FIRST_ITEM)
        reader.fill("Thời hạn", f"{self.today + timedelta(days=10):%d/%m/%Y}", within=FIRST_ITEM)
        reader.tick("Nhiệm vụ có một đơn vị chủ trì", within=SECOND_ITEM)
        reader.fill("Chủ trì", "Đảng ủy phường Nguyệt Kiều", within=SECOND_ITEM)
        reader.picture("giao-viec", whole=True)
        reader.press("Lưu nơi nhận, nhiệm vụ")
        reader.sees("Đã lưu nơi nhận và nhiệm vụ.")
        reader.picture("du-thao")
        reader.press("Trình ký")
        reader.sees("Chờ ký")

    def approve(self, reader: Reader) -> None:
        """The signer reads the text and approves it."""
        reader.picture("viec-cua-toi-lanh-dao")
        reader.press("Xem và duyệt ký", beside=SUBJECT)
        reader.picture("duyet-ky")
        reader.press("Duyệt ký")
        reader.sees("Bản trình ký (PDF)")

    def issue(self, reader: Reader) -> None:
        """The clerk notes the signature, gives the number and issues."""
        reader.picture("viec-cua-toi-van-thu")
        reader.press("Nhận bản đã ký", beside=SUBJECT)
        reader.fill("Ngày ký", f"{self.today:%d/%m/%Y}")
        reader.fill("Ngày đóng dấu", f"{self.today:%d/%m/%Y}")
        reader.picture("nhan-ban-da-ky")
        reader.press("Nhận bản đã ký")
        reader.press("Cấp số")
        reader.sees("Số dự kiến")
        reader.picture("cap-so")
        reader.press("Cấp số")
        reader.sees("Đã cấp số")
        reader.press("Phát hành")
        reader.sees("Đảng ủy phường Nguyệt Kiều")
        reader.picture("phat-hanh")
        reader.press("Phát hành")
        reader.sees("Bản chính (PDF)")
        reader.picture("da-phat-hanh")

    def report(self, reader: Reader) -> None:
        """The unit receives the paper and reports one of its tasks."""
        reader.picture("viec-cua-toi-don-vi")
        reader.press("Tiếp nhận và vào sổ", beside=SUBJECT)
        reader.sees("Đã tiếp nhận")
        reader.picture("van-ban-o-don-vi")
        reader.press("Báo cáo kết quả")
        reader.fill("Kết quả thực hiện", "Đã kiểm tra 02 chợ, 31 khu nhà trọ; 06 cơ sở phải khắc phục trong tháng.")
        reader.fill("Số", "18")
        reader.fill("Ký hiệu", "BC/ĐU")
        reader.picture("bao-cao", whole=True)
        reader.press("Gửi báo cáo")
        reader.sees("18-BC/ĐU")
        reader.picture("nhiem-vu-da-bao-cao")

    def confirm(self, reader: Reader) -> None:
        """The monitor reads the report and confirms the task as completed."""
        reader.picture("viec-cua-toi-theo-doi")
        reader.press("Nhiệm vụ")
        reader.picture("nhiem-vu-theo-doi")
        reader.press("Trạng thái")
        reader.press("Đã báo cáo")
        reader.follow("1. Kiểm tra toàn bộ chợ")
        reader.picture("xem-bao-cao")
        reader.press("Xác nhận hoàn thành")
        reader.sees("Đã xác nhận hoàn thành.")
        reader.press("Văn bản đi")
        reader.picture("van-ban-di")
