"""The app of people and bodies."""

from django.apps import AppConfig


class OrgsConfig(AppConfig):
    """WHO: people, bodies, posts, terms, groups, authority and the history of both apps."""

    name = "orgs"
