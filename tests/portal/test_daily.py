"""`manage.py daily` and what may go wrong with it: each job once a day, one failure stopping no other."""

import os
import re
import signal
import subprocess
import sys
import threading
from datetime import UTC, datetime, timedelta
from email import message_from_bytes

import pytest
import time_machine
from django.apps import apps
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import User
from clusters.models import RoleAssignment
from meetings.models import Action
from office.models import JobRun, Letter
from office.rules import LONGEST_GAP, SKEW, clock_problem
from office.services import daily
from office.services.daily import Came, ClockDoubted, run_daily
from office.services.delivery import deliver_letters
from portal import jobs
from tests.cast import build_world
from tests.escalations import story
from tests.meetings import minutes
from tests.office.reminded import morning, planned
from tests.reporting import told

DONE = [Came.DONE] * 4


@pytest.fixture(autouse=True)
def _one_clock(monkeypatch):
    """Days pass here as a test wants, and the clock of a database server does not follow."""
    monkeypatch.setattr(daily, "database_clock", lambda: None)


def came(**told):
    return [ran.came for ran in run_daily(**told)]


def members(world, number, *, address="p{}@example.org"):
    """People of Rowan with an action each that is due tomorrow, in as few queries as may be."""
    people = User.objects.bulk_create(
        User(email=address.format(n), full_name=f"Person {n}", password="md5$a$b") for n in range(number)
    )
    RoleAssignment.objects.bulk_create(
        RoleAssignment(person=p, role="MDT", cluster=world.rowan, starts_on=world.since) for p in people
    )
    Action.objects.bulk_create(
        Action(
            forum=world.rowan.forum,
            what=f"Audit recall list {p.pk}",
            owner=p,
            due_on=world.today + timedelta(days=1),
            added_at=timezone.now(),
            added_by=world.callum,
        )
        for p in people
    )
    return people


# --- Once a day --------------------------------------------------------------------------------------


def test_says_what_it_did_and_does_it_once(world, capsys):
    minutes.an_action(world, due_in=1)
    call_command("daily")
    assert capsys.readouterr().out == (
        "handovers: 0 handovers carried out\nmeetings: 0 meetings planned\nreminders: 1 reminder written\n"
        "letters: 1 sent\n"
    )
    call_command("daily")
    assert capsys.readouterr().out == (
        "handovers: done already today\nmeetings: done already today\nreminders: done already today\n"
        "letters: done already today\n"
    )
    assert Letter.objects.count() == 1
    assert JobRun.objects.get(job="reminders").outcome == {"said": "1 reminder written"}


def test_the_next_day_has_its_own_run(world):
    now = timezone.now()
    assert came(at=now) == DONE
    assert came(at=now + timedelta(days=1)) == DONE
    assert JobRun.objects.count() == 8


def test_after_five_missed_days_one_reminder_and_not_five(world):
    minutes.an_action(world, due_in=1)
    assert came(at=timezone.now()) == DONE
    assert came(at=timezone.now() + timedelta(days=6)) == DONE
    assert Letter.objects.count() == 2
    assert JobRun.objects.filter(job="reminders").count() == 2


def test_negative_control_a_run_for_each_missed_day_would_write_five(world):
    minutes.an_action(world, due_in=1)
    for days in range(1, 6):
        run_daily(at=timezone.now() + timedelta(days=days))
    assert Letter.objects.count() == 5


def test_a_job_that_fails_is_reported_stops_no_other_and_is_tried_again(world, monkeypatch, capsys):
    def broken(*, at):
        raise ValueError("Mrs Smith")

    broken.__name__ = "handovers"
    named = {"handovers": broken, "reminders": jobs.reminders, "letters": jobs.letters}
    monkeypatch.setattr(daily, "plugged", lambda name: tuple(named.values()))
    minutes.an_action(world, due_in=1)
    with pytest.raises(CommandError, match="Failed: handovers"):
        call_command("daily")
    assert "handovers: failed (ValueError)" in capsys.readouterr().out
    assert Letter.objects.count() == 1
    assert JobRun.objects.get(job="handovers").outcome == {"failed": "ValueError"}
    named["handovers"] = jobs.handovers
    call_command("daily")
    assert capsys.readouterr().out.splitlines() == [
        "handovers: 0 handovers carried out",
        "reminders: done already today",
        "letters: done already today",
    ]


def test_a_run_that_was_killed_is_taken_up_after_an_hour_and_not_before(world):
    now = timezone.now()
    minutes.an_action(world, due_in=1)
    JobRun.objects.create(job="reminders", slot=timezone.localdate(now), started_at=now - timedelta(minutes=50))
    assert came(at=now)[2] == Came.ELSEWHERE
    assert not Letter.objects.exists()
    JobRun.objects.update(started_at=now - timedelta(minutes=70), finished_at=None)
    assert came(at=now)[2] == Came.DONE
    assert Letter.objects.count() == 1


def test_every_job_has_a_name_of_its_own(settings):
    names = [path.rpartition(".")[2] for path in settings.DAILY_JOBS]
    assert len(set(names)) == len(names)
    assert all(len(name) <= 40 for name in names)


# --- The clock (F30) ---------------------------------------------------------------------------------


@pytest.mark.parametrize("back", [timedelta(hours=2), timedelta(days=1), timedelta(days=400)])
def test_a_clock_that_went_back_is_refused_in_words(world, back):
    minutes.an_action(world, due_in=1)
    at = timezone.now()
    run_daily(at=at)
    before = Letter.objects.count(), JobRun.objects.count()
    with pytest.raises(ClockDoubted, match=r"one of them was wrong\. Nothing was done"):
        run_daily(at=at - back)
    assert (Letter.objects.count(), JobRun.objects.count()) == before


def test_negative_control_without_the_guard_yesterday_would_be_told_again(world, monkeypatch):
    minutes.an_action(world, due_in=1)
    run_daily(at=timezone.now())
    monkeypatch.setattr(daily, "clock_problem", lambda *a, **k: "")
    run_daily(at=timezone.now() - timedelta(days=1))
    assert Letter.objects.count() == 2


def test_the_command_ends_with_an_error_and_force_says_that_the_clock_is_right_now(world, capsys):
    ahead = timezone.now() + timedelta(days=300)
    JobRun.objects.create(job="reminders", slot=ahead.date(), started_at=ahead, finished_at=ahead)
    with pytest.raises(CommandError, match="use --force"):
        call_command("daily")
    call_command("daily", force=True)
    call_command("daily")
    assert "done already today" in capsys.readouterr().out


def test_two_machines_whose_clocks_differ_by_a_little_are_both_trusted():
    at = datetime(2026, 11, 26, 6, tzinfo=UTC)
    assert clock_problem(at, last=at + timedelta(minutes=5), database=at - timedelta(minutes=5)) == ""


def test_far_ahead_is_told_from_missed_days():
    at = datetime(2026, 11, 26, 6, tzinfo=UTC)
    assert clock_problem(at, last=at - timedelta(hours=27), database=None) == ""
    assert clock_problem(at, last=at - LONGEST_GAP, database=at) == ""
    assert "15 days ago" in clock_problem(at, last=at - timedelta(days=15), database=at)
    assert "the one of the database" in clock_problem(at, last=at - timedelta(days=1), database=at - timedelta(hours=2))
    assert clock_problem(at, last=None, database=at - SKEW) == ""


@pytest.mark.pg
def test_the_clock_of_the_database_is_asked(world, monkeypatch):
    monkeypatch.undo()
    with pytest.raises(ClockDoubted, match="the one of the database"):
        run_daily(at=timezone.now() + timedelta(days=1))
    assert came(at=timezone.now()) == DONE


# --- The mail server (F19–F21) -----------------------------------------------------------------------


def test_of_500_reminders_half_are_refused_and_everybody_else_gets_one(world, smtp, as_person):
    kinds = ("good", "later", "good", "never")
    people = [*members(world, 500, address="x{}@example.org")]
    for n, person in enumerate(people):
        person.email = f"{kinds[n % 4]}{n}@example.org"
    User.objects.bulk_update(people, ["email"])
    run_daily(at=timezone.now())
    deliver_letters()
    got = [to for envelope in smtp.taken for to in envelope.rcpt_tos]
    assert sorted(got) == sorted(p.email for p in people if p.email.startswith("good"))
    assert len(got) == 250
    for _ in range(2):  # a second run the same day, and a second delivery
        run_daily(at=timezone.now())
        deliver_letters()
    assert len(smtp.taken) == 250
    states = {state: Letter.objects.filter(state=state).count() for state in ("SENT", "REFUSED", "QUEUED")}
    assert states == {"SENT": 250, "REFUSED": 125, "QUEUED": 125}
    page = as_person(world.priya).get("/letters/?state=REFUSED").content.decode()
    assert "550 5.1.1 no such user" in page
    assert "125" in page


def test_a_server_that_is_down_for_a_day_loses_nothing_that_is_still_of_use(world, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    minutes.an_action(world, due_in=1)
    assert came(at=timezone.now()) == DONE
    assert Letter.objects.get().state == "QUEUED"
    with time_machine.travel(timezone.now() + timedelta(days=1), tick=False):
        deliver_letters()
        assert Letter.objects.get().answer == "Too late to be of use."
        run_daily(at=timezone.now())
    assert Letter.objects.filter(state="QUEUED").count() == 1


def test_a_reminder_of_nothing_but_a_meeting_is_dropped_when_the_meeting_begins(world, smtp):
    at = morning(world.today, 6)
    with time_machine.travel(at, tick=False):
        planned(world, days=0, at=datetime(2026, 1, 1, 9, 0).time())
        RoleAssignment.objects.filter(person__in=[world.morag, world.callum]).delete()
        jobs.reminders(at=at)
    assert Letter.objects.count() == 3
    with time_machine.travel(morning(world.today, 9, 1), tick=False):
        assert deliver_letters() == {"GIVEN_UP": 3}
    assert smtp.taken == []


def test_negative_control_without_its_end_it_would_be_sent_late(world, smtp):
    at = morning(world.today, 6)
    with time_machine.travel(at, tick=False):
        planned(world, days=0, at=datetime(2026, 1, 1, 9, 0).time())
        jobs.reminders(at=at)
        Letter.objects.update(useful_until=None)
    with time_machine.travel(morning(world.today, 9, 1), tick=False):
        assert deliver_letters()["SENT"] == len(smtp.taken) > 0


def test_one_that_speaks_of_more_is_still_sent_after_the_meeting_began(world, smtp):
    at = morning(world.today, 6)
    with time_machine.travel(at, tick=False):
        planned(world, days=0, at=datetime(2026, 1, 1, 9, 0).time())
        minutes.an_action(world, due_in=1)
        jobs.reminders(at=at)
    with time_machine.travel(morning(world.today, 9, 1), tick=False):
        assert deliver_letters()["SENT"] == 1


KILLED = """
import os, signal, django
django.setup()
from django.db import connection
from office.services import delivery
connection.settings_dict["NAME"] = os.environ["TEST_NAME"]
real = delivery._marked
def marked(letter, state, **facts):
    if state == "SENT":
        os.kill(os.getpid(), signal.SIGKILL)
    return real(letter, state, **facts)
delivery._marked = marked
delivery.deliver_letters()
"""


@pytest.mark.django_db(transaction=True)
def test_a_worker_killed_between_the_servers_yes_and_the_mark_makes_at_most_one_duplicate(smtp, settings, monkeypatch):
    """A real process, killed by the system (F21)."""
    world = build_world()
    monkeypatch.setattr("office.services.letters.send_soon", lambda: None)
    minutes.an_action(world, due_in=1)
    jobs.reminders(at=timezone.now())
    long_ago = datetime(2020, 1, 1, tzinfo=UTC)  # also for the clock of the child, whatever ours begins at
    Letter.objects.update(next_try=long_ago, useful_until=None)
    url = os.environ["DATABASE_URL"]
    name = connection.settings_dict["NAME"]
    child = {
        **os.environ,
        "DATABASE_URL": url if connection.vendor == "postgresql" else f"sqlite:///{name}",
        "TEST_NAME": str(name),
        "DJANGO_SETTINGS_MODULE": "tests.portal.child_settings",
        "CHILD_SMTP_PORT": str(settings.EMAIL_PORT),
    }
    for _ in range(3):
        ended = subprocess.run([sys.executable, "-c", KILLED], env=child, capture_output=True, timeout=60)
        assert ended.returncode in (-signal.SIGKILL, 0), ended.stderr.decode()
        assert Letter.objects.get().state in ("SENDING", "GIVEN_UP")
        Letter.objects.update(started_at=long_ago)
    ids = {message_from_bytes(envelope.content)["Message-ID"] for envelope in smtp.taken}
    assert (len(smtp.taken), len(ids)) == (2, 1)
    assert Letter.objects.get().answer == "The sending was interrupted twice. It may have arrived."


# --- Twice at once (F22) -----------------------------------------------------------------------------


def at_once(work, times=2):
    """Run `work` in threads that begin together; what each gave."""
    gate, given = threading.Barrier(times), []

    def run():
        gate.wait(10)
        try:
            given.append(work())
        finally:
            connection.close()

    threads = [threading.Thread(target=run) for _ in range(times)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return given


@pytest.mark.django_db(transaction=True)
def test_started_twice_at_once_everybody_gets_one(smtp):
    world = build_world()
    members(world, 40, address="good{}@example.org")
    at = timezone.now()
    given = at_once(lambda: came(at=at), times=3)
    deliver_letters()
    assert sorted(g[2] == Came.DONE for g in given) == [False, False, True]
    got = [to for envelope in smtp.taken for to in envelope.rcpt_tos]
    assert len(got) == len(set(got)) == 40


@pytest.mark.django_db(transaction=True)
def test_negative_control_without_the_row_of_the_day_both_would_write(monkeypatch):
    """And then the reason of each letter still lets only one through."""
    world = build_world()
    members(world, 5)
    monkeypatch.setattr("office.services.letters.send_soon", lambda: None)
    monkeypatch.setattr(daily, "_claimed", lambda name, at: JobRun(job=name, slot=at.date(), started_at=at))
    at = timezone.now()
    given = at_once(lambda: came(at=at))
    assert [g[2] for g in given] == [Came.DONE, Came.DONE]
    assert Letter.objects.count() == 5


# --- Links (F43) -------------------------------------------------------------------------------------


def snapshot():
    """Every row of every table of ours that a page might touch, but for visits and sessions."""
    tables = [m for m in apps.get_models() if m._meta.app_label not in ("sessions", "usersessions")]
    return {m._meta.label: list(m._base_manager.order_by("pk").values()) for m in tables if m._meta.managed}


def changed_by_following_links(world, client, as_person):
    """What a mail scanner does: GET and HEAD of every link, signed in as the owner and not; names what changed."""
    minutes.an_action(world, due_in=1)
    minutes.an_ask(world)
    minutes.logged(world)
    planned(world)
    story.raised(world)
    told.project(told.plan(world))
    jobs.reminders(at=timezone.now())
    links = [
        (letter.person, link)
        for letter in Letter.objects.all()
        for link in re.findall(r"http://testserver(\S+)", letter.body)
    ]
    assert len(links) > 10
    before = snapshot()
    for person, link in links:
        owner = as_person(person)
        assert owner.get(link).status_code == 200, (person, link)
        assert owner.head(link).status_code in (200, 405)
        assert client.get(link).status_code == 302
        assert client.head(link).status_code in (302, 405)
    after = snapshot()
    return {label for label in after if after[label] != before[label]} - {"accounts.User"}  # when they last signed in


def test_following_every_link_of_a_reminder_changes_nothing(world, client, as_person):
    assert changed_by_following_links(world, client, as_person) == set()


def acts_when_read(get_response):
    """A middleware that closes an action when its page is read, as a "mark done" link would."""

    def answer(request):
        if request.method == "GET" and (found := re.fullmatch(r"/actions/(\d+)/", request.path)):
            done = {"state": "DONE", "closed_at": timezone.now(), "closed_by": User.objects.order_by("pk").first()}
            Action.objects.filter(pk=found[1]).update(**done)
        return get_response(request)

    return answer


def test_negative_control_a_link_that_acts_would_be_seen(world, client, as_person, settings):
    settings.MIDDLEWARE = [*settings.MIDDLEWARE, f"{__name__}.acts_when_read"]
    assert changed_by_following_links(world, client, as_person) == {"meetings.Action"}


def test_an_action_leads_to_its_page_and_not_to_the_form_that_closes_it(world):
    action = minutes.an_action(world, due_in=1)
    jobs.reminders(at=timezone.now())
    body = Letter.objects.get().body
    assert f"http://testserver/actions/{action.pk}/\n" in body
    assert "/close/" not in body
    assert "/done/" not in body


def test_a_second_run_costs_next_to_nothing(world):
    members(world, 200)
    with CaptureQueriesContext(connection) as first:
        run_daily(at=timezone.now())
    with CaptureQueriesContext(connection) as again:
        run_daily(at=timezone.now())
    assert len(again) * 20 <= len(first)
