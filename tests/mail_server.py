"""A real SMTP server on the loopback address that keeps what it receives and can be told to refuse."""

from __future__ import annotations

import logging
import os
import threading
from collections import Counter
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

# It tells every step of every connection.
logging.getLogger("mail.log").setLevel(logging.WARNING)


@dataclass(frozen=True)
class Mail:
    """One mail as it arrived: the envelope's addresses and the message."""

    sender: str
    recipients: tuple[str, ...]
    message: EmailMessage

    @property
    def message_id(self) -> str:
        """The name under which a resent mail is recognised."""
        return str(self.message["Message-ID"])

    @property
    def text(self) -> str:
        """The plain text part."""
        part = self.message.get_body(("plain",))
        return part.get_content() if part is not None else ""


class MailServer:
    """Starts with the block and stops with it; `received` grows in the order of arrival.

    `answers` maps a recipient's address to the reply it gets instead of 250, for example "550 no such mailbox".
    At a mail to an address in `drops_after_taking` or `drops_before_taking` the line goes dead instead of the last 250,
    with the mail kept or not. `log`, when set, is a file that names every mail that was kept.
    """

    def __init__(self) -> None:
        self.received: list[Mail] = []
        self.answers: dict[str, str] = {}
        self.drops_after_taking: set[str] = set()
        self.drops_before_taking: set[str] = set()
        self.log: Path | None = None
        self._lock = threading.Lock()
        # Port 0: the system chooses a free one, so several runs do not meet.
        self._controller = _AnyPort(self, hostname="127.0.0.1", port=0)

    def __enter__(self) -> MailServer:
        self._controller.start()
        return self

    def __exit__(self, *failure: object) -> None:
        self._controller.stop()

    @property
    def port(self) -> int:
        """Where it listens."""
        return int(self._controller.server.sockets[0].getsockname()[1])

    @property
    def environment(self) -> dict[str, str]:
        """What a process needs to send its mail here."""
        return {"EMAIL_HOST": "127.0.0.1", "EMAIL_PORT": str(self.port)}

    def per_recipient(self) -> Counter[str]:
        """How many mails each address received."""
        with self._lock:
            return Counter(address for mail in self.received for address in mail.recipients)

    async def handle_RCPT(  # noqa: N802 - the name that aiosmtpd calls
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        """Take the recipient, or give the reply that was set for it."""
        if address in self.answers:
            return self.answers[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        """Keep the mail."""
        to = set(envelope.rcpt_tos)
        if not to & self.drops_before_taking:
            self._keep(envelope)
        if to & (self.drops_before_taking | self.drops_after_taking):
            server.transport.abort()
        return "250 kept"

    def _keep(self, envelope: Envelope) -> None:
        content: Any = envelope.content
        message = message_from_bytes(content, policy=policy.default)
        assert isinstance(message, EmailMessage)
        mail = Mail(str(envelope.mail_from), tuple(envelope.rcpt_tos), message)
        with self._lock:
            if self.log is not None:
                _write_down(self.log, f"taken: message-id={mail.message_id}\n")
            self.received.append(mail)


def _write_down(log: Path, line: str) -> None:
    with log.open("a", encoding="utf-8") as file:
        file.write(line)
        file.flush()
        os.fsync(file.fileno())


class _AnyPort(Controller):
    """A controller that asks itself for a greeting on the port the system chose."""

    def _trigger_server(self) -> None:
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()
