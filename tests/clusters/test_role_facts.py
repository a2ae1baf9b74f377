"""/registry/roles/…/change/: sessions, who pays, portfolio, review day, seat and profession."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.urls import reverse

from accounts.models import AuditEvent
from accounts.roles import Right, Role
from clusters import services
from clusters.models import RoleAssignment
from clusters.selectors import people_inside, reach_of
from clusters.services.role_facts import RoleFacts, change_role
from meetings.selectors import setting_of
from tests.clusters.test_roles import give


def change(client, held, **data):
    return client.post(reverse("clusters:role_change", args=[held.pk]), data)


def test_what_a_lead_leads_is_changed_and_told_without_the_words(world, as_person):
    held = world.callum.roles_held.get()
    review = world.today + timedelta(days=90)
    sent = change(
        as_person(world.priya),
        held,
        sessions_a_month="2.5",
        funded_by="Strath HSCP",
        portfolio="Prescribing",
        review_on=str(review),
    )
    assert sent.status_code == 302
    held.refresh_from_db()
    assert (held.sessions_a_month, held.funded_by, held.portfolio) == (Decimal("2.5"), "Strath HSCP", "Prescribing")
    event = AuditEvent.objects.get(verb="role changed")
    assert event.changes["review_on"] == [None, str(review)]
    assert event.changes["words"] == ["funded_by", "portfolio"]
    listed = as_person(world.priya).get(reverse("clusters:role_list") + "?q=callum").content.decode()
    assert "leads Prescribing; funded by Strath HSCP" in listed


def test_changing_nothing_is_told_to_nobody(world):
    held = world.callum.roles_held.get()
    change_role(held=held, sessions_a_month=None, facts=RoleFacts(), by=world.priya)
    assert not AuditEvent.objects.exists()


@pytest.mark.parametrize(
    ("data", "field"),
    [
        ({"sessions_a_month": "NaN"}, "sessions_a_month"),
        ({"review_on": "0001-01-01"}, "review_on"),
        ({"portfolio": "see 010190 0001"}, None),
        ({"portfolio": "x" * 301}, "portfolio"),
    ],
)
def test_what_is_wrong_is_said(world, as_person, data, field):
    page = change(as_person(world.priya), world.callum.roles_held.get(), **data)
    if field:
        assert field in page.context["form"].errors
    held = world.callum.roles_held.get()
    assert (held.sessions_a_month, held.review_on) == (None, None)


def test_the_split_of_two_leads_is_added_up_on_the_cluster_page(world, as_person):
    for name, sessions, portfolio in (("callum", "1.5", "Data"), ("una", "2", "Prescribing")):
        person = getattr(world, name)
        if name == "una":
            services.assign_role(person=person, role=Role.CQL, at=world.rowan, starts_on=world.today, by=world.priya)
        facts = RoleFacts(portfolio=portfolio)
        change_role(held=person.roles_held.get(), sessions_a_month=Decimal(sessions), facts=facts, by=world.priya)
    page = as_person(world.asha).get(reverse("reporting:cluster", args=["rowan"])).content.decode()
    assert "Together 3.5 sessions a month; the national guidance speaks of 4." in page
    assert "Prescribing; 2 sessions a month" in page


# --- Members of the multidisciplinary team, at a practice too --------------------------------------


def nurse(world, as_person):
    sent = give(
        as_person(world.priya),
        "MDT",
        email="una@example.org",
        practice=world.elm.code,
        seat="CORE",
        profession="NURSING",
        starts_on=str(world.today),
    )
    assert sent.status_code == 302
    return world.una.roles_held.get()


def test_a_practice_nurse_is_a_regular_member(world, as_person):
    held = nurse(world, as_person)
    assert (held.practice, held.seat, held.profession) == (world.elm, "CORE", "NURSING")
    assert world.rowan.pk in reach_of(world.una, on=world.today).clusters(Right.SEE_INSIDE)
    assert world.una in people_inside(world.rowan, on=world.today)
    setting = setting_of(world.rowan.forum, held_on=world.today, today=world.today)
    seat = next(seat for seat in setting.seats if seat.practice == world.elm)
    assert (seat.others, seat.deputies) == ((world.una,), ())
    assert f"person:{world.una.pk}" in {c.key for c in setting.candidates}
    page = as_person(world.una).get(reverse("reporting:cluster", args=["rowan"])).content.decode()
    assert "Una Blair, nursing, Elm Medical Practice (core member)" in page
    log = as_person(world.callum).get(reverse("meetings:meeting_log", args=["rowan"])).content.decode()
    assert f'<datalist id="may-come-{seat.key}"><option value="Una Blair">' in log


@pytest.mark.parametrize("places", [{}, {"place": "cluster:rowan", "practice": "90003"}])
def test_a_member_sits_in_a_cluster_or_at_a_practice(world, as_person, places):
    day = str(world.today)
    page = give(as_person(world.priya), "MDT", email="una@example.org", starts_on=day, **places)
    assert "one of the two" in str(page.context["form"].errors["place"])
    assert not RoleAssignment.objects.filter(role=Role.MDT_MEMBER).exists()
    give(as_person(world.priya), "MDT", email="una@example.org", starts_on=day, place="cluster:rowan")
    assert world.una.roles_held.get().cluster == world.rowan


# --- Who may change which role ---------------------------------------------------------------------


@pytest.mark.parametrize("page", ["role_change", "role_end", "role_withdraw"])
def test_who_keeps_a_part_touches_no_administrator(world, as_person, page):
    held = world.isla.roles_held.get()
    path = reverse(f"clusters:{page}", args=[held.pk])
    assert as_person(world.isla).get(path).status_code == 403
    assert as_person(world.isla).post(path, {"last_day": str(world.today)}).status_code == 403
    assert as_person(world.priya).get(path).status_code == 200
    assert path not in as_person(world.isla).get(reverse("clusters:role_list")).content.decode()
    held.refresh_from_db()
    assert (held.ends_on, held.withdrawn_at) == (None, None)


def test_outside_the_part_there_is_no_role(world, as_person):
    held = world.nell.roles_held.get()
    assert change(as_person(world.isla), held, portfolio="X").status_code == 404
    assert change(as_person(world.nell), held, portfolio="X").status_code == 404
    assert change(as_person(world.priya), held, portfolio="X").status_code == 302


def test_a_person_who_comes_back_is_the_same_person(world, as_person):
    give(as_person(world.priya), "CQL", email="Fergus@example.org", place="cluster:rowan", starts_on=str(world.today))
    assert world.fergus.roles_held.count() == 2
    assert reach_of(world.fergus, on=world.today).has(Right.LEAD)


def test_two_roles_act_on_the_cluster_of_the_address(world, as_person):
    """Duncan leads Larch, and oversees Rowan from above: the address decides, never a "current cluster"."""
    duncan = as_person(world.duncan)
    assert duncan.get(reverse("meetings:meeting_log", args=["larch"])).status_code == 200
    assert duncan.get(reverse("meetings:meeting_log", args=["rowan"])).status_code == 403
    duncan.get(reverse("reporting:cluster", args=["rowan"]))
    assert duncan.get(reverse("meetings:meeting_log", args=["larch"])).status_code == 200
