"""Addresses of directives, deliveries, tasks and the two health checks."""

from __future__ import annotations

from django.urls import path, register_converter

from directives.views import (
    clerk,
    consultation,
    consulted,
    corrections,
    directive_page,
    draft_aids,
    draft_saving,
    draft_tables,
    drafting,
    enclosures,
    files,
    finding,
    following,
    health,
    inbox,
    mending,
    my_work,
    opinions,
    outgoing,
    register_acts,
    registers,
    reports,
    review_order,
    rounds,
    secret,
    sending,
    signing_matrix,
    start,
    statistics,
    steps,
    submission_papers,
    tasks,
    text_as_file,
    uploading,
    word,
)
from directives.workflow import Step

SLUGS = {
    Step.SUBMIT: "trinh",
    Step.PULL_BACK: "rut-lai",
    Step.PASS_ON: "nhat-tri",
    Step.RETURN: "tra-lai",
    Step.APPROVE: "duyet-ky",
    Step.APPROVE_JOINTLY: "duyet-ky-cung-ban-hanh",
    Step.NOTE_SIGNATURE: "nhan-ban-da-ky",
    Step.NUMBER: "cap-so",
    Step.NOTE_SEAL: "dong-dau",
    Step.ISSUE: "phat-hanh",
    Step.ISSUE_LATER: "hen-gio-phat-hanh",
    Step.CALL_OFF: "thoi-hen-gio",
    Step.VOID_NUMBER: "huy-so",
    Step.RECALL: "thu-hoi",
    Step.START_WORK: "bat-dau",
    Step.CONFIRM: "xac-nhan",
    Step.ASK_MORE: "yeu-cau-bo-sung",
    Step.END: "thoi-theo-doi",
}


class StepConverter:
    """A step as a word of the address: `Step.NUMBER` is `cap-so`."""

    regex = "|".join(SLUGS.values())

    def to_python(self, value: str) -> Step:
        """The step that this word means."""
        return next(step for step, slug in SLUGS.items() if slug == value)

    def to_url(self, value: Step | str) -> str:
        """The word for this step."""
        return SLUGS[Step(value)]


register_converter(StepConverter, "step")

urlpatterns = [
    path("", my_work.my_work, name="my_work"),
    path("tim-kiem/", finding.find, name="find"),
    path("van-ban-di/", outgoing.outgoing, name="outgoing"),
    path("van-ban-di/bat-dau/", secret.draft_start, name="draft_start"),
    path("van-ban-di/mau/", start.start, name="start"),
    path("van-ban-di/mau/<uuid:pk>/", start.start_from_template, name="start_from_template"),
    path("van-ban-di/mau/<uuid:pk>/thoi-dung/", start.withdraw_template, name="withdraw_template"),
    path("van-ban-di/danh-muc-trinh-ky/", submission_papers.signing_list, name="signing_list"),
    path("van-ban-di/soan/", drafting.draft_new, name="draft_new"),
    path("van-ban-di/soan/luu/", draft_saving.keep_new, name="draft_keep_new"),
    path("van-ban-di/soan/dan/", draft_tables.pasted, name="draft_pasted"),
    path("van-ban-di/soan/bang-nhiem-vu/", draft_tables.task_table, name="draft_task_table"),
    path("van-ban-di/soan/goi-y/", draft_aids.named, name="draft_named"),
    path("van-ban-di/soan/don-vi/", draft_aids.bodies, name="draft_bodies"),
    path("van-ban-di/soan/noi-nhan/", draft_aids.lines, name="draft_lines"),
    path("van-ban-di/soan/ban-in/", draft_aids.preview, name="draft_preview"),
    path("van-ban/<uuid:pk>/", directive_page.directive, name="directive"),
    path("van-ban/<uuid:pk>/soan/", drafting.edit, name="edit"),
    path("van-ban/<uuid:pk>/soan/luu/", draft_saving.keep, name="draft_keep"),
    path("van-ban/<uuid:pk>/soan/dang-mo/", draft_saving.stand_open, name="draft_open"),
    path("van-ban/<uuid:pk>/giao-viec/", drafting.recipients_and_tasks, name="recipients_and_tasks"),
    path("van-ban/<uuid:pk>/van-ban-la-tep/", text_as_file.text_as_file, name="text_as_file"),
    path("van-ban/<uuid:pk>/van-ban-la-tep/tai/", text_as_file.text_file, name="text_file"),
    path("van-ban/<uuid:pk>/kem-theo/", enclosures.enclosures, name="enclosures"),
    path("van-ban/<uuid:pk>/kem-theo/sao-gui/", enclosures.send_along, name="send_along"),
    path("van-ban/<uuid:pk>/kem-theo/<str:sha256>/", enclosures.enclosure, name="enclosure"),
    path("van-ban/<uuid:pk>/kem-theo/<str:sha256>/sua/", enclosures.change_enclosure, name="change_enclosure"),
    path("van-ban/<uuid:pk>/thay-the/", corrections.corrections, name="corrections"),
    path("van-ban/<uuid:pk>/sua-nhanh/", mending.mend, name="mend"),
    path("van-ban/<uuid:pk>/cac-lan-du-thao/", rounds.rounds, name="rounds"),
    path("van-ban/<uuid:pk>/soan-theo/", start.start_like, name="start_like"),
    path("van-ban/<uuid:pk>/luu-mau/", start.keep_template, name="keep_template"),
    path("van-ban/<uuid:pk>/y-kien/", opinions.opinions, name="opinions"),
    path("van-ban/<uuid:pk>/y-kien/<int:opinion>/", opinions.answer, name="answer_opinion"),
    path("van-ban/<uuid:pk>/lay-y-kien/", consultation.consultation, name="consultation"),
    path("van-ban/<uuid:pk>/lay-y-kien/thoi/", consultation.end_consultation, name="end_consultation"),
    path("gop-y/<uuid:pk>/", consulted.consulted, name="consulted"),
    path("gop-y/<uuid:pk>/trang/<int:number>.png", consulted.consulted_page, name="consulted_page"),
    path("gop-y/<uuid:pk>/tep/", consulted.consulted_file, name="consulted_file"),
    path("van-ban/<uuid:pk>/dang-gui/", sending.sending, name="sending"),
    path("van-ban/<uuid:pk>/phieu-trinh/", submission_papers.submission_slip, name="submission_slip"),
    path("van-ban/<uuid:pk>/ban-quet/", uploading.upload_begin, name="upload_begin"),
    path("ban-quet/<uuid:pk>/", uploading.upload_part, name="upload_part"),
    path("van-ban/<uuid:pk>/tep/<str:sha256>/", files.file, name="file"),
    path("van-ban/<uuid:pk>/tep-word/", word.word, name="word"),
    path("van-ban/<uuid:pk>/trang/<str:sha256>/<int:number>.png", files.page_image, name="page_image"),
    path("van-ban/<uuid:pk>/<step:step>/", steps.step, name="step"),
    path("danh-ba/<slug:code>/tham-quyen-ky/", signing_matrix.signing_matrix, name="signing_matrix"),
    path("quan-tri/co-quan/<slug:code>/thu-tu-trinh/", review_order.review_order, name="review_order"),
    path("van-ban-den/", inbox.inbox, name="inbox"),
    path("van-ban-den/<uuid:pk>/tiep-nhan/", inbox.receive, name="receive"),
    path("van-ban-den/<uuid:pk>/tra-lai/", inbox.misdirect, name="misdirect"),
    path("nhiem-vu/", tasks.tasks, name="tasks"),
    path("nhiem-vu/bao-cao/", reports.report, name="report"),
    path("nhiem-vu/<uuid:pk>/", tasks.task, name="task"),
    path("nhiem-vu/<uuid:pk>/nguoi-theo-doi/", following.follower, name="task_follower"),
    path("nhiem-vu/<uuid:pk>/<step:step>/", tasks.task_step, name="task_step"),
    path("so-dang-ky/", registers.registers, name="registers"),
    path("so-dang-ky/giu-so/", register_acts.reserve_number, name="reserve_number"),
    path("so-dang-ky/so-mat/", secret.secret_number, name="secret_number"),
    path("so-dang-ky/so/<int:pk>/huy/", register_acts.void_reserved, name="void_reserved"),
    path("so-dang-ky/van-ban-di/<int:pk>/", registers.outgoing_register, name="outgoing_register"),
    path("so-dang-ky/van-ban-di/<int:pk>/in/", registers.outgoing_register_print, name="outgoing_register_print"),
    path("so-dang-ky/van-ban-den/<int:pk>/", registers.incoming_register, name="incoming_register"),
    path("so-dang-ky/van-ban-den/<int:pk>/in/", registers.incoming_register_print, name="incoming_register_print"),
    path("thong-ke/", statistics.statistics, name="statistics"),
    path("van-thu/", clerk.clerk, name="clerk"),
    path("van-thu/thu/<uuid:pk>/gui-lai/", clerk.send_again, name="send_again"),
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
]
