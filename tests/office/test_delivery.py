"""Delivery in a real mail conversation: refusals, back-off, a server that is down, a killed worker (F19–F21)."""

import threading
import time
from contextlib import suppress
from datetime import timedelta
from email import message_from_bytes

import pytest
from django.core.mail import get_connection
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from office.models import Letter
from office.services import delivery
from office.services.delivery import BACK_OFF, KILLED_AFTER, deliver_letters, send_soon
from office.services.letters import queue_letter, try_again

State = Letter.State


def letters_to(world, *addresses, **facts):
    return [
        queue_letter(to=to, person=world.callum, subject="Hello", body="Hello", reason=f"to {to}", **facts)
        for to in addresses
    ]


def states():
    return {letter.to: letter.state for letter in Letter.objects.all()}


def pass_time(**ahead):
    """Make every letter older by so much."""
    gone = timedelta(**ahead)
    for letter in Letter.objects.all():
        Letter.objects.filter(pk=letter.pk).update(
            next_try=letter.next_try - gone, started_at=letter.started_at and letter.started_at - gone
        )


def test_refused_addresses_never_stop_the_others(world, smtp):
    letters_to(world, "never1@x.org", "good1@x.org", "later1@x.org", "good2@x.org", "never2@x.org", "good3@x.org")
    became = deliver_letters()
    assert became == {State.REFUSED: 2, State.SENT: 3, State.QUEUED: 1}
    assert [envelope.rcpt_tos for envelope in smtp.taken] == [["good1@x.org"], ["good2@x.org"], ["good3@x.org"]]
    assert Letter.objects.get(to="never1@x.org").answer == "550 5.1.1 no such user"
    assert deliver_letters() == {}
    assert len(smtp.taken) == 3


def test_what_the_server_says_is_kept_without_a_patients_number(world, smtp):
    letters_to(world, "later@x.org")
    deliver_letters()
    assert Letter.objects.get().answer == "450 4.2.1 mailbox busy with [patient number]"


def test_a_busy_mailbox_is_tried_again_with_growing_waits_and_then_given_up(world, smtp):
    (letter,) = letters_to(world, "later@x.org")
    for tries, wait in enumerate(BACK_OFF, start=1):
        assert deliver_letters() == {State.QUEUED: 1}
        assert deliver_letters() == {}
        letter.refresh_from_db()
        assert letter.tries == tries
        assert abs(letter.next_try - timezone.now() - wait) < timedelta(minutes=1)
        pass_time(seconds=wait.total_seconds() + 1)
    assert deliver_letters() == {State.GIVEN_UP: 1}
    pass_time(days=30)
    assert deliver_letters() == {}
    assert sum(BACK_OFF, timedelta()) > timedelta(days=1)


def test_a_server_that_is_down_loses_nothing_and_is_asked_once(world, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    letters_to(world, "a@x.org", "b@x.org", "c@x.org")
    assert deliver_letters() == {State.QUEUED: 1}
    assert set(states().values()) == {State.QUEUED}
    assert sorted(Letter.objects.values_list("tries", flat=True)) == [0, 0, 1]
    assert "did not answer" in Letter.objects.get(tries=1).answer


def test_after_a_server_was_down_everything_arrives_once(world, settings, smtp):
    letters_to(world, "a@x.org", "b@x.org")
    port, settings.EMAIL_PORT = settings.EMAIL_PORT, 1
    deliver_letters()
    settings.EMAIL_PORT = port
    pass_time(hours=1)
    assert deliver_letters() == {State.SENT: 2}
    assert sorted(envelope.rcpt_tos[0] for envelope in smtp.taken) == ["a@x.org", "b@x.org"]


def die_before_it_is_marked(monkeypatch) -> None:
    """The worker dies between the server's yes and its own note of it."""
    real = delivery._marked

    def killed(letter, state, **facts):
        if state == State.SENT:
            raise KeyboardInterrupt
        return real(letter, state, **facts)

    monkeypatch.setattr(delivery, "_marked", killed)


def test_a_worker_killed_after_the_server_took_it_makes_at_most_one_duplicate(world, smtp, monkeypatch):
    letters_to(world, "good@x.org")
    die_before_it_is_marked(monkeypatch)
    for _ in range(3):
        with suppress(KeyboardInterrupt):
            deliver_letters()
        pass_time(seconds=KILLED_AFTER.total_seconds() + 1)
    ids = {message_from_bytes(envelope.content)["Message-ID"] for envelope in smtp.taken}
    assert (len(smtp.taken), len(ids)) == (2, 1)
    letter = Letter.objects.get()
    assert letter.state == State.GIVEN_UP
    assert "may have arrived" in letter.answer


def test_negative_control_without_the_mark_of_a_repeat_there_would_be_a_third(world, smtp, monkeypatch):
    letters_to(world, "good@x.org")
    die_before_it_is_marked(monkeypatch)
    for _ in range(3):
        with suppress(KeyboardInterrupt):
            deliver_letters()
        Letter.objects.update(is_repeat=False)
        pass_time(seconds=KILLED_AFTER.total_seconds() + 1)
    assert len(smtp.taken) == 3


def test_a_letter_that_somebody_is_sending_right_now_is_left_alone(world, smtp):
    (letter,) = letters_to(world, "good@x.org")
    assert delivery._taken(letter.pk, timezone.now()).state == State.SENDING
    assert delivery._taken(letter.pk, timezone.now()) is None
    assert deliver_letters() == {}
    assert smtp.taken == []


def test_more_letters_than_one_look_finds_all_leave_in_their_order(world, smtp, monkeypatch):
    monkeypatch.setattr(delivery, "AT_ONCE", 2)
    letters_to(world, "good1@x.org", "later@x.org", "good2@x.org", "good3@x.org", "good4@x.org")
    assert deliver_letters() == {State.SENT: 4, State.QUEUED: 1}
    assert [envelope.rcpt_tos[0] for envelope in smtp.taken] == [f"good{n}@x.org" for n in range(1, 5)]


def test_a_letter_that_somebody_else_took_after_it_was_found_is_passed_over(world, smtp, monkeypatch):
    first, second = letters_to(world, "good1@x.org", "good2@x.org")
    found = [[first.pk, second.pk], []]
    monkeypatch.setattr(delivery, "_turns", lambda now: found.pop(0))
    delivery._taken(first.pk, timezone.now())
    assert deliver_letters() == {State.SENT: 1}
    assert smtp.taken[0].rcpt_tos == ["good2@x.org"]


def test_a_worker_killed_among_many_repeats_none_but_the_one_in_its_hand(world, smtp):
    letters_to(world, "good1@x.org", "good2@x.org", "good3@x.org")
    with pytest.MonkeyPatch.context() as patch:
        die_before_it_is_marked(patch)
        with suppress(KeyboardInterrupt):
            deliver_letters()
    pass_time(seconds=KILLED_AFTER.total_seconds() + 1)
    assert deliver_letters() == {State.SENT: 3}
    got = [envelope.rcpt_tos[0] for envelope in smtp.taken]
    assert sorted(got) == ["good1@x.org", "good1@x.org", "good2@x.org", "good3@x.org"]


def test_a_letter_that_is_too_late_is_not_sent(world, smtp):
    letters_to(world, "good@x.org", useful_until=timezone.now() - timedelta(minutes=1))
    assert deliver_letters() == {State.GIVEN_UP: 1}
    assert smtp.taken == []
    assert "Too late" in Letter.objects.get().answer


def test_a_letter_that_cannot_be_put_together_stops_no_other(world, smtp):
    broken, _ = letters_to(world, "first@x.org", "second@x.org")
    Letter.objects.filter(pk=broken.pk).update(link="nobody sealed this", body="[link]")
    assert deliver_letters() == {State.REFUSED: 1, State.SENT: 1}


def test_trying_again_sends_the_same_letter(world, smtp):
    (letter,) = letters_to(world, "never@x.org")
    deliver_letters()
    Letter.objects.update(to="good@x.org")  # their mailbox was made meanwhile
    try_again(letter=letter, by=world.priya)
    assert deliver_letters() == {State.SENT: 1}
    assert message_from_bytes(smtp.taken[0].content)["Message-ID"] == letter.message_id


def test_the_command_says_what_became_of_them(world, smtp, capsys):
    letters_to(world, "good@x.org", "never@x.org", "later@x.org")
    call_command("deliver_letters")
    assert capsys.readouterr().out == "1 waiting to be sent, 1 sent, 1 refused\n"
    call_command("deliver_letters")
    assert capsys.readouterr().out == ""


def test_django_itself_stops_at_the_first_refusal(world, smtp):
    """Negative control: what `send_messages` of Django does with the same addresses (F19)."""
    from smtplib import SMTPRecipientsRefused

    from django.core.mail import EmailMessage

    messages = [EmailMessage("Hello", "Hello", to=[to]) for to in ("never@x.org", "good@x.org")]
    with pytest.raises(SMTPRecipientsRefused):
        get_connection().send_messages(messages)
    assert smtp.taken == []


@pytest.mark.django_db(transaction=True)
def test_beside_the_request_nobody_waits_for_a_server_that_hangs(settings, smtp, monkeypatch):
    from tests.cast import build_world

    settings.LETTERS_BESIDE = True
    world, go, asked = build_world(), threading.Event(), threading.Event()
    opened = delivery._handed_over

    def hangs(letter, post):
        asked.set()
        assert go.wait(10)
        return opened(letter, post)

    monkeypatch.setattr(delivery, "_handed_over", hangs)
    letters_to(world, "one@x.org")  # commits at once: this returns although the server hangs
    assert asked.wait(10)
    letters_to(world, "two@x.org")
    assert smtp.taken == []
    go.set()
    for thread in threading.enumerate():
        if thread.name == "letters":
            thread.join(10)
    assert set(states().values()) == {State.SENT}
    assert len(smtp.taken) == 2


@pytest.mark.django_db(transaction=True)
def test_negative_control_within_the_request_everybody_would_wait(settings, smtp, monkeypatch):
    from tests.cast import build_world

    settings.LETTERS_BESIDE = False
    world, opened, seconds = build_world(), delivery._handed_over, 0.5

    def slow(letter, post):
        time.sleep(seconds)
        return opened(letter, post)

    monkeypatch.setattr(delivery, "_handed_over", slow)
    begun = time.monotonic()
    letters_to(world, "one@x.org")
    assert time.monotonic() - begun >= seconds


@pytest.mark.pg
@pytest.mark.django_db(transaction=True)
def test_two_workers_send_each_letter_once(smtp):
    from tests.cast import build_world

    world = build_world()
    connection.close()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("office.services.letters.send_soon", lambda: None)
        letters_to(world, *(f"good{n}@x.org" for n in range(20)))

    def work():
        deliver_letters()
        connection.close()

    workers = [threading.Thread(target=work) for _ in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(30)
    assert len(smtp.taken) == 20
    assert len({envelope.rcpt_tos[0] for envelope in smtp.taken}) == 20


def test_soon_means_at_once_where_mail_is_a_file(world, mailoutbox):
    letters_to(world, "good@x.org")
    send_soon()
    assert len(mailoutbox) == 1
