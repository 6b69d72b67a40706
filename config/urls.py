"""Every address of the program."""

from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path

from directives.views.design import design

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("orgs.urls")),
    path("", include("directives.urls")),
    *([path("design/", design, name="design")] if settings.DEBUG else []),
]

handler400 = "directives.views.errors.bad_request"
handler403 = "directives.views.errors.forbidden"
handler404 = "directives.views.errors.not_found"
handler500 = "directives.views.errors.broken"
