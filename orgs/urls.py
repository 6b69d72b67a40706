"""Addresses for the person, the directory of bodies and the administrator."""

from __future__ import annotations

from django.urls import path, register_converter

from orgs.acts import Act
from orgs.views import accounts, acts, administration, directory, endings, password, sign_in

ACTS = {
    Act.ENTER_BODY: "co-quan-moi",
    Act.RENAME_BODY: "ten-moi",
    Act.END_BODY: "ket-thuc-hoat-dong",
    Act.GIVE_POST: "giao-chuc-trach",
    Act.MAKE_GROUP: "nhom-moi",
    Act.BEGIN_TERM: "nhiem-ky-moi",
    Act.GIVE_AUTHORITY: "phan-cong-ky",
    Act.SUBSTITUTE: "phan-cong-thay",
}
ENDINGS = {
    Act.END_POST: "chuc-trach",
    Act.END_TERM: "nhiem-ky",
    Act.END_AUTHORITY: "phan-cong-ky",
    Act.END_MEMBER: "thanh-vien",
}


class ActConverter:
    """What is done to a body as a word of the address."""

    slugs = ACTS
    regex = "|".join(ACTS.values())

    def to_python(self, value: str) -> Act:
        """The act that this word means."""
        return next(act for act, slug in self.slugs.items() if slug == value)

    def to_url(self, value: Act | str) -> str:
        """The word for this act."""
        return self.slugs[Act(value)]


class EndingConverter(ActConverter):
    """What ends as a word of the address."""

    slugs = ENDINGS
    regex = "|".join(ENDINGS.values())


register_converter(ActConverter, "act")
register_converter(EndingConverter, "ending")

urlpatterns = [
    path("dang-nhap/", sign_in.sign_in, name="sign_in"),
    path("dang-xuat/", sign_in.sign_out, name="sign_out"),
    path("doi-mat-khau/", password.change_password, name="change_password"),
    path("danh-ba/", directory.directory, name="directory"),
    path("danh-ba/<slug:code>/", directory.body, name="body"),
    path("quan-tri/", administration.administration, name="administration"),
    path("quan-tri/nhom/<int:pk>/", administration.group, name="group"),
    path("quan-tri/tai-khoan/<int:pk>/mat-khau-moi/", accounts.new_password, name="new_password"),
    path("quan-tri/tai-khoan/<int:pk>/dong/", accounts.close_account, name="close_account"),
    path("quan-tri/tai-khoan/<int:pk>/mo-lai/", accounts.reopen_account, name="reopen_account"),
    path("quan-tri/ket-thuc/<ending:act>/<int:pk>/", endings.end, name="end"),
    path("quan-tri/co-quan/<slug:code>/", administration.administered, name="administered_body"),
    path("quan-tri/co-quan/<slug:code>/tai-khoan-moi/", accounts.open_account, name="open_account"),
    path("quan-tri/co-quan/<slug:code>/<act:act>/", acts.act, name="act"),
]
