"""The boundary list of an HSCP: what lies across by itself, what people noted, what was decided."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import AuditEvent
from clusters import services
from clusters.models import BoundaryIssue
from clusters.selectors.boundaries import across_boundaries
from clusters.services.boundaries import decide_boundary_issue, note_boundary_issue
from clusters.services.hosting import begin_hosting
from office.selectors import draft_of
from office.services import keep_draft


def path(w, name="boundary_list", *more):
    return reverse(f"clusters:{name}", args=[w.strath.code, *more])


def note(w, practice=None, **facts):
    facts = {"straddles": "A third live in West Strath", "proposal": "Move it to Larch", **facts}
    return note_boundary_issue(practice=practice or w.alder, by=w.isla, **facts)


def text(page):
    return " ".join(page.content.decode().split())


def test_noted_and_decided_by_page(world, as_person):
    heather = as_person(world.heather)
    form = {"practice": world.alder.code, "straddles": "A third live in West Strath", "proposal": ""}
    page = heather.post(path(world, "boundary_note"), form, follow=True)
    assert "What lies across a boundary at Alder Medical Practice is noted." in text(page)
    issue = BoundaryIssue.objects.get()
    assert (issue.noted_by, issue.state) == (world.heather, "OPEN")
    decision = {"decision": "It stays: patients choose", "decided_on": str(world.today), "deciders": "Programme board"}
    page = heather.post(path(world, "boundary_decide", issue.pk), decision, follow=True)
    assert "It stays: patients choose" in text(page)
    assert "Programme board" in text(page)
    assert list(AuditEvent.objects.values_list("verb", flat=True)) == ["boundary issue decided", "boundary issue noted"]
    assert "patients choose" not in str(list(AuditEvent.objects.values_list("changes", flat=True)))


@pytest.mark.parametrize(
    ("changes", "field", "words"),
    [
        ({"practice": ""}, "practice", "Choose the practice."),
        ({"practice": "90010"}, "practice", "Choose a practice from the list."),
        ({"straddles": ""}, "straddles", "Say what lies across"),
        ({"proposal": "Ask 0101701233"}, "proposal", "patient"),
    ],
)
def test_what_is_wrong_with_a_note(world, as_person, changes, field, words):
    form = {"practice": world.alder.code, "straddles": "x", **changes}
    page = as_person(world.isla).post(path(world, "boundary_note"), form)
    assert words in str(page.context["form"].errors[field])
    assert not BoundaryIssue.objects.exists()


@pytest.mark.parametrize(
    ("changes", "field", "words"),
    [
        ({"decision": ""}, "decision", "Say what was decided"),
        ({"deciders": ""}, "deciders", "Say who decided."),
        ({"decided_on": "2999-01-01"}, "decided_on", "still to come"),
    ],
)
def test_what_is_wrong_with_a_decision(world, as_person, changes, field, words):
    issue = note(world)
    form = {"decision": "It stays", "decided_on": str(world.today), "deciders": "Board", **changes}
    page = as_person(world.isla).post(path(world, "boundary_decide", issue.pk), form)
    assert words in str(page.context["form"].errors[field])
    issue.refresh_from_db()
    assert issue.state == "OPEN"


def test_the_second_of_two_is_told(world, as_person):
    issue = note(world)
    decide_boundary_issue(issue=issue, decision="Stays", decided_on=world.today, deciders="Board", by=world.heather)
    form = {"decision": "Moves", "decided_on": str(world.today), "deciders": "Board"}
    page = as_person(world.isla).post(path(world, "boundary_decide", issue.pk), form)
    assert "Heather Lind put down a decision meanwhile" in text(page)
    issue.refresh_from_db()
    assert issue.decision == "Stays"


def test_nothing_is_noted_about_a_practice_that_has_closed(world):
    world.alder.closed_on = world.today - timedelta(days=1)
    world.alder.save()
    with pytest.raises(ValidationError, match="closed on"):
        note(world)


def test_the_list_narrows_by_state_and_practice(world, as_person):
    first, second = note(world), note(world, world.beech, straddles="Its branch lies in West Strath")
    decide_boundary_issue(issue=first, decision="Stays", decided_on=world.today, deciders="Board", by=world.isla)
    isla = as_person(world.isla)

    def listed(query=""):
        return [row.record for row in isla.get(path(world) + query).context["table"].paginated_rows]

    assert listed() == [second, first]
    assert listed("?state=OPEN") == [second]
    assert listed("?state=DECIDED") == [first]
    assert listed("?q=alder") == [first]
    assert listed(f"?q={world.beech.code}") == [second]


# --- What the registry shows by itself -------------------------------------------------------------


def test_practices_apart_from_their_cluster(world):
    nothing = across_boundaries(world.strath, on=world.today)
    assert (nothing.localities, nothing.hscps) == ((), ())
    world.alder.locality = world.west
    world.alder.save()
    services.move_practice(
        practice=world.rose, to=world.larch, starts_on=world.today, reason="Near", leaving=world.birch, by=world.priya
    )
    across = across_boundaries(world.strath, on=world.today)
    assert [row.practice for row in across.localities] == [world.alder]
    assert [row.practice for row in across.hscps] == [world.rose]
    theirs = across_boundaries(world.neighbour, on=world.today)
    assert [row.practice for row in theirs.hscps] == [world.rose]
    assert theirs.localities == ()


def test_the_reason_to_keep_it_is_shown_or_asked_for(world, as_person):
    world.alder.locality = world.west
    world.alder.save()
    page = text(as_person(world.isla).get(path(world)))
    assert "Alder Medical Practice</a> lies in West Strath" in page
    assert "No reason is written down." in page
    world.alder.memberships.update(locality_reason="Its branch lies in East Strath")
    assert "Why it stays: Its branch lies in East Strath" in text(as_person(world.isla).get(path(world)))


def test_where_no_locality_is_named_nobody_can_say(world):
    world.alder.locality = None
    world.alder.save()
    assert across_boundaries(world.strath, on=world.today).localities == ()


# --- Who sees it -----------------------------------------------------------------------------------


@pytest.mark.parametrize("who", ["nell", "una", "callum", "rhona", "lewis", "bruce", "fergus"])
def test_others_are_turned_away(world, as_person, who):
    issue = note(world)
    client = as_person(getattr(world, who))
    for where in (path(world), path(world, "boundary_note"), path(world, "boundary_decide", issue.pk)):
        assert client.get(where).status_code == 404


def test_isla_and_heather_only_for_their_hscp(world, as_person):
    theirs = reverse("clusters:boundary_list", args=[world.neighbour.code])
    for who in ("isla", "heather"):
        assert as_person(getattr(world, who)).get(theirs).status_code == 404
    assert as_person(world.priya).get(theirs).status_code == 200


def test_an_issue_is_decided_at_its_own_hscp(world, as_person):
    issue = note(world)
    wrong = reverse("clusters:boundary_decide", args=[world.neighbour.code, issue.pk])
    assert as_person(world.priya).get(wrong).status_code == 404


def test_a_host_keeps_the_list_of_the_hscp_that_it_acts_for(world, as_person):
    theirs = reverse("clusters:boundary_note", args=[world.neighbour.code])
    begin_hosting(host=world.strath, served=world.neighbour, service="Primary care", starts_on=world.today, by=None)
    assert as_person(world.heather).get(theirs).status_code == 200


def test_the_page_of_the_practice_shows_it_to_those_who_read_the_list(world, as_person):
    note(world)
    page = f"/practices/{world.alder.code}/"
    for who in ("priya", "isla", "heather"):
        assert "A third live in West Strath" in text(as_person(getattr(world, who)).get(page))
    assert "A third live" in text(as_person(world.olive).get(page))
    assert "Note an issue" not in text(as_person(world.olive).get(page))
    for who in ("asha", "callum", "rhona", "bruce"):
        assert "A third live" not in text(as_person(getattr(world, who)).get(page))


def test_one_issue_and_twenty_take_the_same_queries(world, as_person):
    isla = as_person(world.isla)

    def queries():
        with CaptureQueriesContext(connection) as seen:
            isla.get(path(world))
        return len(seen)

    note(world)
    queries()
    few = queries()
    for _ in range(20):
        note(world)
    assert queries() == few


@pytest.mark.parametrize("name", ["boundary_note", "boundary_decide"])
def test_words_kept_while_typing_are_there_again_and_gone_once_sent(world, as_person, name):
    more = [note(world).pk] if name == "boundary_decide" else []
    place = path(world, name, *more)
    key = f"clusters:{name}:{more[0] if more else world.strath.pk}"
    words = {"straddles": "The river divides it", "decision": "It stays where it is"}
    keep_draft(owner=world.heather, key=key, fields=words)
    page = text(as_person(world.heather).get(place))
    assert ("It stays where it is" if more else "The river divides it") in page
    sent = {"practice": world.alder.code, "decided_on": str(world.today), "deciders": "Programme board", **words}
    assert as_person(world.heather).post(place, sent).status_code == 302
    assert draft_of(world.heather, key) is None
