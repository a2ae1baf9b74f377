"""The reset link travels through a real mail conversation, to one person."""

import re
import socket
from email import message_from_bytes

import pytest
from aiosmtpd.controller import Controller
from allauth.account.models import EmailAddress
from django.urls import reverse


class Sink:
    """Takes every message and keeps it with its envelope."""

    def __init__(self):
        self.taken = []

    async def handle_DATA(self, server, session, envelope):
        self.taken.append(envelope)
        return "250 taken"


@pytest.fixture
def sink():
    box = Sink()
    with socket.create_server(("127.0.0.1", 0)) as free:
        box.port = free.getsockname()[1]
    controller = Controller(box, hostname="127.0.0.1", port=box.port)
    controller.start()
    yield box
    controller.stop()


def test_the_link_arrives_and_opens_the_form(world, client, sink, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", sink.port
    EmailAddress.objects.create(user=world.callum, email=world.callum.email, verified=True, primary=True)
    client.post(reverse("account_reset_password"), {"email": "callum@example.org"})
    (envelope,) = sink.taken
    assert envelope.rcpt_tos == ["callum@example.org"]
    message = message_from_bytes(envelope.content)
    text = (
        message.get_payload(decode=True)
        if not message.is_multipart()
        else message.get_payload(0).get_payload(decode=True)
    )
    link = re.search(r"http://testserver(/accounts/password/reset/key/\S+)", text.decode())
    assert link, text
    assert "Choose a new password" in client.get(link.group(1), follow=True).content.decode()
    assert "assword" in message["Subject"]
