"""My actions, a cluster's actions, closing one and adding one."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import AuditEvent
from accounts.roles import Role
from clusters.models import RoleAssignment
from meetings.models import Action
from meetings.services import ClosedMeanwhile, close_action
from office.models import Draft
from office.services import keep_draft
from tests.meetings.minutes import an_action, an_ask, logged, published


def body(response) -> str:
    return response.content.decode()


def test_mine_and_my_practices_late_first(world, as_person):
    an_action(world, what="Later thing", owner=world.asha)
    an_action(world, what="Late thing", due_in=-3, owner_practice=world.alder)
    an_action(world, what="Not hers", owner=world.tom)
    page = body(as_person(world.asha).get("/actions/"))
    assert page.index("Late thing") < page.index("Later thing")
    assert "late by 3 days" in page
    assert "For Alder Medical Practice" in page
    assert "Not hers" not in page
    assert "Late thing" in body(as_person(world.pam).get("/actions/"))


def test_an_action_of_a_draft_is_nobodys_yet(world, as_person):
    logged(world)
    assert "Fund the texts" not in body(as_person(world.heather).get("/actions/"))


def test_across_forums_the_hscps_own(world, as_person):
    published(world)
    page = body(as_person(world.heather).get("/actions/"))
    assert "Fund the texts" in page
    assert "Read the minutes" not in page  # they were not shared with her
    assert "Waiting for your reply (1)" in page
    assert "The HSCP owes you 1 reply" in body(as_person(world.callum).get("/actions/"))


def test_empty(world, as_person):
    assert "Nothing is yours to do" in body(as_person(world.una).get("/actions/"))
    assert "closed no action yet" in body(as_person(world.una).get("/actions/?show=done"))


def test_close(world, as_person):
    action = an_action(world, owner_practice=world.alder)
    path = f"/actions/{action.pk}/close/"
    page = body(as_person(world.asha).post(path, {"evidence": "  "}))
    assert "Say in one line how it was done." in page
    answer = as_person(world.asha).post(path, {"evidence": "Sent on Tuesday"}, follow=True)
    assert "is done." in body(answer)
    assert "Audit recall list" not in body(answer).split("<h2>")[0]  # what people typed is in no message
    action.refresh_from_db()
    assert (action.state, action.evidence, action.closed_by) == ("DONE", "Sent on Tuesday", world.asha)
    event = AuditEvent.objects.get(verb="action.closed")
    assert "evidence" in event.changes["words"]
    assert "Tuesday" not in str(event.changes)
    assert "Sent on Tuesday" in body(as_person(world.asha).get("/actions/?show=done"))


def test_closed_by_somebody_quicker(world, as_person):
    action = an_action(world)
    close_action(by=world.morag, action=action, evidence="Morag did it", at=timezone.now())
    answer = as_person(world.callum).post(f"/actions/{action.pk}/close/", {"evidence": "Callum did it"})
    page = body(answer)
    assert answer.status_code == 409
    assert "Morag Bain closed this" in page
    assert "What you typed was not saved: “Callum did it”" in page
    action.refresh_from_db()
    assert action.evidence == "Morag did it"
    with pytest.raises(ClosedMeanwhile):
        close_action(by=world.callum, action=action, evidence="Again", at=timezone.now())


def test_who_may_close(world, as_person):
    path = f"/actions/{an_action(world, owner=world.tom).pk}/close/"
    statuses = {who: as_person(getattr(world, who)).get(path).status_code for who in ("tom", "morag", "asha", "nell")}
    assert statuses == {"tom": 200, "morag": 200, "asha": 403, "nell": 404}


def test_a_clusters_actions(world, as_person):
    path = f"/clusters/{world.rowan.forum.slug}/actions/"
    assert "No action is open." in body(as_person(world.tom).get(path))
    an_action(world, owner_practice=world.alder)
    page = body(as_person(world.tom).get(path))
    assert "Alder Medical Practice" in page
    assert "Add an action" not in page
    assert as_person(world.heather).get(path).status_code == 403
    assert as_person(world.nell).get(path).status_code == 404


def test_add_one_outside_a_meeting(world, as_person):
    path = f"/clusters/{world.rowan.forum.slug}/actions/new/"
    client, fields = as_person(world.morag), {"what": "Tom to ring the lab by 24/12", "nonce": str(uuid4())}
    client.post(path, fields)
    client.post(path, fields)
    action = Action.objects.get()
    assert (action.owner, action.what, action.due_on.day) == (world.tom, "Ring the lab", 24)
    page = body(client.post(path, {"what": "ring the lab", "nonce": str(uuid4())}))
    assert "Who will do it? Choose" in page
    assert 'value="ring the lab"' in page
    assert "Say what is to be done." in body(client.post(path, {"nonce": str(uuid4())}))
    assert AuditEvent.objects.filter(verb="action.added").count() == 1


def test_back_and_corrected_loses_neither(world, as_person):
    path = f"/clusters/{world.rowan.forum.slug}/actions/new/"
    client, fields = as_person(world.morag), {"what": "Tom to ring the lab by 24/12", "nonce": str(uuid4())}
    client.post(path, fields)
    client.post(path, {**fields, "what": "Tom to visit the lab by 24/12"})
    assert sorted(Action.objects.values_list("what", flat=True)) == ["Ring the lab", "Visit the lab"]
    as_person(world.callum).post(path, fields)  # somebody else's form, by whatever chance, is another one
    assert Action.objects.count() == 3


def test_what_was_typed_comes_back(world, as_person):
    action = an_action(world)
    forms = {
        f"/actions/{action.pk}/close/": (f"meetings:action_close:{action.pk}", {"evidence": "Sent on Tues"}),
        f"/clusters/{world.rowan.forum.slug}/actions/new/": (
            f"meetings:action_new:{world.rowan.forum.pk}",
            {"what": "Tom to ring", "nonce": str(uuid4())},
        ),
    }
    client = as_person(world.callum)
    for path, (key, fields) in forms.items():
        assert 'name="keep"' in body(client.get(path))
        keep_draft(owner=world.callum, key=key, fields=fields)
        page = body(client.get(path))
        assert "We kept what you typed" in page
        assert next(iter(fields.values())) in page
        assert "Error: " not in page
    client.post(f"/actions/{action.pk}/close/", {"evidence": "Sent on Tuesday"})
    assert not Draft.objects.filter(key__startswith="meetings:action_close").exists()


def test_whoever_has_left_holds_no_action_there(world, as_person):
    action = an_action(world, what="Fergus rings the lab", owner=world.fergus)
    client = as_person(world.fergus)
    assert "Fergus rings the lab" not in body(client.get("/actions/"))
    assert client.get(f"/actions/{action.pk}/close/").status_code == 404
    assert client.post(f"/actions/{action.pk}/close/", {"evidence": "Done"}).status_code == 403
    with pytest.raises(PermissionDenied):
        close_action(by=world.fergus, action=action, evidence="Done", at=timezone.now())
    close_action(by=world.fergus, action=action, evidence="Done", at=timezone.now() - timedelta(days=1))


def test_a_role_elsewhere_does_not_bring_it_back(world, as_person):
    action = an_action(world, owner=world.fergus)
    RoleAssignment.objects.create(person=world.fergus, role=Role.CQL, cluster=world.birch, starts_on=world.since)
    assert as_person(world.fergus).get(f"/actions/{action.pk}/close/").status_code == 404


def test_the_day_of_closing_is_the_day_in_scotland(world, as_person):
    action = an_action(world)
    close_action(by=world.callum, action=action, evidence="Done", at=timezone.now())
    Action.objects.update(closed_at=datetime(2026, 7, 1, 23, 30, tzinfo=UTC))  # half past midnight on the 2nd
    page = body(as_person(world.callum).get("/actions/?show=done"))
    assert "Done Thu 2 Jul 2026" in page


@pytest.mark.parametrize("path", ["/actions/", "/clusters/rowan/actions/"])
def test_as_many_queries_for_one_row_as_for_twenty(world, as_person, path):
    an_action(world, owner=world.callum)
    an_ask(world)
    client = as_person(world.callum)
    client.get(path)
    with CaptureQueriesContext(connection) as one:
        client.get(path)
    for n in range(19):
        an_action(world, owner=world.callum, due_in=n)
        an_ask(world)
    with CaptureQueriesContext(connection) as twenty:
        client.get(path)
    assert len(one) == len(twenty)


@pytest.mark.parametrize("query", ["?show=%00", "?page=0", "?page=²", "?sort=what", "?sort=evidence", "?sort=-due_on"])
def test_junk_in_the_address(world, as_person, query):
    an_action(world, due_in=-1)
    assert as_person(world.callum).get(f"/actions/{query}").status_code == 200


def test_nothing_needed_is_called_optional(world, as_person):
    assert "(optional)" not in body(as_person(world.callum).get(f"/clusters/{world.rowan.forum.slug}/actions/new/"))
