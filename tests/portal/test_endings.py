"""A role ends at midnight, in an open session too; a form that was open says so and gives the words back (F35)."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from accounts.models import AuditEvent
from accounts.roles import Role
from clusters import services
from clusters.models import RoleAssignment
from clusters.selectors.endings import ended_lately
from meetings.models import Meeting
from tests.meetings.minutes import log_fields, published

LOG = "/clusters/rowan/meetings/log/"
SCOTLAND = ZoneInfo("Europe/London")


def end_yesterday(world):
    services.end_role(held=world.callum.roles_held.get(), last_day=world.today - timedelta(days=1), by=world.priya)


def save(client, world):
    return client.post(LOG, log_fields(world, **{"item-0-title": "Recall by text"}))


# --- The exact moment ------------------------------------------------------------------------------


@pytest.mark.parametrize("last_day", [date(2026, 11, 24), date(2027, 6, 15)], ids=["winter", "summer time"])
def test_access_ends_at_midnight_local_time_in_an_open_session(world, as_person, last_day):
    begins = datetime(last_day.year, last_day.month, last_day.day, tzinfo=SCOTLAND)
    with time_machine.travel(begins + timedelta(hours=20), tick=False):
        RoleAssignment.objects.filter(person=world.callum).update(ends_on=last_day + timedelta(days=1))
        callum = as_person(world.callum)
    with time_machine.travel(begins + timedelta(hours=23, minutes=59, seconds=59), tick=False):
        assert callum.get(LOG).status_code == 200
    with time_machine.travel(begins + timedelta(hours=24), tick=False):
        assert callum.get(LOG).status_code == 404
        refused = callum.post(LOG, {"item-0-title": "Recall by text"})
        assert refused.status_code == 403
        said = f"ended on {last_day:%a} {last_day.day} {last_day:%b %Y}, so this was not saved"
        assert said in refused.content.decode()


# --- What is said ----------------------------------------------------------------------------------


def test_the_open_form_is_refused_with_a_plain_sentence_and_the_words(world, as_person):
    callum = as_person(world.callum)
    assert callum.get(LOG).status_code == 200
    end_yesterday(world)
    before = AuditEvent.objects.count()
    refused = save(callum, world)
    text = refused.content.decode()
    yesterday = world.today - timedelta(days=1)
    assert refused.status_code == 403
    assert f"Your role Cluster Quality Lead of Rowan ended on {yesterday:%a} {yesterday.day}" in text
    assert "Heather Lind can go on with it." in text
    assert "Recall by text</textarea>" in text
    assert "Alder: share text template by 31 Dec</textarea>" in text
    assert ">VIDEO</textarea>" not in text
    assert not Meeting.objects.exists()
    event = AuditEvent.objects.get(verb="access.refused")
    assert (AuditEvent.objects.count(), event.by, event.changes) == (
        before + 1,
        world.callum,
        {"page": "meetings:meeting_log"},
    )


def test_a_successor_is_named_and_a_page_that_is_only_read_says_when(world, as_person):
    end_yesterday(world)
    services.assign_role(person=world.una, role=Role.CQL, at=world.rowan, starts_on=world.today, by=world.priya)
    callum = as_person(world.callum)
    assert "Una Blair and Heather Lind can go on with it." in save(callum, world).content.decode()
    page = callum.get(LOG)
    assert page.status_code == 404
    assert "Your role Cluster Quality Lead ended on" in page.content.decode()
    assert "Una Blair" not in page.content.decode()


def test_absent_foreign_and_former_look_the_same(world, as_person):
    meeting = published(world)
    end_yesterday(world)
    callum = as_person(world.callum)
    former = callum.post(reverse("meetings:meeting_share", args=[meeting.pk]), {"do": "x"})
    absent = callum.post(reverse("meetings:meeting_share", args=[10**9]), {"do": "x"})
    foreign = callum.post("/clusters/birch/meetings/log/", {"do": "x"})
    never = callum.post("/clusters/nowhere/meetings/log/", {"do": "x"})
    answers = {(sent.status_code, sent.content) for sent in (former, absent, foreign, never)}
    assert len(answers) == 1
    assert former.status_code == 403


def test_an_address_that_leads_nowhere_says_nothing_about_roles(world, as_person):
    assert as_person(world.fergus).post("/no/such/page/").status_code == 404


@pytest.mark.parametrize("who", ["nell", "una", "gail"])
def test_others_are_told_no_more_than_before(world, as_person, who):
    """Negative control: nobody whose role did not end."""
    sent = save(as_person(getattr(world, who)), world)
    assert sent.status_code == 404
    assert "Your role" not in sent.content.decode()


def test_a_role_given_by_mistake_and_withdrawn_is_said_without_names_of_the_cluster(world, as_person):
    held = services.assign_role(person=world.una, role=Role.CQL, at=world.rowan, starts_on=world.today, by=world.priya)
    una = as_person(world.una)
    assert una.get(LOG).status_code == 200
    services.withdraw_role(held=held, by=world.priya)
    text = save(una, world).content.decode()
    assert "Your role Cluster Quality Lead of Rowan was withdrawn on" in text
    assert "Callum" not in text
    assert "Priya Nair can go on with it." in text


def test_what_ended_long_ago_or_is_held_again_is_not_said(world):
    assert ended_lately(world.fergus, on=world.today).role_and_place == "Cluster Quality Lead of Rowan"
    assert ended_lately(world.fergus, on=world.today + timedelta(days=90)) is None
    services.assign_role(person=world.fergus, role=Role.CQL, at=world.rowan, starts_on=world.today, by=world.priya)
    assert ended_lately(world.fergus, on=world.today) is None
    assert ended_lately(world.gail, on=world.today) is None


# --- Sign-in stopped -------------------------------------------------------------------------------


def test_whoever_is_shut_out_with_an_open_form_gets_the_words_back(world, as_person):
    callum = as_person(world.callum)
    assert callum.get(LOG).status_code == 200
    services.stop_sign_in(person=world.callum, by=world.priya)
    refused = save(callum, world)
    assert refused.status_code == 403
    assert "You can no longer sign in here, so this was not saved." in refused.content.decode()
    assert "Recall by text</textarea>" in refused.content.decode()
    assert not Meeting.objects.exists()
    assert AuditEvent.objects.get(verb="access.refused").by == world.callum
    assert callum.get(LOG).url.startswith(reverse("account_login"))


def test_a_session_that_is_not_whole_is_nobodys(world, as_person):
    callum = as_person(world.callum)
    services.stop_sign_in(person=world.callum, by=world.priya)
    world.callum.set_password("another-word-for-the-burn")
    world.callum.is_active = False
    world.callum.save()
    assert save(callum, world).status_code == 302
    assert not AuditEvent.objects.filter(verb="access.refused").exists()


def test_roles_end_by_the_local_date_not_by_utc(world):
    """Half an hour past midnight in summer is still the day before in UTC."""
    with time_machine.travel(datetime(2027, 6, 16, 0, 30, tzinfo=SCOTLAND), tick=False):
        assert timezone.now().date() == date(2027, 6, 15)
        assert timezone.localdate() == date(2027, 6, 16)
