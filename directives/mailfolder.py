"""Mail into a folder, for a trial without a mail server: one file for each Message-ID, so repeats do no harm."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend


class FolderBackend(BaseEmailBackend):
    """Writes each mail as an .eml file under settings.MAIL_FOLDER."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Write the mails; returns how many."""
        folder = Path(settings.MAIL_FOLDER)
        folder.mkdir(parents=True, exist_ok=True)
        for mail in email_messages:
            message = mail.message()
            path = _path(str(message["Message-ID"]))
            temporary = path.with_suffix(".new")
            temporary.write_bytes(message.as_bytes())
            temporary.replace(path)
        return len(email_messages)

    def was_taken(self, message_id: str) -> bool:
        """True when the mail with this Message-ID lies in the folder."""
        return _path(message_id).exists()


def _path(message_id: str) -> Path:
    name = "".join(letter for letter in message_id if letter.isalnum() or letter in "-_.@")
    return Path(settings.MAIL_FOLDER) / f"{name}.eml"
