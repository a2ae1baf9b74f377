"""Letters are written into the outbox with what they tell: one to one person, nothing smuggled into a header (S36)."""

from email import message_from_bytes, policy

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction

from office.models import Letter
from office.services.delivery import deliver_letters
from office.services.letters import absolute, drop_letter, one_line, queue_letter
from shared.fields import PatientNumber
from shared.sealing import LINK
from tests.office.post import delivered
from tests.shared.test_chi import number


def a_letter(world, **facts):
    told = {"to": "callum@example.org", "person": world.callum, "subject": "Hello", "body": "Hello Callum"}
    return queue_letter(**{**told, "reason": "test", **facts})


def test_a_letter_waits_until_it_has_left(world):
    letter = a_letter(world)
    assert (letter.state, letter.tries) == (Letter.State.QUEUED, 0)
    (message,) = delivered()
    letter.refresh_from_db()
    assert (letter.state, letter.tries, letter.answer) == (Letter.State.SENT, 1, "")
    assert letter.sent_at
    assert message.extra_headers["Message-ID"] == letter.message_id
    assert delivered() == []


def test_one_reason_makes_one_letter(world):
    first, second = a_letter(world), a_letter(world, subject="Hello again")
    assert first.pk == second.pk
    assert len(delivered()) == 1
    assert a_letter(world, reason="another").pk != first.pk


def test_an_undone_change_writes_no_letter(world):
    with transaction.atomic():
        a_letter(world)
        transaction.set_rollback(True)
    assert delivered() == []


def test_it_leaves_after_the_commit_and_not_before(world, django_capture_on_commit_callbacks, mailoutbox):
    with django_capture_on_commit_callbacks(execute=True):
        a_letter(world)
        assert mailoutbox == []
    assert len(mailoutbox) == 1


@pytest.mark.parametrize(
    "nasty",
    [
        "Priya\r\nBcc: all@example.org",
        "Priya\nTo: all@example.org\n\nBody",
        "Priya\x0b\x0c\x1c\x85\u2028Bcc: all@example.org",
        "Pri\u202eya\u200b\x00",
        "P" * 10_000,
        "Рrіyа 🙂",
    ],
)
def test_nothing_that_somebody_is_called_reaches_a_header_of_its_own(world, smtp, nasty):
    a_letter(world, subject=f"{nasty} invites you")
    deliver_letters()
    (envelope,) = smtp.taken
    message = message_from_bytes(envelope.content, policy=policy.default)
    assert envelope.rcpt_tos == ["callum@example.org"]
    assert message["To"] == "callum@example.org"
    assert message["Bcc"] is None
    assert message["Cc"] is None
    assert len(message["Subject"].strip()) <= 200
    assert not {"\r", "\n", "\u202e", "\u200b", "\x00", "\u2028"} & set(message["Subject"])
    assert message.get_content().strip() == "Hello Callum"


@pytest.mark.parametrize("to", ["callum@example.org\nBcc: x@example.org", "a@example.org, b@example.org", "callum", ""])
def test_what_is_no_single_address_is_refused(world, to):
    with pytest.raises(ValidationError):
        a_letter(world, to=to)
    assert not Letter.objects.exists()


def test_a_naive_header_would_have_been_split():
    """Negative control: without `one_line` the subject keeps its line breaks."""
    nasty = "Priya\r\nBcc: all@example.org"
    assert len(nasty.splitlines()) == 2
    assert one_line(nasty) == "Priya Bcc: all@example.org"


def test_a_link_is_sealed_while_it_waits_and_forgotten_once_it_has_left(world):
    letter = a_letter(world, body=f"Open {LINK} now", link="/invitation/secretword/")
    letter.refresh_from_db()
    assert "secretword" not in f"{letter.body}{letter.link}"
    (message,) = delivered()
    assert message.body == "Open http://testserver/invitation/secretword/ now"
    letter.refresh_from_db()
    assert letter.link == ""


def test_links_name_this_site_whatever_host_was_asked_for(settings):
    settings.SITE_ROOT = "https://portal.example.org"
    assert absolute("http://evil.example/accounts/x/?a=1") == "https://portal.example.org/accounts/x/?a=1"
    assert absolute("/invitation/abc/") == "https://portal.example.org/invitation/abc/"


def test_no_letter_holds_a_patients_number(world):
    with pytest.raises(PatientNumber), transaction.atomic():
        a_letter(world, body=f"About {number()}")
    assert delivered() == []


def test_a_letter_that_is_no_longer_needed_is_not_sent(world):
    letter = a_letter(world, body=LINK, link="/x/")
    drop_letter(reason="test")
    assert delivered() == []
    letter.refresh_from_db()
    assert (letter.state, letter.link) == (Letter.State.GIVEN_UP, "")
