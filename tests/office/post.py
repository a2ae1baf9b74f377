"""What the tests of letters share: a mail server that takes and refuses, and the letters that have left."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Self

from aiosmtpd.controller import Controller
from django.core import mail

from office.services.delivery import deliver_letters
from tests.shared.test_chi import number


def delivered() -> list:
    """Send what waits, and give the messages that left: in tests the commit, and with it the sending, never comes."""
    mail.outbox.clear()
    deliver_letters()
    return list(mail.outbox)


class Sink:
    """Takes every message and keeps it with its envelope; refuses addresses that begin with `later` or `never`."""

    def __init__(self) -> None:
        self.taken: list = []
        self.rcpt: list[str] = []
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.port = free.getsockname()[1]

    @classmethod
    @contextmanager
    def listening(cls) -> Iterator[Self]:
        sink = cls()
        controller = Controller(sink, hostname="127.0.0.1", port=sink.port)
        controller.start()
        yield sink
        controller.stop()

    async def handle_RCPT(self, server, session, envelope, address, options):
        self.rcpt.append(address)
        if address.startswith("later"):
            return f"450 4.2.1 mailbox busy with {number()}"
        if address.startswith("never"):
            return "550 5.1.1 no such user"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        self.taken.append(envelope)
        return "250 taken"
