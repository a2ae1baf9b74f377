"""What sign-in writes to people goes through the outbox, in the portal's words."""

import re

import pytest
from allauth.account.adapter import get_adapter
from allauth.core.context import request_context
from django.conf import settings
from django.test import RequestFactory

from office.models import Letter
from shared.sealing import LINK
from tests.office.post import delivered

PREFIXES = sorted(
    str(path.relative_to(settings.ROOT / "templates")).removesuffix("_subject.txt")
    for path in (settings.ROOT / "templates").rglob("email/*_subject.txt")
)


@pytest.mark.parametrize("prefix", PREFIXES)
def test_every_letter_is_ours(world, prefix):
    request = RequestFactory().get("/", HTTP_HOST="localhost")
    context = {"user": world.callum, "password_reset_url": "http://localhost/accounts/x/", "provider": {"name": "NHS"}}
    with request_context(request):
        get_adapter(request).send_mail(prefix, world.callum.email, context)
    (message,) = delivered()
    assert message.subject.startswith("GP Cluster Portal: ")
    assert message.body.startswith("Hello Callum")
    assert "GP Cluster Portal" in message.body
    assert not re.search(r"\b[Ee]mail\b|successfully|localhost", message.subject + message.body)
    assert LINK not in message.body


def test_there_are_as_many_as_we_know_of():
    assert len(PREFIXES) >= 12


def test_each_is_a_letter_of_its_own(world):
    request = RequestFactory().get("/")
    with request_context(request):
        for _ in range(2):
            get_adapter(request).send_mail("account/email/password_set", "callum@example.org", {"user": world.callum})
            get_adapter(request).send_mail("account/email/password_set", "nobody@example.org", {})
    assert Letter.objects.count() == 2
