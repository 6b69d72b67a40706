"""The laws of the tables and the attempts to break them, as a list that can be read."""

from __future__ import annotations

from datetime import UTC, date, datetime

from tests.directives.laws import Attempt, Change, Deletion, Emptying, Insertion

EARLIER = date(2019, 1, 1)
MOMENT = datetime(2026, 11, 24, 3, 0, tzinfo=UTC)

FROZEN_DIRECTIVE = {
    *("issuer", "drafting_body", "drafter", "authority", "restricted", "content", "type", "subject", "text", "version"),
    *("profile", "created_at", "approved_hash", "approved_at", "signature_kind", "signed_on"),
    *("signature_noted_by", "signature_reason", "number", "number_suffix", "symbol", "dated_on", "frozen"),
}
FROZEN_ENTRY = {
    *("series", "number", "suffix", "symbol", "dated_on", "secret"),
    *("reserved_for", "reserved_until", "taken_by", "taken_at"),
}

PEOPLE_AND_BODIES: list[Attempt] = [
    Change("organization_keeps_its_code", "committee", {"code": "ten-khac"}),
    Insertion("organization_has_one_version_a_day", "version", {}),
    Change("organization_is_not_its_own_superior", "version", {"superior": lambda world: world["committee"]}),
    Insertion("post_is_given_once_a_day", "post", {}),
    Change("post_ends_after_it_starts", "post", {"ends_on": EARLIER}),
    Change("authority_ends_after_it_starts", "authority", {"ends_on": EARLIER}),
    Change("substitution_has_a_last_day_and_a_basis", "authority", {"in_place_of": lambda world: world["authority"]}),
    Insertion("term_starts_once", "term", {}),
    Change("term_ends_after_it_starts", "term", {"ends_on": EARLIER}),
    Insertion("group_code_is_unique_in_its_body", "group", {}),
    Change("group_member_is_a_body_or_a_post", "group member", {"organization": None}),
    Change("group_member_is_a_body_or_a_post", "group member", {"post": lambda world: world["post"]}),
    Insertion("body_is_in_a_group_once", "group member", {}),
]

HISTORY: list[Attempt] = [
    Change("event_is_append_only", "event", {"step": "khác"}),
    Deletion("event_is_append_only", "event"),
    Emptying("event_is_not_emptied", "event"),
    Change("reading_is_never_changed", "reading", {"at": MOMENT}),
    Deletion("reading_is_never_changed", "reading"),
    Emptying("readings_are_not_emptied", "reading"),
]

DIRECTIVES: list[Attempt] = [
    Change("directive_is_numbered_iff_numbered_or_issued", "approved", {"state": "numbered"}),
    Change("directive_is_numbered_iff_numbered_or_issued", "approved", {"number": 7}),
    Change("directive_is_numbered_iff_numbered_or_issued", "approved", {"dated_on": EARLIER}),
    Change("directive_has_an_issue_time_iff_issued", "numbered", {"state": "issued"}),
    Change("directive_has_an_issue_time_iff_issued", "draft", {"issued_at": MOMENT}),
    Change("directive_waits_for_an_hour_that_somebody_set", "numbered", {"issue_at": MOMENT}),
    Change(
        "directive_waits_for_an_hour_that_somebody_set",
        "approved",
        {"issue_at": MOMENT, "issue_set_by": lambda world: world["draft"].drafter},
    ),
    Change("upload_is_no_larger_than_it_said", "upload", {"received": 11}),
    Insertion("directive_is_signed_and_approved_before_its_number", "numbered", {"signed_on": None}),
    Insertion("directive_is_signed_and_approved_before_its_number", "numbered", {"approved_hash": ""}),
    Change("directive_is_recalled_only_after_issue", "numbered", {"recalled_at": MOMENT}),
    Change("directive_approved_binds_a_hash", "approved", {"approved_hash": ""}),
    Change("directive_is_frozen_once_numbered", "numbered", {"subject": "trích yếu khác"}),
    Change("directive_is_frozen_once_numbered", "issued", {"number": 7}),
    Change("directive_is_frozen_once_numbered", "issued", {"issued_at": MOMENT}),
    Change("directive_is_frozen_once_numbered", "numbered", {"sealed_on": EARLIER}),
    Change("directive_never_goes_back_behind_its_number", "voided", {"state": "numbered"}),
    Deletion("directive_is_never_deleted_once_numbered", "numbered"),
    Emptying("directives_are_not_emptied", "numbered"),
    Insertion("draft_version_is_saved_once", "round", {}),
    Insertion("reader_is_named_once", "reader", {}),
    Insertion("enclosure_goes_along_once", "enclosure", {"position": 9}),
    Insertion("enclosure_has_its_own_place", "enclosure", {"sha256": "0" * 64}),
    Insertion("enclosure_is_frozen_once_numbered", "frozen enclosure", {"sha256": "0" * 64, "position": 9}),
    Change("enclosure_is_frozen_once_numbered", "frozen enclosure", {"name": "tên khác.pdf"}),
    Change(
        "enclosure_is_frozen_once_numbered",
        "enclosure",
        {"directive": lambda world: world["numbered"], "sha256": "0" * 64, "position": 9},
    ),
    Deletion("enclosure_is_frozen_once_numbered", "frozen enclosure"),
    Emptying("enclosures_are_not_emptied", "enclosure"),
    Insertion("correction_names_a_paper_once", "correction", {}),
    Insertion("correction_is_chosen_while_drafting", "frozen correction", {"paper": lambda world: world["waiting"]}),
    Change("correction_is_chosen_while_drafting", "frozen correction", {"kind": "repeal"}),
    Change(
        "correction_is_chosen_while_drafting",
        "correction",
        {"directive": lambda world: world["numbered"], "paper": lambda world: world["waiting"]},
    ),
    Deletion("correction_is_chosen_while_drafting", "frozen correction"),
    Emptying("corrections_are_not_emptied", "correction"),
    Insertion("joint_issuer_stands_once", "joint issuer", {}),
    Change("joint_issuer_binds_a_hash_iff_approved", "joint issuer", {"state": "approved"}),
    Change("joint_issuer_binds_a_hash_iff_approved", "joint issuer", {"approved_hash": "0" * 64}),
    Change("joint_issuer_is_frozen_once_numbered", "joint issuer", {"directive": lambda world: world["numbered"]}),
    Emptying("joint_issuers_are_not_emptied", "joint issuer"),
    Change(
        "directive_has_its_joint_approvals_before_its_number",
        "jointly approved",
        {"state": "numbered", "number": 7_000, "dated_on": EARLIER, "frozen": {}, "signed_on": EARLIER},
    ),
    Change("opinion_is_answered_by_a_named_person", "opinion", {"answer": "Đã tiếp thu"}),
    Change("comment_is_taken_over_or_not_with_an_answer", "opinion", {"taken_over": True}),
    Insertion("draft_is_sent_for_comments_once", "consultation", {}),
    Insertion("unit_is_consulted_once", "consulted", {}),
    Change("consulted_unit_answers_by_a_named_person", "consulted", {"agrees": True}),
    Insertion("template_has_a_name_of_its_own", "template", {}),
    Insertion("review_place_is_taken_once", "place", {}),
    Insertion("review_has_its_own_place", "review", {}),
    Insertion("review_waits_for_one_at_a_time", "waiting review", {"position": 9}),
    Change("review_is_decided_iff_passed_or_returned", "review", {"decided_by": None}),
    Change("review_is_decided_iff_passed_or_returned", "waiting review", {"state": "passed"}),
    Change("copy_is_never_changed", "copy", {"pages": 99}),
    Deletion("copy_is_never_changed", "copy"),
    Emptying("copies_are_not_emptied", "copy"),
    Insertion("copy_is_stored_once", "scan", {}),
    Insertion("directive_has_one_final_copy", "copy", {"sha256": "0" * 64}),
]

REGISTER: list[Attempt] = [
    Insertion("series_is_one_per_body_term_and_symbol", "series", {}),
    Insertion("series_starts_at_one_or_later", "series", {"symbol_group": "X", "next_number": 0}),
    Change("series_counter_never_falls", "series", {"next_number": 1}),
    Insertion("number_is_used_once_in_its_series", "reserved entry", {}),
    Change("entry_keeps_its_number", "entry", {"number": 99}),
    Change("entry_keeps_its_number", "void entry", {"void_reason": "lý do khác"}),
    Change(
        "entry_never_comes_back",
        "void entry",
        {"state": "numbered", "voided_at": None, "voided_by": "", "void_reason": ""},
    ),
    Deletion("entry_is_never_deleted", "reserved entry"),
    Emptying("register_is_not_emptied", "entry"),
    Change("entry_keeps_the_reason_iff_void", "entry", {"state": "void"}),
    Change("entry_keeps_the_reason_iff_void", "entry", {"void_reason": "chưa hủy"}),
    Insertion("entry_reserved_says_what_for_and_until_when", "reserved entry", {"number": 90, "reserved_for": ""}),
    Insertion("entry_reserved_says_what_for_and_until_when", "reserved entry", {"number": 90, "reserved_until": None}),
    Change("entry_in_use_has_its_directive", "reserved entry", {"state": "numbered"}),
    Insertion(
        "entry_of_a_secret_paper_holds_nothing_of_it",
        "entry",
        {"number": 91, "secret": True, "directive": lambda world: world["draft"]},
    ),
]

DELIVERIES: list[Attempt] = [
    Insertion("delivery_is_one_per_body", "delivery", {}),
    Change("delivery_is_received_by_a_named_person", "delivery", {"state": "received", "received_at": MOMENT}),
    Change("delivery_has_a_time_of_sending_once_sent", "waiting delivery", {"state": "sent"}),
    Change("delivery_keeps_its_facts", "delivery", {"organization": lambda world: world["committee"]}),
    Change("delivery_keeps_its_facts", "delivery", {"executes": False}),
    Change("delivery_keeps_its_facts", "delivery", {"sent_at": MOMENT}),
    Deletion("delivery_is_never_deleted", "waiting delivery"),
    Emptying("deliveries_are_not_emptied", "waiting delivery"),
    Insertion("notice_is_one_per_address", "notice", {}),
    Insertion("notice_of_a_draft_is_one_per_address", "notice of a draft", {}),
    Change("notice_tells_of_a_delivery_or_of_a_draft", "notice of a draft", {"kind": "issued"}),
    Change("notice_tells_of_a_delivery_or_of_a_draft", "notice", {"delivery": None}),
    Insertion("incoming_book_is_one_per_period", "book", {}),
    Insertion("incoming_number_is_used_once", "incoming entry", {"delivery": None}),
    Change("incoming_entry_is_never_changed", "incoming entry", {"number": 99}),
    Deletion("incoming_entry_is_never_changed", "incoming entry"),
    Emptying("incoming_book_is_not_emptied", "incoming entry"),
    Change("outbox_claim_has_a_lease", "outbox row", {"state": "claimed"}),
]

TASKS: list[Attempt] = [
    Insertion("task_is_one_per_item", "task", {}),
    Change("task_is_never_changed", "task", {"text": "việc khác"}),
    Deletion("task_is_never_changed", "task"),
    Emptying("tasks_are_not_emptied", "task"),
    Insertion("assignment_is_one_per_task_and_body", "share", {}),
    Insertion("task_has_one_lead", "lead", {"organization": lambda world: world["unit"]}),
    Insertion("task_is_due_on_a_day_or_by_a_timing", "task", {"block_id": "x", "timing": "standing", "due_at": MOMENT}),
    Insertion("task_timing_can_be_read", "task", {"block_id": "x", "timing": "every now and then"}),
    Change("assignment_done_has_a_time", "share", {"state": "done"}),
    Change("assignment_ended_has_a_reason", "share", {"state": "ended"}),
    Change("report_is_never_changed", "report", {"text": "kết quả khác"}),
    Deletion("report_is_never_changed", "report"),
    Emptying("reports_are_not_emptied", "report"),
    Insertion("period_is_past_once", "past period", {}),
    Change("period_is_never_changed", "past period", {"reported_at": MOMENT}),
    Deletion("period_is_never_changed", "past period"),
    Emptying("periods_are_not_emptied", "past period"),
    Insertion("report_answers_a_share_once", "answer", {}),
    Change("answer_is_never_changed", "answer", {"assignment": lambda world: world["share"]}),
    Deletion("answer_is_never_changed", "answer"),
    Emptying("answers_are_not_emptied", "answer"),
]

ATTEMPTS = [*PEOPLE_AND_BODIES, *HISTORY, *DIRECTIVES, *REGISTER, *DELIVERIES, *TASKS]
