"""Every address of the program."""

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("orgs.urls")),
    path("", include("directives.urls")),
]

handler400 = "directives.views.errors.bad_request"
handler403 = "directives.views.errors.forbidden"
handler404 = "directives.views.errors.not_found"
handler500 = "directives.views.errors.broken"
