"""Accounts in bulk: a list is checked as a whole, and every person gets one slip and must choose a password."""

from __future__ import annotations

import io
import zipfile
from datetime import date
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from django.utils import translation
from openpyxl import Workbook, load_workbook

from orgs.accounts_file import COLUMNS, FileRefused, read
from orgs.models import Event, Person, Post, Role
from orgs.passwords import LETTERS, one_time_password
from tests import factories

pytestmark = pytest.mark.django_db

FIRST = ["Nguyễn Văn An", "an.nguyen", "an@xa1.example", "0912 345 678", "xa-1", "clerk", "Văn thư", "01/12/2026"]


@pytest.fixture(autouse=True)
def bodies() -> None:
    factories.body("xa-1", "Đảng ủy xã Một")
    factories.body("xa-2", "Đảng ủy xã Hai")


def listed(path: Path, *rows: list[Any], heads: list[str] | None = None) -> Path:
    """An .xlsx with these rows below its heads."""
    book = Workbook()
    assert book.active is not None
    book.active.append(heads or list(COLUMNS.values()))
    for row in rows:
        book.active.append(row)
    book.save(path)
    return path


def run(*words: str | Path) -> str:
    said = io.StringIO()
    call_command("accounts", *map(str, words), stdout=said)
    return said.getvalue()


def faults(tmp_path: Path, *rows: list[Any]) -> list[str]:
    """What is said about these rows, and that nothing was made."""
    with pytest.raises(CommandError) as refused, translation.override("en"):
        run(listed(tmp_path / "list.xlsx", *rows), "--slips", tmp_path / "slips.pdf")
    assert not Person.objects.exclude(username__startswith="nguoi").exists()
    assert not (tmp_path / "slips.pdf").exists()
    *lines, last = str(refused.value).split("\n")
    assert last == "Nothing was made."
    return lines


def text_of(pdf: Path) -> list[str]:
    """The text of each page."""
    with pypdfium2.PdfDocument(pdf) as opened:
        return [page.get_textpage().get_text_range() for page in opened]


def test_a_list_becomes_people_with_posts_and_a_slip_for_each(tmp_path: Path) -> None:
    second = ["Trần Thị Bích", None, None, None, "xa-2", str(Role.UNIT_HEAD.label), "Bí thư", date(2026, 1, 5)]
    run(listed(tmp_path / "list.xlsx", FIRST, second), "--slips", tmp_path / "slips.pdf")
    an, bich = Person.objects.get(username="an.nguyen"), Person.objects.get(username="bichtt")
    assert (an.full_name, an.email, an.phone) == ("Nguyễn Văn An", "an@xa1.example", "0912 345 678")
    post = Post.objects.get(person=an)
    assert (post.organization.code, post.role, post.title) == ("xa-1", "clerk", "Văn thư")
    assert (post.starts_on, bich.posts.get().starts_on) == (date(2026, 12, 1), date(2026, 1, 5))
    [page] = text_of(tmp_path / "slips.pdf")
    assert all(word in page for word in ("Nguyễn Văn An", "Văn thư, Đảng ủy xã Một", "bichtt", "Trần Thị Bích"))
    assert (tmp_path / "slips.pdf").stat().st_mode & 0o777 == 0o600
    assert Event.objects.filter(step="account_made").count() == Event.objects.filter(step="post_given").count() == 2


def test_the_password_of_the_slip_opens_one_page_only_until_an_own_one_is_chosen(
    tmp_path: Path, client: Client
) -> None:
    run(listed(tmp_path / "list.xlsx", FIRST), "--slips", tmp_path / "slips.pdf")
    [page] = text_of(tmp_path / "slips.pdf")
    password = next(word for word in page.split() if word.count("-") == 2 and set(word) <= {*LETTERS, "-"})
    signed_in = client.post(reverse("sign_in"), {"username": "an.nguyen", "password": password})
    assert signed_in.status_code == 302
    for address in (reverse("my_work"), reverse("inbox")):
        assert client.get(address)["Location"] == reverse("change_password")
    assert client.post(reverse("draft_new"), {"subject": "x"})["Location"] == reverse("change_password")
    assert client.get(reverse("change_password")).status_code == 200
    assert client.get("/healthz").status_code == 200
    kept = {"old_password": password, "new_password1": password, "new_password2": password}
    assert client.post(reverse("change_password"), kept).status_code == 400
    own = kept | {"new_password1": "một mật khẩu riêng", "new_password2": "một mật khẩu riêng"}
    assert client.post(reverse("change_password"), own)["Location"] == reverse("my_work")
    assert client.get(reverse("my_work")).status_code == 200
    assert Person.objects.get(username="an.nguyen").must_change_password is False


def test_whoever_has_only_a_one_time_password_may_leave(tmp_path: Path, client: Client) -> None:
    client.force_login(Person.objects.create_with_one_time_password("an", "Nguyễn Văn An", one_time_password()))
    assert client.post(reverse("sign_out"))["Location"] == reverse("sign_in")


def test_a_person_with_several_posts_stands_in_several_rows(tmp_path: Path) -> None:
    again = [*FIRST[:4], "xa-2", "officer", "Chuyên viên", None]
    run(listed(tmp_path / "list.xlsx", FIRST, again), "--slips", tmp_path / "slips.pdf")
    assert Person.objects.count() == 1
    assert set(Post.objects.values_list("organization__code", "role")) == {("xa-1", "clerk"), ("xa-2", "officer")}
    [page] = text_of(tmp_path / "slips.pdf")
    assert "Chuyên viên, Đảng ủy xã Hai" in page


def test_four_slips_stand_on_a_page(tmp_path: Path) -> None:
    rows = [["Lê Văn " + "ABCDE"[n], None, None, None, "xa-1", "officer", "Chuyên viên", None] for n in range(5)]
    run(listed(tmp_path / "list.xlsx", *rows), "--slips", tmp_path / "slips.pdf")
    assert [page.count("http://") for page in text_of(tmp_path / "slips.pdf")] == [4, 1]


def test_names_are_made_without_accents_and_never_twice(tmp_path: Path) -> None:
    Person.objects.create_person("anhld", "Lý Đình Ánh")
    rows = [[name, None, None, None, "xa-1", "officer", None, None] for name in ("Lê Đức Anh", "Lò Đình Ảnh", "Vi Ân")]
    run(listed(tmp_path / "list.xlsx", *rows), "--slips", tmp_path / "slips.pdf")
    assert set(Person.objects.values_list("username", flat=True)) == {"anhld", "anhld2", "anhld3", "anv"}


def test_every_fault_of_every_row_is_named_and_nothing_is_made(tmp_path: Path) -> None:
    said = faults(
        tmp_path,
        FIRST,
        ["", "An Nguyen", "an@", "call me", "xa-9", "boss", "Văn thư", "31/02/2026"],
        ["Người Khác", *FIRST[1:]],
        FIRST,
    )
    assert [line.partition(":")[0] for line in said] == [
        "Row 3, Mã cơ quan",
        "Row 3, Vai trò",
        "Row 3, Từ ngày",
        "Row 3, Tên đăng nhập",
        "Row 3, Điện thoại",
        "Row 3, Họ và tên",
        "Row 3, Thư điện tử",
        "Row 4, Họ và tên",
        "Row 5, Vai trò",
    ]
    assert "there is no body “xa-9”" in said[0]


def test_the_same_list_cannot_be_taken_twice(tmp_path: Path) -> None:
    nameless = ["Trần Thị Bích", None, None, None, "xa-2", "officer", None, None]
    path = listed(tmp_path / "list.xlsx", FIRST, nameless)
    run(path, "--slips", tmp_path / "slips.pdf")
    with pytest.raises(CommandError) as refused, translation.override("en"):
        run(path, "--slips", tmp_path / "again.pdf")
    assert "“an.nguyen” exists already" in str(refused.value)
    assert "Row 3, Họ và tên: a person of this name holds this post already" in str(refused.value)
    assert Person.objects.count() == 2


def test_a_dry_run_shows_what_would_be_made_and_makes_nothing(tmp_path: Path) -> None:
    said = run(listed(tmp_path / "list.xlsx", FIRST), "--dry-run")
    assert "an.nguyen" in said
    assert "1 accounts would be made" in said
    assert not Person.objects.exists()


def test_slips_that_cannot_be_written_leave_no_accounts(tmp_path: Path) -> None:
    (tmp_path / "slips.pdf").write_text("the slips of yesterday")
    with pytest.raises(CommandError, match=r"slips\.pdf exists; name another file"):
        run(listed(tmp_path / "list.xlsx", FIRST), "--slips", tmp_path / "slips.pdf")
    assert not Person.objects.exists()
    assert (tmp_path / "slips.pdf").read_text() == "the slips of yesterday"


def test_a_formula_is_not_taken(tmp_path: Path) -> None:
    [said] = faults(tmp_path, ['=HYPERLINK("http://x","An")', *FIRST[1:]])[:1]
    assert said == "Row 2, Họ và tên: a formula is not taken; write the value itself."


def test_a_file_with_macros_is_refused(tmp_path: Path) -> None:
    path = listed(tmp_path / "list.xlsx", FIRST)
    with zipfile.ZipFile(path, "a") as packed:
        packed.writestr("xl/vbaProject.bin", b"macro")
    with pytest.raises(FileRefused), translation.override("en"):
        read(path)


@pytest.mark.parametrize("content", [b"", b"not an archive", b"PK\x03\x04 broken"])
def test_what_is_no_xlsx_is_refused_in_one_sentence(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "list.xlsx").write_bytes(content)
    with pytest.raises(CommandError, match=r"cannot be read as \.xlsx"), translation.override("en"):
        run(tmp_path / "list.xlsx", "--dry-run")


def test_a_file_that_unpacks_to_too_much_is_refused_before_it_is_read(tmp_path: Path) -> None:
    path = listed(tmp_path / "list.xlsx", FIRST)
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/media/zeros", bytes(51 * 2**20))
    with pytest.raises(FileRefused, match="too large when it is unpacked"), translation.override("en"):
        read(path)


def test_a_missing_column_is_named(tmp_path: Path) -> None:
    path = listed(tmp_path / "list.xlsx", FIRST, heads=[*list(COLUMNS.values())[:5], "Chức danh"])
    with pytest.raises(FileRefused, match="Vai trò, Từ ngày"), translation.override("en"):
        read(path)


def test_the_template_is_read_back_when_it_is_filled_in(tmp_path: Path) -> None:
    factories.body("la", "=1+1")
    run("--template", tmp_path / "template.xlsx")
    book = load_workbook(tmp_path / "template.xlsx")
    assert {(row[0].value, row[1].value, row[1].data_type) for row in book["Cơ quan"].iter_rows(min_row=2)} >= {
        ("xa-1", "Đảng ủy xã Một", "s"),
        ("la", "=1+1", "s"),
    }
    assert book.active is not None
    book.active.append([*FIRST[:5], str(book["Vai trò"]["A2"].value), *FIRST[6:]])
    book.save(tmp_path / "filled.xlsx")
    assert "an.nguyen" in run(tmp_path / "filled.xlsx", "--dry-run")
