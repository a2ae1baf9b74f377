"""A practice goes on under a new code, merges or is split: roles and sight go on, history stays where it was."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from accounts.models import AuditEvent
from accounts.roles import Role
from clusters.models import Membership, RoleAssignment
from clusters.selectors import membership_on, reach_of, vacancies
from clusters.services import assign_role, close_practice, move_practice
from clusters.services.succession import merge_practices, recode_practice, split_practice
from meetings.models import Action
from practices.models import Practice, Succession
from tests.reporting import told


@pytest.fixture
def new(world):
    """A code that is new in the list: in the HSCP of Alder, in no cluster yet."""
    return Practice.objects.create(code="91000", name="Alder Health Centre", hscp=world.strath)


def days(world, number):
    return world.today - timedelta(days=number)


def recode(world, after, **changes):
    facts = {"before": world.alder, "after": after, "on": days(world, 10), "reason": "New code", "by": world.priya}
    return recode_practice(**facts | changes)


def reach(world, who, day=None):
    return reach_of(getattr(world, who), on=day or world.today)


def refused(call, field):
    with pytest.raises(ValidationError) as caught:
        call()
    (words,) = caught.value.message_dict[field]
    return words


# --- The same practice, new code -------------------------------------------------------------------


def test_the_old_code_closes_and_the_new_one_takes_its_place(world, new):
    link = recode(world, new)
    world.alder.refresh_from_db()
    new.refresh_from_db()
    assert (world.alder.closed_on, world.alder.closed_reason) == (days(world, 10), "New code")
    assert world.alder.answered_by == new
    assert (link.kind, link.on, str(link.after)) == (Succession.Kind.RECODED, days(world, 10), "Alder Health Centre")
    assert membership_on(world.alder, on=days(world, 10)) is None
    assert membership_on(world.alder, on=days(world, 11)).cluster == world.rowan
    assert membership_on(new, on=days(world, 10)).cluster == world.rowan
    assert membership_on(new, on=days(world, 11)) is None
    assert new.locality == world.east


def test_every_role_goes_on_with_its_end(world, new):
    ends = world.today + timedelta(days=90)
    RoleAssignment.objects.filter(person=world.pam, role=Role.DEPUTY).update(ends_on=ends, sessions_a_month=2)
    recode(world, new)
    assert reach(world, "asha").practices_held(Role.PQL) == {new.pk, world.alder.pk}
    assert reach(world, "pam").roles() == {Role.PRACTICE_MANAGER, Role.DEPUTY}
    deputy = RoleAssignment.objects.get(practice=new, role=Role.DEPUTY)
    assert (deputy.starts_on, deputy.ends_on, deputy.sessions_a_month) == (days(world, 10), ends, 2)
    assert reach(world, "asha").clusters() == reach(world, "tom").clusters()


def test_a_role_taken_up_later_under_the_old_code_is_held_at_the_new_one(world, new):
    held = assign_role(person=world.una, role=Role.DEPUTY, at=world.alder, starts_on=days(world, 3), by=world.priya)
    recode(world, new)
    held.refresh_from_db()
    assert held.withdrawn_by == world.priya
    at_new = RoleAssignment.objects.get(person=world.una, practice=new)
    assert (at_new.starts_on, at_new.withdrawn_at) == (days(world, 3), None)


def test_who_holds_the_role_there_already_holds_it_once(world, new):
    assign_role(person=world.asha, role=Role.PQL, at=new, starts_on=days(world, 20), by=world.priya)
    recode(world, new)
    assert RoleAssignment.objects.filter(person=world.asha, practice=new).count() == 1


def test_a_role_that_begins_there_later_ends_the_one_that_goes_on(world, new):
    assign_role(person=world.asha, role=Role.PQL, at=new, starts_on=days(world, 2), by=world.priya)
    recode(world, new)
    rows = RoleAssignment.objects.filter(person=world.asha, practice=new).order_by("starts_on")
    assert [(row.starts_on, row.ends_on) for row in rows] == [
        (days(world, 10), days(world, 2)),
        (days(world, 2), None),
    ]


def test_a_place_of_its_own_is_left_and_one_that_begins_later_is_brought_forward(world, new):
    move_practice(practice=new, to=world.larch, starts_on=days(world, 40), reason="List", leaving=None, by=None)
    recode(world, new)
    assert [row.cluster for row in new.memberships.all()] == [world.larch]
    other = Practice.objects.create(code="91001", name="Beech Health Centre", hscp=world.neighbour)
    move_practice(practice=other, to=world.rowan, starts_on=days(world, 4), reason="List", leaving=None, by=None)
    recode(world, other, before=world.beech)
    (place,) = other.memberships.all()
    assert (place.cluster, place.starts_on, place.ends_on) == (world.rowan, days(world, 10), None)
    assert other.locality is None  # another HSCP


def test_until_it_joins_another_cluster_it_keeps_the_old_place(world, new):
    move_practice(practice=new, to=world.larch, starts_on=days(world, 4), reason="List", leaving=None, by=None)
    recode(world, new)
    assert [(row.cluster, row.ends_on) for row in new.memberships.order_by("starts_on")] == [
        (world.rowan, days(world, 4)),
        (world.larch, None),
    ]


def test_the_end_of_a_chain_answers_for_all_of_it(world, new):
    newest = Practice.objects.create(code="92000", name="Alder Wood Practice", hscp=world.strath)
    recode(world, new)
    recode(world, newest, before=new, on=days(world, 5))
    assert set(newest.answers_for.all()) == {world.alder, new}
    assert reach(world, "asha").practices_held(Role.PQL) == {world.alder.pk, new.pk, newest.pk}


def test_a_post_that_was_empty_under_the_old_code_is_empty_since_then(world, new):
    RoleAssignment.objects.filter(person=world.asha).update(ends_on=days(world, 50))
    recode(world, new)
    gaps = {gap.practice: gap.since for gap in vacancies([world.rowan], on=world.today)}
    assert gaps[new] == days(world, 50)
    assert gaps[world.hazel] is None
    assert world.alder not in gaps


def test_everything_is_in_the_audit_trail(world, new):
    recode(world, new)
    verbs = set(AuditEvent.objects.filter(by=world.priya).values_list("verb", flat=True))
    assert verbs == {
        "membership ended",
        "practice joined",
        "role ended",
        "role given",
        "practice closed",
        "locality carried over",
        "answered for by another",
        "practice recoded",
    }
    assert "New code" not in str(list(AuditEvent.objects.values_list("changes", flat=True)))


# --- What was left open, and what was ---------------------------------------------------------------


@pytest.fixture
def open_action(world):
    return Action.objects.create(
        forum=world.rowan.forum,
        what="Share the recall letter",
        owner_practice=world.alder,
        due_on=world.today,
        added_at=told.moment(days(world, 40)),
        added_by=world.callum,
    )


def test_the_pql_of_the_new_code_is_offered_and_closes_what_the_old_one_left(world, new, open_action, as_person):
    recode(world, new)
    asha = as_person(world.asha)
    for path in (reverse("reporting:home"), reverse("meetings:action_list"), "/clusters/rowan/actions/"):
        page = asha.get(path).content.decode()
        assert "Share the recall letter" in page, path
        assert f"/actions/{open_action.pk}/" in page, path
    assert open_action.owner_practice.name in asha.get("/clusters/rowan/actions/").content.decode()
    asha.post(reverse("meetings:action_close", args=[open_action.pk]), {"evidence": "Sent"})
    open_action.refresh_from_db()
    assert (open_action.state, open_action.closed_by) == (Action.State.DONE, world.asha)
    assert open_action.owner_practice == world.alder


def test_the_pql_of_another_practice_is_not(world, new, open_action, as_person):
    recode(world, new)
    tom = as_person(world.tom)
    assert tom.get(reverse("meetings:action_close", args=[open_action.pk])).status_code == 403
    assert "Share the recall letter" not in tom.get(reverse("reporting:home")).content.decode()


def test_who_took_over_from_another_cluster_may_close_it_and_sees_nothing_else_there(world, open_action, as_person):
    merge_practices(gone=[world.alder], into=world.gean, on=days(world, 10), reason="Merged", by=world.priya)
    assign_role(person=world.una, role=Role.PQL, at=world.gean, starts_on=world.today, by=world.priya)
    una = as_person(world.una)
    assert una.get(reverse("meetings:action_close", args=[open_action.pk])).status_code == 200
    assert "Share the recall letter" in una.get(reverse("meetings:action_list")).content.decode()
    assert una.get("/clusters/rowan/actions/").status_code == 404


def test_old_minutes_keep_the_old_name(world, new, as_person):
    meeting = told.meeting(world, days=30, away=0)
    before = list(meeting.attendances.values_list("practice__name", flat=True))
    recode(world, new)
    assert list(meeting.attendances.values_list("practice__name", flat=True)) == before
    page = as_person(world.callum).get(reverse("meetings:meeting", args=[meeting.pk])).content.decode()
    assert "Alder Medical Practice" in page
    assert "Alder Health Centre" not in page


def test_what_came_after_one_that_has_closed_can_be_said_later(world, new):
    close_practice(practice=world.alder, closed_on=days(world, 10), reason="Closed", by=world.priya)
    assert reach(world, "asha").roles() == frozenset()
    assert "Choose that day" in refused(lambda: recode(world, new, on=days(world, 9)), "on")
    recode(world, new)
    world.alder.refresh_from_db()
    assert (world.alder.closed_reason, world.alder.answered_by) == ("Closed", new)
    assert reach(world, "asha").practices_held(Role.PQL) == {world.alder.pk, new.pk}
    assert membership_on(new, on=days(world, 10)).cluster == world.rowan
    assert AuditEvent.objects.filter(verb="practice closed").count() == 1
    other = Practice.objects.create(code="92000", name="Other", hscp=world.strath)
    assert "it is known what came after" in refused(lambda: recode(world, other), "on")


# --- Merged ----------------------------------------------------------------------------------------


def test_those_that_merged_close_and_their_roles_end(world, as_person):
    on = days(world, 5)
    links = merge_practices(gone=[world.alder, world.ash], into=world.gean, on=on, reason="Merged", by=world.priya)
    assert [(link.before, link.after, link.kind) for link in links] == [
        (world.alder, world.gean, "MERGED"),
        (world.ash, world.gean, "MERGED"),
    ]
    assert set(world.gean.answers_for.all()) == {world.alder, world.ash}
    assert reach(world, "asha").roles() == frozenset()
    assert reach(world, "asha", days(world, 6)).roles() == {Role.PQL}
    assert membership_on(world.ash, on=on) is None
    assert membership_on(world.gean, on=on).cluster == world.birch
    assert as_person(world.asha).get("/clusters/rowan/").status_code == 404


def test_two_into_a_new_code(world, new):
    merge_practices(gone=[world.alder, world.ash], into=new, on=world.today, reason="Merged", by=world.priya)
    assert set(new.answers_for.all()) == {world.alder, world.ash}


# --- Split -----------------------------------------------------------------------------------------


def test_split_and_closed_the_first_answers(world, new):
    other = Practice.objects.create(code="91001", name="Alder East", hscp=world.strath)
    split_practice(before=world.alder, into=[new, other], on=days(world, 5), reason="Split", by=world.priya)
    world.alder.refresh_from_db()
    assert (world.alder.closed_on, world.alder.answered_by) == (days(world, 5), new)
    assert set(world.alder.successions.values_list("after__code", "kind")) == {("91000", "SPLIT"), ("91001", "SPLIT")}


def test_split_and_still_there_it_answers_for_itself(world, new):
    split_practice(before=world.alder, into=[new], on=days(world, 5), reason="Split", closes=False, by=world.priya)
    world.alder.refresh_from_db()
    assert (world.alder.closed_on, world.alder.answered_by) == (None, None)
    assert reach(world, "asha").practices_held(Role.PQL) == {world.alder.pk}


def test_what_was_split_off_may_come_back(world, new):
    split_practice(before=world.alder, into=[new], on=days(world, 9), reason="Split", closes=False, by=world.priya)
    merge_practices(gone=[new], into=world.alder, on=days(world, 5), reason="Back", by=world.priya)
    assert set(world.alder.answers_for.all()) == {new}


# --- What is refused -------------------------------------------------------------------------------


def test_refused_in_words_and_nothing_changes(world, new):
    closed = Practice.objects.create(code="93000", name="Gone", hscp=world.strath, closed_on=days(world, 50))
    tomorrow, long_ago = world.today + timedelta(days=1), world.since
    assert "cannot come after itself" in refused(lambda: recode(world, world.alder), "after")
    assert "Gone closed on" in refused(lambda: recode(world, closed), "after")
    assert "Gone closed on" in refused(lambda: recode(world, new, before=closed), "on")
    assert "still to come" in refused(lambda: recode(world, new, on=tomorrow), "on")
    assert "joined Rowan on" in refused(lambda: recode(world, new, on=long_ago), "on")
    assert "in a few words" in refused(lambda: recode(world, new, reason=" "), "reason")
    facts = {"on": world.today, "reason": "x", "by": world.priya}
    assert "merged once" in refused(lambda: merge_practices(gone=[], into=new, **facts), "into")
    assert "itself" in refused(lambda: merge_practices(gone=[world.ash, new], into=new, **facts), "into")
    assert "two or more" in refused(lambda: split_practice(before=world.ash, into=[new], **facts), "into")
    assert not AuditEvent.objects.exists()
    assert not Succession.objects.exists()
    assert Membership.objects.get(practice=world.ash).ends_on is None


def test_a_chain_never_runs_in_a_circle_nor_against_the_days(world, new):
    recode(world, new)
    newest = Practice.objects.create(code="92000", name="Newest", hscp=world.strath)
    assert "became Alder Health Centre" in refused(lambda: recode(world, world.alder, before=new), "after")
    move_practice(practice=new, to=None, starts_on=world.today, reason="x", leaving=world.rowan, by=None)
    words = refused(lambda: recode(world, newest, before=new, on=days(world, 11)), "on")
    assert "came after Alder Medical Practice on" in words
    split_practice(before=new, into=[newest], on=days(world, 3), reason="Split", closes=False, by=None)
    later = Practice.objects.create(code="92001", name="Later", hscp=world.strath)
    assert "came out of" in refused(lambda: recode(world, later, before=new, on=days(world, 4)), "on")
    again = {"before": new, "into": [newest], "on": world.today, "reason": "x", "closes": False, "by": None}
    assert "written down already" in refused(lambda: split_practice(**again), "into")


def test_under_the_new_code_an_escalation_is_raised_for_it(world, new, as_person):
    recode(world, new)
    form = as_person(world.asha).get(reverse("escalations:escalation_raise", args=["rowan"])).context["form"]
    assert form.initial["practice"] == new.pk
    assert list(form.fields["practice"].queryset) == [new]
