"""Forms of the person and of the administrator."""

from orgs.forms.sign_in import SignInForm

__all__ = ["SignInForm"]
