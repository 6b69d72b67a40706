"""A person who signs in."""

from __future__ import annotations

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils.translation import gettext_lazy as _


class PersonManager(BaseUserManager["Person"]):
    """Makes people and finds them by their sign-in name."""

    def create_person(self, username: str, full_name: str, password: str | None = None, **facts: str) -> Person:
        """A saved person; without a password nobody can sign in as this person."""
        person = self.model(username=username, full_name=full_name, **facts)
        person.set_password(password)
        person.save(using=self._db)
        return person

    def create_with_one_time_password(self, username: str, full_name: str, password: str, **facts: str) -> Person:
        """A saved person who chooses a password at the first sign-in, before anything else."""
        person = self.model(username=username, full_name=full_name, **facts)
        person.set_password(password)
        person.must_change_password = True
        person.save(using=self._db)
        return person


class Person(AbstractBaseUser):
    """One human being; what the person may do comes from the posts held today, never from this row."""

    username = models.CharField(_("sign-in name"), max_length=64, unique=True)
    full_name = models.CharField(_("full name"), max_length=120)
    email = models.EmailField(_("e-mail"), blank=True)
    phone = models.CharField(_("telephone"), max_length=32, blank=True)
    is_active = models.BooleanField(_("may sign in"), default=True)
    must_change_password = models.BooleanField(_("must change the password at the next sign-in"), default=False)

    objects = PersonManager()

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS = ["full_name"]

    class Meta:
        ordering = ["full_name", "pk"]

    def __str__(self) -> str:
        return self.full_name

    def set_password(self, raw_password: str | None) -> None:
        """Take a password that the person chose; whoever gives one for a single sign-in marks it afterwards."""
        super().set_password(raw_password)
        self.must_change_password = False
