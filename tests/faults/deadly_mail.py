"""Mail servers at which the worker dies: named as EMAIL_BACKEND of a worker in a test."""

from __future__ import annotations

import os
import signal
from collections.abc import Sequence
from pathlib import Path

from django.core.mail import EmailMessage
from django.core.mail.backends.smtp import EmailBackend


class DiesAtOneAddress(EmailBackend):
    """The process ends at the mail to the address in DEADLY_ADDRESS, each time."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Send, or die."""
        if os.environ["DEADLY_ADDRESS"] in email_messages[0].to:
            os.kill(os.getpid(), signal.SIGKILL)
        return super().send_messages(email_messages)


class DiesOnceAfterSending(EmailBackend):
    """The process ends after the first mail to the address in DEADLY_ADDRESS was taken, before it can note that."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Send; once, die with the answer unread."""
        sent = super().send_messages(email_messages)
        died = Path(os.environ["DIED_FILE"])
        if os.environ["DEADLY_ADDRESS"] in email_messages[0].to and not died.exists():
            died.touch()
            os.kill(os.getpid(), signal.SIGKILL)
        return sent
