"""/registry/roles/: listed, given, ended; access follows at once."""

import re
from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from accounts.models import AuditEvent, User
from accounts.roles import Right, Role
from clusters import services
from clusters.models import RoleAssignment
from clusters.selectors import reach_of
from clusters.selectors.people import NOBODY_SEEN
from practices.models import Practice
from tests.office.post import delivered

LIST = reverse("clusters:role_list")
ASSIGN = reverse("clusters:role_assign")


def shown(response):
    return {row.record.person.full_name.split()[0].lower() for row in response.context["table"].paginated_rows}


def give(client, role, **data):
    return client.post(f"{ASSIGN}?role={role}", {"full_name": "", "last_day": "", "sessions_a_month": "", **data})


# --- The list --------------------------------------------------------------------------------------


def test_the_list_shows_today_unless_asked(world, as_person):
    priya = as_person(world.priya)
    assert {"fergus", "gail"}.isdisjoint(shown(priya.get(LIST)))
    assert shown(priya.get(LIST + "?when=planned")) == {"gail"}
    assert shown(priya.get(LIST + "?when=past")) == {"fergus"}
    assert {"fergus", "gail", "callum"} <= shown(priya.get(LIST + "?when="))
    assert shown(priya.get(LIST + "?role=CQL&q=rowan&when=")) == {"callum", "fergus", "gail", "hamish"}


def test_the_last_day_is_inclusive_in_the_list(world, as_person):
    page = as_person(world.priya).get(LIST + "?when=past").content.decode()
    yesterday = world.today - timedelta(days=1)
    assert f"{yesterday.day} {yesterday:%b %Y}" in page


def test_who_looks_cannot_end(world, as_person):
    assert b">End</a>" in as_person(world.priya).get(LIST).content
    assert b">End</a>" not in as_person(world.olive).get(LIST).content
    assert as_person(world.nell).get(LIST).status_code == 404


# --- Given -----------------------------------------------------------------------------------------


def test_two_steps_first_the_role_then_the_place(world, as_person):
    priya = as_person(world.priya)
    assert "Cluster Quality Lead</option>" in priya.get(ASSIGN).content.decode()
    second = priya.get(ASSIGN + "?role=CQL").content.decode()
    assert '<option value="cluster:rowan">Rowan</option>' in second
    practice = priya.get(ASSIGN + "?role=PQL").content.decode()
    assert '<option value="90000 Alder Medical Practice">' in practice
    assert "Choose a role from the list." in priya.get(ASSIGN + "?role=KING").content.decode()


def test_somebody_who_is_here_gets_a_role_and_reaches_at_once(world, as_person):
    sent = give(
        as_person(world.priya),
        "CQL",
        email="UNA@example.org ",
        place="cluster:rowan",
        starts_on=str(world.today),
        sessions_a_month="4.5",
    )
    assert sent.status_code == 302
    held = world.una.roles_held.get()
    assert (held.cluster, held.ends_on, held.sessions_a_month) == (world.rowan, None, Decimal("4.5"))
    assert world.rowan.pk in reach_of(world.una, on=world.today).clusters(Right.LEAD)
    event = AuditEvent.objects.get(verb="role given")
    assert (event.by, event.subject_id) == (world.priya, held.pk)


@pytest.mark.parametrize("typed", ["90003", "90003 Elm Medical Practice", "elm medical practice"])
def test_a_practice_is_found_by_code_or_name(world, as_person, typed):
    give(as_person(world.priya), "PQL", email="una@example.org", place=typed, starts_on=str(world.today))
    assert world.una.roles_held.get().practice == world.elm


@pytest.mark.parametrize(
    ("role", "place", "field"),
    [("LOCALITY", "locality", "locality"), ("HSCP", "hscp:S37000005", "hscp"), ("BOARD", "board:S08000019", "board")],
)
def test_places_of_every_kind(world, as_person, role, place, field):
    place = f"locality:{world.west.pk}" if place == "locality" else place
    give(as_person(world.priya), role, email="una@example.org", place=place, starts_on=str(world.today))
    assert getattr(world.una.roles_held.get(), f"{field}_id")


def test_a_role_without_a_place(world, as_person):
    give(as_person(world.priya), "AUDITOR", email="una@example.org", starts_on=str(world.today))
    assert world.una.roles_held.get().where is None


def test_a_newcomer_gets_an_account_and_can_set_a_password(world, as_person):
    priya = as_person(world.priya)
    sent = give(
        priya,
        "PQL",
        email="New.Comer@nhs.scot",
        full_name="Ailsa Comer",
        place="90003",
        starts_on=str(world.today),
    )
    assert "An invitation is on its way to new.comer@nhs.scot" in priya.get(sent.url).content.decode()
    ailsa = User.objects.get(email="new.comer@nhs.scot")
    assert (ailsa.full_name, ailsa.has_usable_password()) == ("Ailsa Comer", False)
    assert AuditEvent.objects.filter(verb="person added", subject_id=ailsa.pk, by=world.priya).exists()
    visitor = Client()
    visitor.post(reverse("account_reset_password"), {"email": "new.comer@nhs.scot"})
    link = re.search(r"https?://[^/\s]+(/accounts/password/reset/key/\S+)", delivered()[-1].body).group(1)
    form = visitor.get(link, follow=True)
    new = "quiet-otters-by-the-burn"
    done = visitor.post(form.redirect_chain[-1][0], {"password1": new, "password2": new})
    assert done.status_code == 302
    ailsa.refresh_from_db()
    assert ailsa.check_password(new)
    visitor.post(reverse("account_login"), {"login": "new.comer@nhs.scot", "password": new})
    assert visitor.get(reverse("clusters:cluster_list")).status_code == 200


@pytest.mark.parametrize(
    ("role", "changes", "field", "words"),
    [
        ("CQL", {"email": "nobody@example.org"}, "full_name", "Type their name to add them"),
        ("CQL", {"email": "hamish@example.org"}, "email", "can no longer sign in"),
        ("CQL", {"email": "what"}, "email", "Type an address like"),
        ("CQL", {"place": ""}, "place", "Say where the role is held."),
        ("CQL", {"place": "cluster:none"}, "place", "Choose a place from the list."),
        ("CQL", {"place": "hscp:S37000005"}, "place", "Choose a place from the list."),
        ("PQL", {"place": "Nowhere"}, "place", "five-digit code"),
        ("CQL", {"starts_on": "later"}, "starts_on", "Type the day as in"),
        ("CQL", {"starts_on": "0001-01-01"}, "starts_on", "Check the year."),
        ("CQL", {"last_day": "9999-12-31"}, "last_day", "Check the year."),
        ("CQL", {"last_day": "2020-01-01"}, "last_day", "lies before the first day"),
        ("CQL", {"sessions_a_month": "NaN"}, "sessions_a_month", "Type a number"),
        ("CQL", {"sessions_a_month": "-3"}, "sessions_a_month", "0"),
        ("CQL", {"email": "callum@example.org"}, "starts_on", "holds the role Cluster Quality Lead at Rowan from"),
    ],
)
def test_what_is_wrong_is_said_beside_its_field(world, as_person, role, changes, field, words):
    data = {"email": "una@example.org", "place": "cluster:rowan", "starts_on": str(world.today), **changes}
    before = RoleAssignment.objects.count()
    page = give(as_person(world.priya), role, **data)
    assert page.status_code == 200
    assert words in str(page.context["form"].errors[field])
    assert data["email"] in page.content.decode()
    assert RoleAssignment.objects.count() == before
    assert not User.objects.filter(email="nobody@example.org").exists()


def test_an_address_out_of_sight_is_answered_like_one_that_nobody_has(world, as_person):
    """Isla keeps Strath: whether Nell of Birch has an account, and her name, are not for her to learn."""
    day = {"place": "cluster:larch", "starts_on": str(world.today)}
    isla = as_person(world.isla)
    known, unknown = (give(isla, "CQL", email=f"{who}@example.org", **day) for who in ("nell", "zoe"))
    for answer in (known, unknown):
        assert answer.context["form"].errors == {"full_name": [f"{NOBODY_SEEN} Type their name to add them."]}
        assert "Nell Croft" not in answer.content.decode()
    services.stop_sign_in(person=world.una, by=world.priya)
    stopped = give(isla, "CQL", email="una@example.org", full_name="Ann One", **day)
    assert "Una Blair" not in stopped.content.decode()
    assert stopped.context["form"].errors["email"][0].startswith("This address cannot be given a role.")
    assert give(as_person(world.priya), "CQL", email="nell@example.org", **day).status_code == 302


def test_the_same_role_elsewhere_or_later_is_no_overlap(world):
    again = {"person": world.fergus, "role": Role.CQL, "by": world.priya}
    services.assign_role(at=world.rowan, starts_on=world.today, **again)
    services.assign_role(at=world.larch, starts_on=world.today, **again)
    with pytest.raises(ValidationError):
        services.assign_role(at=world.rowan, starts_on=world.since, ends_on=world.today, **again)


def test_a_role_is_held_only_where_it_belongs(world):
    with pytest.raises(ValidationError, match="held at a cluster"):
        services.assign_role(person=world.una, role=Role.CQL, at=world.strath, starts_on=world.today, by=world.priya)


def test_only_the_registry_gives_roles(world, as_person):
    data = {"email": "nell@example.org", "place": "cluster:rowan", "starts_on": str(world.today)}
    assert give(as_person(world.nell), "CQL", **data).status_code == 404
    assert give(as_person(world.olive), "CQL", **data).status_code == 403
    assert world.nell.roles_held.count() == 1


# --- Ended -----------------------------------------------------------------------------------------


def end(client, held, day):
    return client.post(reverse("clusters:role_end", args=[held.pk]), {"last_day": str(day)})


def test_access_ends_with_the_last_day(world, as_person):
    held = world.callum.roles_held.get()
    assert end(as_person(world.priya), held, world.today).status_code == 302
    held.refresh_from_db()
    assert held.ends_on == world.today + timedelta(days=1)
    assert reach_of(world.callum, on=world.today).roles() == {Role.CQL}
    assert reach_of(world.callum, on=world.today + timedelta(days=1)).roles() == frozenset()
    event = AuditEvent.objects.get(verb="role ended")
    assert event.changes["ends_on"] == [None, str(held.ends_on)]


def test_ending_yesterday_closes_the_open_session(world, as_person):
    callum = as_person(world.callum)
    assert callum.get(reverse("reporting:cluster", args=["rowan"])).status_code == 200
    end(as_person(world.priya), world.callum.roles_held.get(), world.today - timedelta(days=1))
    assert callum.get(reverse("reporting:cluster", args=["rowan"])).status_code == 404


@pytest.mark.parametrize(
    ("who", "days", "words"),
    [
        ("callum", -900, "The role began on"),
        ("fergus", 5, "It ends earlier already"),
        ("priya", 0, "Nobody else looks after the registry"),
    ],
)
def test_ends_that_make_no_sense_are_refused(world, as_person, who, days, words):
    held = getattr(world, who).roles_held.get()
    page = end(as_person(world.priya), held, world.today + timedelta(days=days))
    assert words in str(page.context["form"].errors["last_day"])
    before = held.ends_on
    held.refresh_from_db()
    assert held.ends_on == before


def test_one_of_two_registry_administrators_may_go(world, as_person):
    services.assign_role(person=world.una, role=Role.REGISTRY_ADMIN, at=None, starts_on=world.today, by=world.priya)
    assert end(as_person(world.priya), world.priya.roles_held.get(), world.today).status_code == 302


def test_a_successor_who_has_not_begun_on_the_last_day_does_not_count(world, as_person):
    later = world.today + timedelta(days=30)
    services.assign_role(person=world.una, role=Role.REGISTRY_ADMIN, at=None, starts_on=later, by=world.priya)
    held = world.priya.roles_held.get()
    page = end(as_person(world.priya), held, world.today)
    assert "Nobody else looks after the registry" in str(page.context["form"].errors["last_day"])
    assert end(as_person(world.priya), held, later - timedelta(days=1)).status_code == 302


def test_a_role_with_an_end_to_come_can_be_ended_earlier(world, as_person):
    held = world.callum.roles_held.get()
    end(as_person(world.priya), held, world.today + timedelta(days=60))
    assert reverse("clusters:role_end", args=[held.pk]) in as_person(world.priya).get(LIST).content.decode()
    assert end(as_person(world.priya), held, world.today + timedelta(days=3)).status_code == 302
    held.refresh_from_db()
    assert held.last_day == world.today + timedelta(days=3)


def test_only_the_registry_ends_roles(world, as_person):
    held = world.callum.roles_held.get()
    assert end(as_person(world.nell), held, world.today).status_code == 404
    assert end(as_person(world.callum), held, world.today).status_code == 404
    assert end(as_person(world.olive), held, world.today).status_code == 403
    held.refresh_from_db()
    assert held.ends_on is None
    assert as_person(world.priya).get(reverse("clusters:role_end", args=[10**18])).status_code == 404


# --- At a place that has closed --------------------------------------------------------------------


def test_no_role_is_given_at_a_closed_practice(world, as_person):
    Practice.objects.filter(pk=world.elm.pk).update(closed_on=world.today)
    data = {"email": "una@example.org", "place": world.elm.code, "starts_on": str(world.today)}
    page = give(as_person(world.priya), "PQL", **data)
    assert "names no single open practice" in str(page.context["form"].errors["place"])


@pytest.mark.parametrize("place", ["elm", "larch"])
def test_nor_at_a_place_that_closed_meanwhile(world, place):
    stale = getattr(world, place)
    type(stale).objects.filter(pk=stale.pk).update(closed_on=world.today)
    role = Role.PQL if place == "elm" else Role.CQL
    given = {"person": world.una, "role": role, "at": stale, "starts_on": world.since, "by": world.priya}
    with pytest.raises(ValidationError, match="closed on"):
        services.assign_role(**given)
    assert services.assign_role(ends_on=world.today, **given).ends_on == world.today


# --- Two at the same moment ------------------------------------------------------------------------


def test_somebody_added_at_the_same_moment_is_appointed_all_the_same(world, monkeypatch):
    """The address was free when it was looked up, and taken when the person was to be added."""
    answers = [None, world.una]
    monkeypatch.setattr("clusters.services.newcomers._known", lambda email: answers.pop(0))
    monkeypatch.setattr("accounts.services.people._is_here", lambda address: False)
    held = services.appoint(
        email="una@example.org",
        full_name="Una Again",
        role=Role.CQL,
        at=world.rowan,
        starts_on=world.today,
        by=world.priya,
    )
    assert held.person == world.una


# --- Withdrawn -------------------------------------------------------------------------------------


def withdraw(client, held):
    return client.post(reverse("clusters:role_withdraw", args=[held.pk]))


def test_a_role_given_by_mistake_today_opens_nothing_from_now_on(world, as_person):
    held = services.assign_role(person=world.una, role=Role.CQL, at=world.rowan, starts_on=world.today, by=world.priya)
    una, rowan = as_person(world.una), reverse("reporting:cluster", args=["rowan"])
    assert una.get(rowan).status_code == 200
    priya = as_person(world.priya)
    assert "by mistake" in priya.get(reverse("clusters:role_withdraw", args=[held.pk])).content.decode()
    assert withdraw(priya, held).status_code == 302
    assert una.get(rowan).status_code == 404
    held.refresh_from_db()
    assert (held.withdrawn_by, held.ends_on) == (world.priya, None)
    event = AuditEvent.objects.get(verb="role withdrawn")
    assert (event.by, event.subject_id) == (world.priya, held.pk)
    again = withdraw(priya, held)
    assert "withdrawn already" in again.content.decode()
    services.assign_role(person=world.una, role=Role.CQL, at=world.rowan, starts_on=world.today, by=world.priya)


def test_a_planned_role_is_withdrawn_and_stays_as_evidence(world, as_person):
    priya = as_person(world.priya)
    withdraw(priya, world.gail.roles_held.get())
    assert shown(priya.get(LIST + "?when=planned")) == set()
    page = priya.get(LIST + "?when=withdrawn")
    assert shown(page) == {"gail"}
    assert "by Priya Nair" in page.content.decode()
    assert b">End</a>" not in page.content


def test_a_role_that_was_held_is_ended_instead(world, as_person):
    held = world.callum.roles_held.get()
    page = withdraw(as_person(world.priya), held)
    assert "End it" in page.content.decode()
    held.refresh_from_db()
    assert held.withdrawn_at is None


def test_the_last_administrator_of_a_day_is_not_withdrawn(world, as_person):
    day = world.today + timedelta(days=10)
    held = services.assign_role(person=world.una, role=Role.REGISTRY_ADMIN, at=None, starts_on=day, by=world.priya)
    end(as_person(world.priya), world.priya.roles_held.get(), day)
    assert "Nobody else looks after" in withdraw(as_person(world.priya), held).content.decode()


def test_only_the_registry_withdraws_roles(world, as_person):
    held = world.gail.roles_held.get()
    assert withdraw(as_person(world.nell), held).status_code == 404
    assert withdraw(as_person(world.olive), held).status_code == 403
    held.refresh_from_db()
    assert held.withdrawn_at is None


# --- Sign-in stopped and allowed -------------------------------------------------------------------


def sign_in(client, person, *, allowed):
    return client.post(reverse("clusters:person_sign_in", args=[person.pk]), {"allowed": str(allowed)})


def test_an_open_session_is_refused_on_its_next_request(world, as_person):
    callum, rowan = as_person(world.callum), reverse("reporting:cluster", args=["rowan"])
    assert callum.get(rowan).status_code == 200
    priya = as_person(world.priya)
    assert (
        "Stop their sign-in" in priya.get(reverse("clusters:person_sign_in", args=[world.callum.pk])).content.decode()
    )
    assert sign_in(priya, world.callum, allowed=False).status_code == 302
    assert callum.get(rowan).url.startswith(reverse("account_login"))
    event = AuditEvent.objects.get(verb="sign-in stopped")
    assert (event.by, event.subject_id, event.changes) == (world.priya, world.callum.pk, {"is_active": [True, False]})
    assert world.callum.roles_held.get().ends_on is None


def test_a_second_press_changes_nothing_and_it_can_be_allowed_again(world, as_person):
    priya = as_person(world.priya)
    for allowed in (False, False, True):
        sign_in(priya, world.callum, allowed=allowed)
    assert list(AuditEvent.objects.order_by("pk").values_list("verb", flat=True)) == [
        "sign-in stopped",
        "sign-in allowed",
    ]
    assert as_person(world.callum).get(reverse("reporting:cluster", args=["rowan"])).status_code == 200


def test_nobody_shuts_out_themselves_or_the_last_administrator(world, as_person):
    page = sign_in(as_person(world.priya), world.priya, allowed=False)
    assert "your own sign-in" in page.content.decode()
    with pytest.raises(ValidationError, match="Nobody else looks after"):
        services.stop_sign_in(person=world.priya, by=None)
    services.assign_role(person=world.una, role=Role.REGISTRY_ADMIN, at=None, starts_on=world.today, by=None)
    services.stop_sign_in(person=world.priya, by=world.una)
    world.priya.refresh_from_db()
    assert not world.priya.is_active


def test_only_the_registry_stops_sign_in(world, as_person):
    assert sign_in(as_person(world.nell), world.callum, allowed=False).status_code == 404
    assert sign_in(as_person(world.olive), world.callum, allowed=False).status_code == 403
    world.callum.refresh_from_db()
    assert world.callum.is_active
    assert as_person(world.priya).get(reverse("clusters:person_sign_in", args=[10**18])).status_code == 404
