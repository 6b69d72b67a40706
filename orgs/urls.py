"""Addresses for the person: sign in, sign out, change the password."""

from django.urls import path

from orgs.views import password, sign_in

urlpatterns = [
    path("dang-nhap/", sign_in.sign_in, name="sign_in"),
    path("dang-xuat/", sign_in.sign_out, name="sign_out"),
    path("doi-mat-khau/", password.change_password, name="change_password"),
]
