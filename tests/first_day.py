"""The first day of an office as docs/operating.md tells it: its bodies, its people, who signs; nothing of the demo."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pypdfium2
from openpyxl import Workbook

from config.processes import ROOT
from orgs.accounts_file import COLUMNS
from tests.office import Answer, Office, ask, get

PAPER = ROOT / "tests" / "twins" / "000_rainy_season.json"
COMMITTEE = "tu-son-ha"
OF_THE_OFFICE = {
    "issuer": {"superior_line": None, "name_line": "TỈNH ỦY SƠN HÀ", "symbol": "TU"},
    "addressees": [{"text": "Các đảng ủy xã, phường"}],
    "distribution": [{"text": "Lưu Văn phòng Tỉnh ủy", "purpose": None, "archive": True}],
    "signature": {
        "lines": [{"text": "T/M BAN THƯỜNG VỤ", "role": "authority"}, {"text": "BÍ THƯ", "role": "position"}],
        "signer": "Trần Hữu Phước",
    },
}
"""What makes a paper one of the guide's committee, sent to all its units."""
PEOPLE = [
    ("Nguyễn Thị Minh Châu", "soanthao", "drafter"),
    ("Trần Hữu Phước", "bithu", "signer"),
    ("Lê Thị Hoa", "vanthu", "clerk"),
    ("Phạm Văn Bảo", "quantri", "administrator"),
]


def set_up(office: Office) -> dict[str, str]:
    """Load what the guide shows, with its commands; returns the one-time password on each slip by sign-in name."""
    bodies, authorities = examples_of_the_guide()
    office.done("load_organizations", _written(office.folder / "bodies.json", bodies))
    slips = office.folder / "slips.pdf"
    office.done("accounts", str(_list_of_people(office.folder / "people.xlsx")), "--slips", str(slips))
    office.done("load_organizations", _written(office.folder / "authorities.json", authorities))
    return passwords_on(slips)


def examples_of_the_guide() -> list[Any]:
    """The JSON files that docs/operating.md shows, in their order."""
    guide = (ROOT / "docs" / "operating.md").read_text()
    return [json.loads(block) for block in re.findall(r"```json\n(.*?)```", guide, re.DOTALL)]


def write_paper(path: Path) -> Path:
    """A paper of this committee."""
    path.write_text(json.dumps(json.loads(PAPER.read_text()) | OF_THE_OFFICE))
    return path


def passwords_on(slips: Path) -> dict[str, str]:
    """Each person's one-time password, read from the printed slips."""
    with pypdfium2.PdfDocument(slips) as opened:
        words = " ".join(page.get_textpage().get_text_range() for page in opened)
    found = {name: re.search(rf"\b{name}\b.*?\b(\w{{4}}-\w{{4}}-\w{{4}})\b", words, re.DOTALL) for _, name, _ in PEOPLE}
    return {name: password[1] for name, password in found.items() if password}


def sign_in(office: Office, username: str, password: str, address: str = "203.0.113.5") -> Answer:
    """Send the form of the sign-in page from a browser at this address."""
    page = get(office, "/dang-nhap/")
    facts = {"username": username, "password": password, "next": ""}
    return _send(office, page, "/dang-nhap/", facts, {"X-Forwarded-For": address})


def choose_password(office: Office, session: str, old: str, new: str) -> Answer:
    """Send the form that changes the password of who is signed in."""
    page = get(office, "/doi-mat-khau/", Cookie=f"__Host-session={session}")
    facts = {"old_password": old, "new_password1": new, "new_password2": new}
    return _send(office, page, "/doi-mat-khau/", facts, {"Cookie": f"__Host-session={session}"})


def _send(office: Office, page: Answer, path: str, facts: dict[str, str], headers: dict[str, str]) -> Answer:
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page.text)
    assert token is not None, page.text
    cookies = [f"__Host-csrf={page.cookies['__Host-csrf'].value}", *filter(None, [headers.get("Cookie")])]
    told = headers | {"Cookie": "; ".join(cookies)}
    return ask(office, "POST", path, body=facts | {"csrfmiddlewaretoken": token[1]}, headers=told)


def _written(path: Path, content: object) -> str:
    path.write_text(json.dumps(content))
    return str(path)


def _list_of_people(path: Path) -> Path:
    book = Workbook()
    assert book.active is not None
    book.active.append(list(COLUMNS.values()))
    for full_name, username, role in PEOPLE:
        book.active.append([full_name, username, None, None, COMMITTEE, role, None, "12/10/2025"])
    book.save(path)
    return path
