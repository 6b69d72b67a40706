"""The app of directives."""

from django.apps import AppConfig


class DirectivesConfig(AppConfig):
    """WHAT: directives, their numbers, copies, deliveries, tasks and reports."""

    name = "directives"
