"""Failed sign-ins, kept to slow down guessing."""

from __future__ import annotations

from django.db import models


class SignInFailure(models.Model):
    """A failed sign-in, by the name that was typed (folded) and the address it came from."""

    username = models.CharField(max_length=64)
    address = models.CharField(max_length=64)
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["username", "at"], name="sign_in_failure_of")]

    def __str__(self) -> str:
        return f"{self.username} {self.at:%Y-%m-%d %H:%M}"
