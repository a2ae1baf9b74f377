"""The reset link travels through a real mail conversation, to one person, and names this site whatever was asked."""

import re
from email import message_from_bytes

from allauth.account.models import EmailAddress
from django.urls import reverse

from office.services.delivery import deliver_letters


def test_the_link_arrives_and_opens_the_form(world, client, smtp, settings):
    EmailAddress.objects.create(user=world.callum, email=world.callum.email, verified=True, primary=True)
    settings.ALLOWED_HOSTS = ["*"]
    client.post(reverse("account_reset_password"), {"email": "callum@example.org"}, HTTP_HOST="evil.example")
    deliver_letters()
    (envelope,) = smtp.taken
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
