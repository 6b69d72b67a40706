"""Two rounds of a text side by side: what was added, removed, reworded and moved."""

from __future__ import annotations

import dataclasses

from hypothesis import given
from hypothesis import strategies as st

from directives.comparison import Change, Part, Passage, changed_only, compare
from directives.document import Annex, Subject
from tests.directives.documents import item, letter, paragraph, row, table


def shown(passage: Passage) -> str:
    """The passage with its changes as a person would read them: [-removed-] and {+added+}."""
    marks = {Change.SAME: "{}", Change.ADDED: "{{+{}+}}", Change.REMOVED: "[-{}-]"}
    return "".join(marks[piece.change].format(piece.text) for piece in passage.pieces)


def test_a_text_that_did_not_change_has_no_changes() -> None:
    document = letter(paragraph("Một câu"), item("1.", "Giao việc"), table())
    assert changed_only(compare(document, document)) == []


def test_words_that_changed_are_named_within_their_passage() -> None:
    before = letter(item("1.", "Rà soát đê trước ngày 15/11/2026", id="a"))
    after = letter(item("1.", "Rà soát, gia cố đê trước ngày 30/11/2026", id="a"))
    [passage] = changed_only(compare(before, after))
    assert (passage.part, passage.change) == (Part.BODY, Change.REWORDED)
    assert shown(passage) == "1. Rà soát{+, gia cố+} đê trước ngày [-15-]{+30+}/11/2026"


def test_an_item_that_moved_is_moved_and_not_removed_and_added() -> None:
    one, two, three = item("1.", "Một", id="a"), item("2.", "Hai", id="b"), item("3.", "Ba", id="c")
    changes = changed_only(compare(letter(one, two, three), letter(three, one, two)))
    assert [(shown(passage), passage.change) for passage in changes] == [("3. Ba", Change.MOVED)]


def test_what_was_removed_stands_where_it_was() -> None:
    kept, gone, last = item("1.", "Giữ", id="a"), item("2.", "Bỏ việc này", id="b"), item("3.", "Cuối", id="c")
    passages = [shown(passage) for passage in compare(letter(kept, gone, last), letter(kept, last))]
    assert passages[-3:] == ["1. Giữ", "[-2. Bỏ việc này-]", "3. Cuối"]


def test_a_reworded_line_without_an_id_is_found_by_its_words() -> None:
    before = letter(paragraph("x"), subject=Subject("V/v", "tăng cường kiểm tra đê"))
    after = letter(paragraph("x"), subject=Subject("V/v", "tăng cường kiểm tra hồ chứa"))
    [passage] = changed_only(compare(before, after))
    assert shown(passage) == "V/v tăng cường kiểm tra [-đê-]{+hồ chứa+}"


def test_a_row_of_an_annex_is_compared_like_a_passage() -> None:
    before = dataclasses.replace(letter(), annexes=(Annex("Biểu", (table(row("1", "Đê tả", id="r")),)),))
    after = dataclasses.replace(letter(), annexes=(Annex("Biểu", (table(row("1", "Đê hữu", id="r")),)),))
    [passage] = changed_only(compare(before, after))
    assert (passage.part, shown(passage)) == (Part.ANNEX, "1 | Đê [-tả-]{+hữu+}")


def test_passages_of_two_papers_share_no_ids_and_are_paired_by_their_words() -> None:
    before = letter(
        item("1.", "Thành lập tổ kiểm tra của tỉnh", id="a"),
        item("2.", "Rà soát đê trước ngày 15/11/2026", id="b"),
        item("3.", "Báo cáo kết quả hằng tuần", id="c"),
    )
    after = letter(
        item("1.", "Rà soát đê, kè trước ngày 30/11/2027", id="a"),
        item("2.", "Báo cáo kết quả hằng tháng", id="e"),
    )
    body = [passage for passage in compare(before, after, one_paper=False) if passage.part is Part.BODY]
    assert [shown(passage) for passage in body] == [
        "[-1. Thành lập tổ kiểm tra của tỉnh-]",
        "[-2-]{+1+}. Rà soát đê{+, kè+} trước ngày [-15-]{+30+}/11/[-2026-]{+2027+}",
        "[-3-]{+2+}. Báo cáo kết quả hằng [-tuần-]{+tháng+}",
    ]


def test_the_likest_passage_is_the_reworded_one_and_not_the_first_that_is_somewhat_like() -> None:
    before = letter(paragraph("Báo cáo kết quả trước ngày 25 hằng tháng"), paragraph("Báo cáo kết quả rà soát đê"))
    after = letter(paragraph("Báo cáo kết quả rà soát đê, kè"))
    body = [shown(passage) for passage in compare(before, after, one_paper=False) if passage.part is Part.BODY]
    assert body == ["[-Báo cáo kết quả trước ngày 25 hằng tháng-]", "Báo cáo kết quả rà soát đê{+, kè+}"]


WORDS = st.lists(st.sampled_from(["đê", "hồ", "báo cáo", "trước ngày", "15/11", ";"]), min_size=1, max_size=6)
TEXTS = st.lists(WORDS.map(" ".join), max_size=6)


@given(TEXTS, TEXTS)
def test_the_pieces_give_both_texts_back(before: list[str], after: list[str]) -> None:
    earlier = letter(*(item("-", text, id=text) for text in dict.fromkeys(before)))
    later = letter(*(item("-", text, id=text) for text in dict.fromkeys(after)))
    passages = [passage for passage in compare(earlier, later) if passage.part is Part.BODY]

    def side(left_out: Change) -> list[str]:
        texts = (
            "".join(piece.text for piece in passage.pieces if piece.change is not left_out) for passage in passages
        )
        return [text for text in texts if text]

    assert side(Change.REMOVED) == [f"- {text}" for text in dict.fromkeys(after)]
    assert sorted(side(Change.ADDED)) == sorted(f"- {text}" for text in dict.fromkeys(before))
