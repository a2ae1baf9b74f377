"""The action plan of a locality: gap, action, owner, what it needs, what was decided (ACT-12)."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.models import AuditEvent
from meetings.models import ActionStep, Gap
from meetings.services import ActionEntry, ChangedMeanwhile
from meetings.services.gaps import add_gap, decide_gap
from meetings.services.meanwhile import Pen

PATH = "/forums/east-strath-quality-group/plan-of-action/"


def body(response) -> str:
    return response.content.decode()


def a_gap(w, *, what="Nobody reads the spirometry", needs="Two days of training", by=None, nonce=None) -> Gap:
    entry = ActionEntry("Train two nurses", w.today + timedelta(days=30), owner=w.rhona.pk)
    return add_gap(
        by=by or w.rhona,
        forum=w.east_quality,
        entry=entry,
        what=what,
        resource_needed=needs,
        at=timezone.now(),
        nonce=nonce or uuid4(),
    )


def decided(w, gap, *, by=None, version=1, decision="Paid from the locality’s fund") -> Gap:
    return decide_gap(Pen(by or w.rhona, timezone.now(), version), gap, decision=decision)


def typed(w, **changes):
    fields = {
        "gap": "Nobody reads the spirometry",
        "what": "Rhona: train two nurses by 3 Dec 2026" if w.today.year == 2026 else "Train two nurses",
        "resource_needed": "Two days of training",
        "nonce": str(uuid4()),
        "owner": f"person:{w.rhona.pk}",
        "due_on": str(w.today + timedelta(days=30)),
    }
    return {**fields, **changes}


def test_added_read_and_decided(world, as_person):
    rhona = as_person(world.rhona)
    assert "Add the first one" in body(rhona.get(PATH))
    assert rhona.post(f"{PATH}add/", typed(world, what="Train two nurses")).url == PATH
    gap = Gap.objects.get()
    assert (gap.action.forum, gap.action.owner, gap.action.what) == (
        world.east_quality,
        world.rhona,
        "Train two nurses",
    )
    page = body(rhona.get(PATH))
    for words in ("Nobody reads the spirometry", "Two days of training", "Train two nurses", "Rhona Fyfe", "Not yet"):
        assert words in page
    path = reverse("meetings:gap_decide", args=[gap.pk])
    assert rhona.post(path, {"decision": "Paid from the fund", "version": "1"}).url == PATH
    page = body(rhona.get(PATH))
    assert "Paid from the fund" in page
    assert "Decide again" in page
    assert {e.verb for e in AuditEvent.objects.filter(subject_type="meetings.gap", by=world.rhona)} == {
        "gap.added",
        "gap.decided",
    }
    assert "Paid from the fund" in body(rhona.get(reverse("meetings:action", args=[gap.action_id])))


def test_what_is_missing_is_said(world, as_person):
    rhona = as_person(world.rhona)
    page = body(rhona.post(f"{PATH}add/", typed(world, gap="")))
    assert "Say what the gap is." in page
    assert "Two days of training" in page
    path = reverse("meetings:gap_decide", args=[a_gap(world).pk])
    assert "Say what was decided." in body(rhona.post(path, {"version": "1"}))
    assert Gap.objects.count() == 1
    with pytest.raises(ValidationError):
        a_gap(world, what=" ")


def test_the_same_form_twice_is_one(world):
    nonce = uuid4()
    assert a_gap(world, nonce=nonce) == a_gap(world, nonce=nonce)
    assert AuditEvent.objects.filter(verb="gap.added").count() == 1


def test_an_earlier_decision_stays_among_the_steps(world):
    gap = decided(world, a_gap(world), decision="Not this year")
    decided(world, gap, version=2, decision="From April", by=world.duncan)
    gap.refresh_from_db()
    assert (gap.resource_decision, gap.decided_by) == ("From April", world.duncan)
    assert list(ActionStep.objects.values_list("text", flat=True)) == [
        "What it needs: Not this year",
        "What it needs: From April",
    ]


def test_two_who_decide_at_once(world, as_person):
    gap = a_gap(world)
    decided(world, gap, by=world.duncan)
    path = reverse("meetings:gap_decide", args=[gap.pk])
    late = as_person(world.rhona).post(path, {"decision": "Not this year", "version": "1"})
    assert late.status_code == 409
    page = body(late)
    assert "Paid from the locality’s fund" in page
    assert "Not this year" in page
    assert 'value="2"' in page
    with pytest.raises(ChangedMeanwhile):
        decided(world, gap, decision="Not this year")
    assert AuditEvent.objects.filter(verb="action.came_too_late", by=world.rhona).count() == 2
    assert as_person(world.rhona).post(path, {"decision": "Not this year", "version": "2"}).status_code == 302


def test_who_may(world, as_person):
    gap = a_gap(world)
    assert "Train two nurses" in body(as_person(world.callum).get(PATH))
    assert as_person(world.asha).get(PATH).status_code == 403
    assert as_person(world.nell).get(PATH).status_code == 404
    assert as_person(world.heather).get("/clusters/rowan/plan-of-action/").status_code == 404  # a cluster has its plan
    for who in (world.asha, world.nell, world.lewis, world.una):
        with pytest.raises(PermissionDenied):
            a_gap(world, by=who)
        with pytest.raises(PermissionDenied):
            decided(world, gap, by=who)


def test_the_page_of_the_forum_leads_here(world, as_person):
    forum = reverse("reporting:forum", args=["east-strath-quality-group"])
    assert f'href="{PATH}"' in body(as_person(world.rhona).get(forum))
    assert f'href="{PATH}"' not in body(as_person(world.asha).get(forum))


def test_as_many_queries_for_one_row_as_for_twenty(world, as_person):
    decided(world, a_gap(world))
    client = as_person(world.rhona)
    client.get(PATH)
    with CaptureQueriesContext(connection) as one:
        client.get(PATH)
    for _ in range(19):
        decided(world, a_gap(world))
    with CaptureQueriesContext(connection) as twenty:
        client.get(PATH)
    assert len(one) == len(twenty)
