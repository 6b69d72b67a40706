"""The bodies of an office from a file: all of it or nothing, and every fault with its place."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.utils import translation

from directives.models import NumberSeries, Policy, ReviewPlace
from orgs.models import Authority, Event, Organization, Person, RecipientGroup, Term

pytestmark = pytest.mark.django_db

COMMITTEE: dict[str, Any] = {
    "code": "tu",
    "name": "Tỉnh ủy Sơn Hà",
    "name_line": "TỈNH ỦY SƠN HÀ",
    "symbol": "TU",
    "place": "Sơn Hà",
    "kind": "province_committee",
    "valid_from": "2025-07-01",
    "term": {"name": "2025 - 2030", "starts_on": "2025-10-12"},
}
UNIT: dict[str, Any] = {
    "code": "xa",
    "name": "Đảng ủy xã Một",
    "name_line": "ĐẢNG ỦY XÃ MỘT",
    "superior_line": "ĐẢNG BỘ TỈNH SƠN HÀ",
    "superior": "tu",
    "kind": "commune_committee",
    "valid_from": "2025-07-01",
    "mail_addresses": ["xa@sonha.example"],
}
OFFICE: dict[str, Any] = {
    "organizations": [UNIT, COMMITTEE],
    "groups": [{"code": "cac-xa", "name": "Các xã", "owner": "tu", "members": [{"organization": "xa"}]}],
    "series": [{"organization": "tu", "symbol_group": "CV", "next_number": 318}],
    "policies": [{"organization": "tu", "scan_needed": True}],
    "review_orders": [{"organization": "tu", "places": [{"at": "issuer", "role": "office_head"}]}],
}
ORDER_OF_NO_ROLE = {"organization": "tu", "type": "KH", "places": [{"at": "issuer", "role": "clerk"}]}
AUTHORITY: dict[str, Any] = {
    "person": "bithu",
    "organization": "tu",
    "form": "T/M",
    "lines": [{"text": "T/M BAN THƯỜNG VỤ", "role": "authority"}, {"text": "BÍ THƯ", "role": "position"}],
    "starts_on": "2025-10-12",
}


GROUP_WITH_A_DOUBLE = {"code": "x", "name": "Các xã", "owner": "tu", "members": [{"organization": "xa"}] * 2}


def load(tmp_path: Path, content: object) -> str:
    said = io.StringIO()
    path = tmp_path / "office.json"
    path.write_text(json.dumps(content))
    with translation.override("en"):
        call_command("load_organizations", path, stdout=said)
    return said.getvalue().strip()


def test_a_file_becomes_bodies_with_terms_groups_numbers_and_policies(tmp_path: Path) -> None:
    said = load(tmp_path, OFFICE)
    assert said == "2 organizations, 1 groups, 1 series, 1 policies, 1 review_orders, 0 authorities"
    unit = Organization.objects.get(code="xa")
    assert unit.versions.get().superior == Organization.objects.get(code="tu")
    assert [member.organization for member in RecipientGroup.objects.get().members.all()] == [unit]
    assert (NumberSeries.objects.get().next_number, NumberSeries.objects.get().term) == (318, Term.objects.get())
    assert Policy.objects.get().scan_needed
    assert [str(place.role) for place in ReviewPlace.objects.all()] == ["office_head"]
    assert Event.objects.filter(step="body_entered").count() == 2


def test_the_right_to_sign_comes_with_a_second_file_once_the_person_has_an_account(tmp_path: Path) -> None:
    load(tmp_path, OFFICE)
    with pytest.raises(CommandError, match=r"authorities\[0\]: nobody has the sign-in name “bithu”"):
        load(tmp_path, {"authorities": [AUTHORITY]})
    Person.objects.create_person("bithu", "Trần Hữu Phước")
    load(tmp_path, {"authorities": [AUTHORITY]})
    assert Authority.objects.get().printed_lines == "T/M BAN THƯỜNG VỤ, BÍ THƯ"
    with pytest.raises(CommandError, match="this right to sign exists already"):
        load(tmp_path, {"authorities": [AUTHORITY]})


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ([], "names and values in braces are expected"),
        ({"bodies": []}, "the file: nobody reads bodies"),
        ({"organizations": {}}, "organizations: a list is expected"),
        ({"organizations": [{"code": "tu"}]}, r"organizations\[0\] lacks: valid_from, name, name_line, kind"),
        ({"organizations": [COMMITTEE | {"symbl": "TU"}]}, r"organizations\[0\]: nobody reads symbl"),
        ({"organizations": [COMMITTEE | {"kind": "club"}]}, r"organizations\[0\]\.kind: .*club"),
        ({"organizations": [COMMITTEE | {"signature_blank_lines": 40}]}, r"organizations\[0\]\.signature_blank_lines"),
        ({"organizations": [COMMITTEE | {"valid_from": "1/7/2025"}]}, r"organizations\[0\]\.valid_from: .*1/7/2025"),
        ({"organizations": [UNIT]}, r"organizations\[0\]\.superior: there is no body “tu”"),
        ({"organizations": [COMMITTEE, COMMITTEE]}, r"organizations\[1\]: the body “tu” exists already"),
        (OFFICE | {"groups": [GROUP_WITH_A_DOUBLE]}, r"groups\[0\]\.members\[1\]: “xa” stands in this group twice"),
        (OFFICE | {"series": [{"organization": "xa", "symbol_group": "CV", "next_number": 1}]}, "“xa” has no term"),
        (OFFICE | {"policies": [{"organization": "xa", "scan": True}]}, r"policies\[0\]: nobody reads scan"),
        (OFFICE | {"review_orders": [ORDER_OF_NO_ROLE]}, r"review_orders\[0\]\.places\[0\]"),
    ],
)
def test_a_fault_is_named_with_its_place_and_nothing_is_loaded(tmp_path: Path, content: object, said: str) -> None:
    with pytest.raises(CommandError, match=said) as fault:
        load(tmp_path, content)
    assert str(fault.value).endswith("Nothing was loaded.")
    assert not Organization.objects.exists()


def test_a_file_that_is_no_json_is_said_in_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "office.json").write_text("{")
    with pytest.raises(CommandError, match=r"office\.json: Expecting"):
        call_command("load_organizations", tmp_path / "office.json")


def test_the_same_file_is_not_taken_twice(tmp_path: Path) -> None:
    load(tmp_path, OFFICE)
    with pytest.raises(CommandError, match="exists already"):
        load(tmp_path, OFFICE)
    assert Organization.objects.count() == 2
