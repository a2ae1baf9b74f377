"""Inviting people: with their first role, again by hand, taken back; listed as far as somebody looks after them."""

import re
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.models import AuditEvent, Invitation, User
from accounts.roles import Role
from accounts.services import add_person
from clusters.selectors import members_of
from clusters.services import allow_sign_in, appoint, assign_role, end_role, stop_sign_in, withdraw_role
from clusters.services.closing import close_practice
from clusters.services.ending import merge_clusters
from clusters.services.ending_checks import Ending
from clusters.services.invitations import invite
from clusters.services.succession import merge_practices
from office.models import Letter
from office.services.delivery import deliver_letters
from tests.house.rows.clusters_invitations import a_newcomer
from tests.office.post import delivered

LIST = reverse("clusters:invitation_list")
ASSIGN = reverse("clusters:role_assign")


def deputy(world, **facts):
    told = {"email": "ruth@example.org", "full_name": "Ruth Mackie", "role": Role.DEPUTY, "at": world.alder}
    return appoint(**{**told, "starts_on": world.today, "by": world.priya, **facts})


def states():
    return list(Invitation.objects.order_by("pk").values_list("state", flat=True))


# --- With a role -------------------------------------------------------------------------------------


def test_somebody_new_is_invited_with_their_role(world, as_person):
    sent = {"email": "ruth@example.org", "full_name": "Ruth Mackie", "place": "90000", "starts_on": str(world.today)}
    page = as_person(world.isla).post(f"{ASSIGN}?role=DEPUTY", sent, follow=True).content.decode()
    assert "An invitation is on its way to ruth@example.org; it works until" in page
    (message,) = delivered()
    assert message.subject.startswith("Isla Bruce invites you")
    assert "- Deputy for the Practice Quality Lead at Alder Medical Practice" in message.body
    event = AuditEvent.objects.get(verb="invited")
    assert event.by == world.isla


@pytest.mark.parametrize("nasty", ["Ruth\r\nBcc: all@example.org", "Ruth\n\nOpen http://evil.example", "Ru\u202eth"])
def test_a_name_adds_no_line_to_the_letter(world, nasty):
    deputy(world, full_name=nasty)
    (message,) = delivered()
    assert message.recipients() == ["ruth@example.org"]
    assert [line for line in message.body.splitlines() if line.startswith(("Bcc", "Open http"))] == []
    assert "\u202e" not in message.body


def test_who_can_sign_in_is_not_invited(world, as_person):
    sent = {"email": "una@example.org", "place": "90000", "starts_on": str(world.today)}
    page = as_person(world.priya).post(f"{ASSIGN}?role=DEPUTY", sent, follow=True).content.decode()
    assert "Una Blair holds the role" in page
    assert "invitation is on its way" not in page
    assert delivered() == []


def test_a_second_role_sends_no_second_letter_while_the_first_is_good(world):
    deputy(world)
    deputy(world, at=world.beech)
    assert states() == ["WAITING"]
    Invitation.objects.update(valid_until=timezone.now())
    deputy(world, at=world.elm)
    assert states() == ["REPLACED", "WAITING"]


def test_a_role_that_is_refused_invites_nobody(world):
    with pytest.raises(ValidationError):
        deputy(world, at=world.rowan)
    assert not Invitation.objects.exists()
    assert not Letter.objects.exists()


def test_the_role_withdrawn_takes_the_invitation_back_and_its_letter(world):
    held = deputy(world)
    withdraw_role(held=held, by=world.priya)
    assert states() == ["REVOKED"]
    assert delivered() == []
    assert Letter.objects.get().answer == "No longer needed."


def test_another_role_keeps_the_invitation(world):
    held = deputy(world)
    deputy(world, at=world.beech, starts_on=world.today + timedelta(days=9))
    withdraw_role(held=held, by=world.priya)
    assert states() == ["WAITING"]


def test_a_role_ended_at_once_takes_it_back_too(world):
    held = deputy(world, starts_on=world.today - timedelta(days=3))
    end_role(held=held, last_day=world.today, by=world.priya)
    assert states() == ["WAITING"]
    end_role(held=held, last_day=world.today - timedelta(days=1), by=world.priya)
    assert states() == ["REVOKED"]


def test_so_does_the_practice_that_closes(world):
    deputy(world, starts_on=world.today - timedelta(days=3))
    close_practice(practice=world.alder, closed_on=world.today, reason="Retired", by=world.priya)
    assert states() == ["REVOKED"]
    assert delivered() == []


def test_and_the_practice_that_merges_but_for_who_has_a_role_elsewhere(world):
    """Negative control: whoever holds another role is still invited."""
    deputy(world, starts_on=world.today - timedelta(days=3))
    deputy(world, at=world.beech, starts_on=world.today - timedelta(days=3))
    deputy(world, email="ros@example.org", full_name="Ros Ure", starts_on=world.today - timedelta(days=3))
    merge_practices(gone=[world.alder], into=world.pine, on=world.today, reason="One building", by=world.priya)
    assert states() == ["WAITING", "REVOKED"]


@pytest.mark.parametrize(("goes_on", "state"), [(False, "REVOKED"), (True, "WAITING")])
def test_and_the_cluster_that_merges_unless_the_role_goes_on(world, goes_on, state):
    deputy(world, role=Role.CQL, at=world.rowan, starts_on=world.today - timedelta(days=3))
    merge_clusters(
        clusters=[world.rowan],
        into=world.larch,
        ending=Ending(world.today, "Too small alone"),
        roles_go_on=goes_on,
        seen=frozenset(members_of(world.rowan, on=world.today).values_list("code", flat=True)),
        by=world.priya,
    )
    assert states() == [state]


def test_stopping_the_sign_in_takes_it_back(world):
    held = deputy(world)
    stop_sign_in(person=held.person, by=world.priya)
    assert states() == ["REVOKED"]
    assert delivered() == []


def test_the_same_person_comes_back_to_the_same_account(world):
    """F37: after a year away, and a name that was spelt otherwise."""
    stop_sign_in(person=world.fergus, by=world.priya)
    with pytest.raises(ValidationError, match="can no longer sign in"):
        deputy(world, email="Fergus@Example.org", full_name="F. Mill")
    allow_sign_in(person=world.fergus, by=world.priya)
    held = deputy(world, email="Fergus@Example.org", full_name="F. Mill")
    assert held.person == world.fergus
    assert (User.objects.filter(email__iexact="fergus@example.org").count(), held.person.full_name) == (
        1,
        "Fergus Mill",
    )


# --- By hand -----------------------------------------------------------------------------------------


def test_sends_again_and_voids_the_older(world, as_person):
    held = deputy(world)
    path = reverse("clusters:person_invite", args=[held.person.pk])
    client = as_person(world.isla)
    assert "ruth@example.org" in client.get(path).content.decode()
    assert states() == ["WAITING"]
    page = client.post(path, follow=True).content.decode()
    assert "An invitation is on its way to ruth@example.org. It works once, until" in page
    assert states() == ["REPLACED", "WAITING"]
    assert len(delivered()) == 1


def test_who_has_a_sign_in_or_may_not_have_one_is_not_invited(world, as_person):
    client = as_person(world.priya)
    page = client.post(reverse("clusters:person_invite", args=[world.callum.pk])).content.decode()
    assert "Callum Reid has a sign-in already" in page
    page = client.post(reverse("clusters:person_invite", args=[world.hamish.pk])).content.decode()
    assert "can no longer sign in" in page
    assert not Invitation.objects.exists()


def test_takes_back(world, as_person):
    ruth = a_newcomer(world)
    invite(person=ruth, by=world.priya)
    path, client = reverse("clusters:invitation_take_back", args=[ruth.pk]), as_person(world.isla)
    client.get(path)
    assert states() == ["WAITING"]
    assert "opens nothing any more" in client.post(path, follow=True).content.decode()
    assert Invitation.objects.get().decided_by == world.isla
    assert "was used or taken back before" in client.post(path, follow=True).content.decode()


def test_the_role_list_offers_it_to_who_has_no_way_in(world, as_person):
    ruth = a_newcomer(world)
    page = as_person(world.isla).get(reverse("clusters:role_list"), {"q": "Ruth"}).content.decode()
    assert reverse("clusters:person_invite", args=[ruth.pk]) in page
    page = as_person(world.isla).get(reverse("clusters:role_list"), {"q": "Callum"}).content.decode()
    assert "/invite/" not in page


# --- The list ----------------------------------------------------------------------------------------


@pytest.fixture
def several(world, smtp):
    """One of each kind at Rowan, and one in the neighbouring HSCP."""
    for name in ("open", "accepted", "expired", "taken back", "never"):
        email = f"{name.replace(' ', '.')}@example.org"
        person = add_person(email=email, full_name=f"{name.title()} Person", by=world.priya)
        assign_role(person=person, role=Role.DEPUTY, at=world.alder, starts_on=world.today, by=world.priya)
        invitation = invite(person=person, by=world.priya)
        if name == "expired":
            Invitation.objects.filter(pk=invitation.pk).update(valid_until=timezone.now() - timedelta(days=1))
        if name in ("accepted", "taken back"):
            state = {"accepted": "ACCEPTED", "taken back": "REVOKED"}[name]
            Invitation.objects.filter(pk=invitation.pk).update(state=state, decided_at=timezone.now())
    away = add_person(email="away@example.org", full_name="Away Person", by=world.priya)
    assign_role(person=away, role=Role.PQL, at=world.gean, starts_on=world.today, by=world.priya)
    invite(person=away, by=world.priya)
    deliver_letters()
    return world


def shown(client, **query):
    page = client.get(LIST, query).content.decode()
    names = ("Open", "Accepted", "Expired", "Taken Back", "Never", "Away")
    return {name for name in names if f"{name} Person<" in page}, page


def test_whoever_left_long_ago_is_no_longer_seen_nor_theirs_taken_back(world, as_person):
    """Ruth was deputy at Alder, in Isla's HSCP, and was invited since for a role in the neighbouring one."""
    held = deputy(world, starts_on=world.today - timedelta(days=300))
    end_role(held=held, last_day=world.today - timedelta(days=200), by=world.priya)
    deputy(world, at=world.gean)
    path = reverse("clusters:invitation_take_back", args=[held.person.pk])
    client = as_person(world.isla)
    assert "Ruth Mackie" not in client.get(LIST).content.decode()
    assert client.post(path).status_code == 404
    assert states() == ["REVOKED", "WAITING"]
    assert "Ruth Mackie" in as_person(world.priya).get(LIST).content.decode()
    deputy(world, at=world.beech, starts_on=world.today + timedelta(days=30))
    assert "Ruth Mackie" in client.get(LIST).content.decode()


def test_lists_what_became_of_each(several, as_person):
    names, page = shown(as_person(several.priya))
    assert names == {"Open", "Accepted", "Expired", "Taken Back", "Never", "Away"}
    for words in (
        "by Priya Nair",
        "Open until",
        "Expired on",
        "Accepted on",
        "Taken back on",
        "550 5.1.1 no such user",
    ):
        assert words in page


@pytest.mark.parametrize(
    ("when", "names"),
    [
        ("open", {"Open", "Never", "Away"}),
        ("lost", {"Never"}),
        ("expired", {"Expired"}),
        ("accepted", {"Accepted"}),
        ("void", {"Taken Back"}),
    ],
)
def test_narrows_by_what_became_of_it(several, as_person, when, names):
    assert shown(as_person(several.priya), when=when)[0] == names
    assert shown(as_person(several.priya), q="expired@")[0] == {"Expired"}


def test_who_keeps_a_part_sees_those_with_a_role_in_it(several, as_person):
    names, page = shown(as_person(several.isla))
    assert names == {"Open", "Accepted", "Expired", "Taken Back", "Never"}
    assert "away@example.org" not in page
    away = User.objects.get(email="away@example.org")
    for name in ("person_invite", "invitation_take_back"):
        path = reverse(f"clusters:{name}", args=[away.pk])
        assert as_person(several.isla).get(path).status_code == 404
        assert as_person(several.isla).post(path).status_code == 404
    assert Invitation.objects.get(person=away).state == "WAITING"


@pytest.mark.parametrize(("who", "counts"), [("priya", "1 1"), ("isla", "1 1"), ("olive", "1 1")])
def test_the_first_page_counts_what_needs_a_look(several, as_person, who, counts):
    away = User.objects.get(email="away@example.org")
    Letter.objects.filter(person=away).update(state="SENT", sent_at=timezone.now())
    page = as_person(getattr(several, who)).get(reverse("clusters:registry")).content.decode()
    found = re.findall(r"Invitations that (?:did not arrive|expired unused)</a>: (\d+)", page)
    assert " ".join(found) == counts


def test_what_did_not_arrive_elsewhere_is_not_counted_here(several, as_person):
    away = User.objects.get(email="away@example.org")
    Letter.objects.filter(person=away).update(state="REFUSED", sent_at=None)
    for who, count in (("priya", 2), ("isla", 1)):
        page = as_person(getattr(several, who)).get(reverse("clusters:registry")).content.decode()
        assert f"did not arrive</a>: {count}<" in page


def test_an_auditor_looks_and_changes_nothing(several, as_person):
    names, page = shown(as_person(several.olive))
    assert len(names) == 6
    assert "/invite/" not in page
    assert "Invite many" not in page


def test_empty(world, as_person):
    assert "No invitation fits" in as_person(world.priya).get(LIST).content.decode()


def test_as_many_queries_for_one_as_for_twenty(world, as_person):
    client = as_person(world.priya)

    def bring(n):
        person = add_person(email=f"p{n}@example.org", full_name=f"Person {n}", by=world.priya)
        assign_role(person=person, role=Role.DEPUTY, at=world.alder, starts_on=world.today, by=world.priya)
        invite(person=person, by=world.priya)

    def queries():
        with CaptureQueriesContext(connection) as seen:
            assert client.get(LIST).status_code == 200
        return len(seen)

    bring(0)
    one = queries()
    for n in range(1, 20):
        bring(n)
    assert queries() == one
