"""The demo as it stands: built once for this file, so that every page has something to look at."""

import re
from datetime import timedelta
from pathlib import Path

import pytest
from allauth.account.models import EmailAddress
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import transaction
from django.urls import Resolver404, resolve
from django.utils import timezone

from accounts.models import AuditEvent, User
from accounts.roles import Role
from clusters.models import (
    Cluster,
    Development,
    FormerName,
    FreedTime,
    Membership,
    PracticeList,
    RoleAssignment,
    Takeover,
)
from clusters.selectors import members_of
from escalations.models import Escalation, Step
from measures.models import DataPoint, Measure
from measures.selectors import chart_of
from meetings.models import Action, Ask, Attendance, Item, Meeting, Series, ShareLevel
from office.models import Redaction
from portal.demo import people, places
from portal.demo.build import sign_ins_of_demo
from portal.demo.building.places import code_of
from portal.demo.stage import ELSEWHERE
from portal.demo.year.questions import BLACKED_OUT
from practices.models import ListSize, Practice, PracticeProfile, StaffVacancy, Succession
from practices.services import fill_reference
from qiplans.models import LearningAnswer, Plan, ProgressUpdate, Project, ProjectStep
from qiplans.rules.learning import SHOWN_FROM
from shared import chi
from shared.dates import today, working_days_between
from shared.fields import texts_in, words_everywhere
from tests.portal.demo_runs import counts, events_to_come, run

DAY = timedelta(days=1)
OURS = {app.label for app in apps.get_app_configs() if Path(app.path).parent == settings.ROOT}


@pytest.fixture(scope="module")
def demo(django_db_setup, django_db_blocker):
    """The demo, built once for this module and taken back after it; each test's own changes go before."""
    with django_db_blocker.unblock(), transaction.atomic():
        fill_reference()
        call_command("demo", is_allowed=True, skip_checks=True)
        yield
        transaction.set_rollback(True)


@pytest.fixture
def built(demo, db):
    """The demo, with a database open to the test."""


def test_second_run_changes_nothing(built, capsys):
    before = counts()
    shown = run(capsys)
    assert counts() == before
    assert "here already" in shown
    assert all(f"{key}@example.org" in shown for key, _, _, _ in people.CAST)


def test_says_where_and_who(built, capsys):
    shown = run(capsys)
    assert "http://127.0.0.1:8000" in shown
    assert people.PASSWORD in shown
    assert "for demos only" in shown
    assert re.search(r"Cluster Quality Lead of Rowan +callum@example\.org", shown)
    assert sign_ins_of_demo() is not None


# --- Who can sign in -------------------------------------------------------------------------------


def test_the_cast_can_sign_in_and_nobody_else(built):
    cast = {f"{key}@example.org" for key, _, _, _ in people.CAST}
    for person in User.objects.all():
        assert person.has_usable_password() == (person.email in cast)
        assert EmailAddress.objects.filter(user=person, email=person.email, verified=True, primary=True).exists()
    assert all(User.objects.get(email=address).check_password(people.PASSWORD) for address in cast)


def test_sign_in_through_the_page(built, client):
    answer = client.post("/accounts/login/", {"login": "callum@example.org", "password": people.PASSWORD})
    assert (answer.status_code, answer["Location"]) == (302, "/")


def test_the_cast_hold_the_roles_of_the_story(built):
    held = RoleAssignment.objects.on(today())
    roles = {(r.person.get_short_name(), r.role) for r in held.select_related("person")}
    assert {("Callum", Role.CQL), ("Asha", Role.PQL), ("Pam", Role.DEPUTY), ("Pam", Role.PRACTICE_MANAGER)} <= roles
    assert {("Duncan", Role.CLINICAL_LEAD), ("Duncan", Role.CQL), ("Bruce", Role.BOARD_LEAD)} <= roles
    assert {role for _, role in roles} == set(Role)
    assert held.filter(person__full_name="Morag Bain", role=Role.CLUSTER_SUPPORT).count() == 6


# --- Places ----------------------------------------------------------------------------------------


def test_clusters_of_every_kind(built):
    open_ones = Cluster.objects.open_on(today())
    sizes = {c.forum.name: members_of(c, on=today()).count() for c in Cluster.objects.select_related("forum")}
    assert (sizes["Rowan"], sizes["Juniper"], sizes["Sycamore"]) == (7, 2, 12)
    crossing = [c for c in Cluster.objects.all() if len({p.hscp_id for p in members_of(c, on=today())}) > 1]
    assert [c.forum.name for c in crossing] == ["Blackthorn"]
    leads = RoleAssignment.objects.on(today()).filter(role=Role.CQL)
    several = [c for c in open_ones if leads.filter(cluster=c).count() > 1]
    without = [c.forum.name for c in open_ones if not leads.filter(cluster=c).exists()]
    assert (len(several), without) == (2, ["Hawthorn"])
    assert FormerName.objects.filter(name="Upper Glenfarrow", forum__name="Juniper").exists()
    assert {c.lead_hscp.code for c in Cluster.objects.all()} == {places.LEAD_HSCP, places.NEIGHBOUR_HSCP}


def test_a_cluster_merged_and_a_move_is_planned(built):
    row = Takeover.objects.get()
    assert (row.before.forum.name, row.after.forum.name) == ("Sorrel", "Larch")
    assert row.before.closed_on == row.starts_on < today() - 400 * DAY
    assert row.before.forum.meetings.filter(state=Meeting.State.PUBLISHED).exists()
    coming = Membership.objects.get(starts_on__gt=today())
    assert (coming.cluster.forum.name, bool(coming.approved_by)) == ("Juniper", True)


def test_every_open_cluster_has_a_stage_and_two_have_time_freed(built):
    noted = Development.objects.values("cluster")
    assert not Cluster.objects.open_on(today()).exclude(pk__in=noted).exists()
    assert set(Development.objects.values_list("stage", flat=True)) == set(Development.Stage.values)
    assert set(Development.objects.values_list("support", flat=True)) == set(Development.Support.values)
    assert set(FreedTime.objects.values_list("cluster__forum__name", flat=True)) == {"Rowan", "Larch"}
    assert FreedTime.objects.values("year").distinct().count() == 2


def test_enough_of_rowan_say_what_they_want_to_learn_for_the_counts_to_be_shown(built):
    assert LearningAnswer.objects.filter(needs__cluster__forum__name="Rowan").count() >= SHOWN_FROM


def test_practices_of_every_kind(built):
    assert max(len(name) for name in Practice.objects.values_list("name", flat=True)) > 90
    assert Practice.objects.filter(missing_since__isnull=False).count() == 1
    gone = Practice.objects.filter(closed_on__isnull=False)
    assert gone.count() == len(places.FORMERS)
    assert (
        Membership.objects.filter(ends_on__isnull=False).exclude(practice__in=gone).count() == 4
    )  # one by list, two by merger, one to come
    newest = ListSize.objects.order_by("-counted_on").values_list("counted_on", flat=True)[0]
    assert ListSize.objects.filter(counted_on=newest, patients__lt=1000).exists()
    assert ListSize.objects.filter(practice__code=code_of("alder")).count() >= 7
    with_lead = RoleAssignment.objects.on(today()).filter(role=Role.PQL).values("practice")
    still_there = Practice.objects.open_on(today())
    without = still_there.exclude(pk__in=with_lead)
    assert {p.code for p in without} == {code_of(key) for key in places.NO_QUALITY_LEAD}
    assert PracticeList.objects.filter(state=PracticeList.State.PREVIEWED).count() == 1
    assert not still_there.filter(locality__isnull=True).exists()


def test_practices_went_on_in_every_way(built):
    assert set(Succession.objects.values_list("kind", flat=True)) == set(Succession.Kind.values)
    for former in places.FORMERS:
        practice = Practice.objects.get(code=code_of(former.place.key))
        after = [code_of(key) for key in former.into]
        assert list(practice.successions.order_by("pk").values_list("after__code", flat=True)) == after
        assert practice.answered_by.code == after[0]
        assert not practice.list_sizes.filter(counted_on__gte=practice.closed_on).exists()
    osier = Practice.objects.get(code=code_of("osier"))
    assert Attendance.objects.filter(practice=osier).exists()
    going_on = RoleAssignment.objects.get(practice=osier.answered_by, role=Role.PRACTICE_MANAGER)
    assert going_on.starts_on == osier.closed_on


def test_what_practices_are_like(built):
    rowans = members_of(Cluster.objects.get(forum__name="Rowan"), on=today())
    assert all(practice.profiles.exists() for practice in rowans)
    assert {1} <= set(PracticeProfile.objects.values_list("gps", flat=True))
    assert StaffVacancy.objects.filter(filled_on__isnull=True).count() >= 5
    assert StaffVacancy.objects.filter(filled_on__isnull=False).exists()


# --- A year in every state -------------------------------------------------------------------------


def test_meetings_in_every_state_that_there_is(built):
    draft = Meeting.objects.get(state=Meeting.State.DRAFT)
    assert (draft.forum.name, draft.logged_by.full_name) == ("Rowan", "Callum Reid")
    assert set(Meeting.objects.values_list("state", flat=True)) == set(Meeting.State)
    assert Series.objects.filter(ended_at=None).count() >= 2
    assert set(Meeting.objects.values_list("share_level", flat=True)) == set(ShareLevel.values)
    assert set(Attendance.objects.values_list("presence", flat=True)) == set(Attendance.Presence.values)
    assert set(Item.objects.values_list("kind", flat=True)) == set(Item.Kind.values)
    assert Item.objects.filter(is_kept_in_cluster=True, meeting__share_level=ShareLevel.HSCP).exists()
    assert Meeting.objects.filter(next_on__gt=today()).count() >= 6
    last = {
        c.forum.name: c.forum.meetings.exclude(state__in=Meeting.NOT_HELD).first().held_on
        for c in Cluster.objects.open_on(today())
    }
    assert [name for name, day in last.items() if day < today() - 122 * DAY] == ["Aspen"]


def test_actions_and_questions_in_every_state(built):
    live = Action.objects.live()
    assert live.filter(state=Action.State.OPEN, due_on__gt=today()).exists()
    callums = live.filter(state=Action.State.OPEN, owner__email="callum@example.org", due_on__lt=today())
    assert callums.count() >= 2
    assert live.filter(state=Action.State.OPEN, owner__email="heather@example.org").exists()
    assert live.filter(owner_practice__isnull=False, state=Action.State.DONE).exclude(evidence="").exists()
    assert live.filter(projects__isnull=False).exists()
    assert set(Ask.objects.values_list("state", flat=True)) == set(Ask.State.values)
    waiting = Ask.objects.live().filter(state=Ask.State.WAITING).order_by("asked_at")
    oldest = timezone.localdate(waiting[0].asked_at)
    assert (waiting.count(), working_days_between(oldest, today())) == (3, 9)


def test_plans_projects_and_updates(built):
    assert set(Plan.objects.values_list("state", flat=True)) == {Plan.State.DRAFT, Plan.State.AGREED}
    assert not Plan.objects.filter(cluster__forum__name="Aspen").exists()
    assert Plan.objects.filter(cluster__forum__name="Rowan").count() == 2
    assert set(Project.objects.values_list("state", flat=True)) == set(Project.State.values)
    stopped = ProjectStep.objects.filter(to_state=Project.State.STOPPED)
    assert stopped.count() == 2
    assert not stopped.filter(reason="").exists()
    assert ProgressUpdate.objects.count() > 20
    assert Project.objects.exclude(share_level="CLUSTER").exclude(could_use_help_with="").count() >= 2


def test_measures_show_a_shift_and_one_has_too_few_points(built):
    charts = {m.name: chart_of(m) for m in Measure.objects.filter(scope="CLUSTER")}
    lengths = [len(chart.rows) for chart in charts.values()]
    assert min(lengths) == 5
    assert max(lengths) == 24
    recall = next(chart for name, chart in charts.items() if name.startswith("Type 2 diabetes"))
    assert "shift" in {signal.rule for signal in recall.reading.signals}
    few = next(chart for chart in charts.values() if len(chart.rows) == 5)
    assert not few.is_enough
    assert few.reading.signals == ()
    assert DataPoint.objects.filter(value__isnull=True).exists()
    assert DataPoint.objects.exclude(note="").count() >= 8
    assert max(DataPoint.objects.values_list("period_on", flat=True)) < today()


def test_escalations_on_every_rung(built):
    kinds = set(Escalation.objects.values_list("forum__kind", flat=True))
    assert kinds == {"CLUSTER", "LOC_QUAL", "LOC_MGMT", "BOARD"}
    assert set(Escalation.objects.values_list("state", flat=True)) == set(Escalation.State.values)
    unseen = {Step.Kind.REOPENED, Step.Kind.HANDED_OVER}
    assert set(Step.objects.values_list("kind", flat=True)) == set(Step.Kind.values) - unseen
    ashas = Escalation.objects.get(raised_by__email="asha@example.org", is_confidential=False)
    assert ashas.state == Escalation.State.RESOLVED
    assert "Reasons" in ashas.steps.last().reasons
    secret = Escalation.objects.get(is_confidential=True)
    assert (secret.raised_by.email, secret.named_lead.email) == ("asha@example.org", "heather@example.org")
    numbered = Escalation.objects.filter(is_confidential=False).order_by("raised_at")
    references = list(numbered.values_list("reference", flat=True))
    assert references == sorted(references)


def test_words_were_blacked_out(built):
    assert Redaction.objects.count() == 1
    for model, field in words_everywhere():
        for value in model._base_manager.values_list(field.name, flat=True):
            assert BLACKED_OUT not in " ".join(texts_in(value))


def test_nothing_is_empty_that_the_portal_keeps(built):
    ours = [m for m in apps.get_models() if m._meta.app_label in OURS]
    assert len(ours) > 30
    empty = {m._meta.label for m in ours if not m._base_manager.exists()}
    assert empty <= {"office.Draft"}


# --- Whether its words and its trail hold ----------------------------------------------------------


def every_text():
    for model, field in words_everywhere():
        for value in model._base_manager.values_list(field.name, flat=True):
            for text in texts_in(value):
                yield field, text


def test_every_text_passes_the_guard_and_fits(built):
    texts = [(field, text) for field, text in every_text() if text]
    assert len(texts) > 500
    for field, text in texts:
        assert chi.findings(text) == (), text
        assert not re.search(r"[{}]", text), text
        assert ELSEWHERE not in text, text
        assert field.max_length is None or len(text) <= field.max_length, text


def test_every_change_has_its_event(built):
    for model in (Meeting, Plan, Project, Measure, DataPoint, Escalation, RoleAssignment, Practice, Cluster, User):
        told = AuditEvent.objects.filter(subject_type=model._meta.label_lower).values("subject_id")
        assert not model._base_manager.exclude(pk__in=told).exists(), model
    assert AuditEvent.objects.filter(by__email="callum@example.org").exists()


def test_nothing_happened_tomorrow(built):
    assert events_to_come() == []


# --- What there is to look at ----------------------------------------------------------------------


@pytest.mark.once
@pytest.mark.parametrize(
    "who", ["callum", "asha", "heather", "bruce", "priya", "isla", "olive", "iona", "nell", "morag"]
)
def test_no_page_is_broken_and_no_link_is_dead(built, as_person, who):
    """Walk from the home page along every link, two pages of each kind."""
    client = as_person(User.objects.get(email=f"{who}@example.org"))
    todo, seen, kinds = ["/"], set(), {}
    while todo:
        path = todo.pop(0)
        name = name_of(path)
        if path in seen or kinds.get(name, 0) >= 2 or path.startswith(("/accounts/", "/static/")):
            continue
        seen.add(path)
        kinds[name] = kinds.get(name, 0) + 1
        answer = client.get(path)
        assert answer.status_code in (200, 302), f"{who} {path}"
        if answer.status_code == 302:
            todo.append(answer["Location"])
        elif answer["Content-Type"].startswith("text/html"):
            todo += re.findall(r'<a\b[^>]*href="(/[^"#]*)', answer.content.decode().replace("&amp;", "&"))
    assert len(kinds) > 1


def name_of(path: str) -> str:
    try:
        return resolve(path.partition("?")[0]).view_name
    except Resolver404:
        return path
