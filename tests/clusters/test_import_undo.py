"""Undoing the list that was applied last: every row as it was before, or a plain sentence why not."""

import threading
from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import connection

from accounts.models import AuditEvent
from accounts.roles import Role
from clusters.analysis.practice_list import Decisions
from clusters.models import Cluster, FormerName, Forum, Membership, PracticeList, RoleAssignment
from clusters.selectors import practice_list_undo
from clusters.services import AlreadyDecided, import_practice_file, move_practice, rename_cluster
from clusters.services.practice_list_undo import undo_practice_list
from meetings.models import Meeting
from practices.models import ListSize, Practice, Succession
from practices.services import fill_reference
from tests.cast import person
from tests.practices.lists import as_file, changed, practice, renamed, small, without

APRIL, OCTOBER, JANUARY = date(2024, 4, 1), date(2024, 10, 1), date(2025, 1, 1)
KEPT_IN = (Practice, Succession, Cluster, Forum, FormerName, Membership, ListSize, RoleAssignment)

pytestmark = pytest.mark.django_db


def rows_of(*models):
    """Every row of these tables, every column."""
    return {model: list(model._default_manager.order_by("pk").values()) for model in models or KEPT_IN}


def structure():
    """Every row of every table of practices and clusters, but for the lists themselves."""
    models = [*apps.get_app_config("practices").get_models(), *apps.get_app_config("clusters").get_models()]
    return rows_of(*(model for model in models if model is not PracticeList))


def bring(rows, as_of, *, by=None, confirmed=(), refused=()):
    said = Decisions.said(confirmed=confirmed, refused=refused)
    import_practice_file(data=as_file(rows), file_name="x.csv", as_of=as_of, decisions=said, by=by)
    return PracticeList.objects.filter(state="APPLIED").latest("decided_at")


def everything(rows):
    """A rename, two moves, a recode, a merger across HSCPs, a closure, a newcomer in a new cluster, changed details."""
    rows = without(renamed(rows, "Alpha", "Omega"), 10022, 10003)
    rows = changed(changed(rows, 10012, GPCluster="Omega"), 10031, GPCluster="Omega")
    rows = changed(rows, 10013, TelephoneNumber="01632 960 999", GPPracticeName="Thirteen", HSCP="S37000013")
    rows = changed(rows, 10023, PracticeCode="10095")  # recoded: 5020 patients in Fife
    rows = changed(rows, 10014, PracticeListSize=str(5030 + 5020))  # took up 10003, of another HSCP
    return [*rows, practice(10099, "Quite new", "S37000032", 900)]


CONFIRMED = ("recode-10023-10095", "merger-10003-10014", "missing-10022")


@pytest.fixture
def loaded(world):
    bring(small(), APRIL)
    held = RoleAssignment.objects.create(
        person=world.asha, role=Role.PQL, practice=Practice.objects.get(code="10023"), starts_on=APRIL
    )
    RoleAssignment.objects.create(
        person=world.tom, role=Role.PQL, practice=Practice.objects.get(code="10003"), starts_on=APRIL
    )
    assert held.pk
    return world


def test_a_whole_quarter_goes_back_row_by_row(loaded):
    before = structure()
    applied = bring(everything(small()), OCTOBER, confirmed=CONFIRMED)
    assert Succession.objects.count() == 2
    assert Practice.objects.get(code="10023").answered_by.code == "10095"
    assert RoleAssignment.objects.filter(practice__code="10095").exists()
    assert Practice.objects.get(code="10022").closed_on == OCTOBER
    changed_tables = {model for model, rows in structure().items() if rows != before[model]}
    assert changed_tables == set(KEPT_IN)
    undo_practice_list(practice_list=applied, by=loaded.priya)
    assert structure() == before


@pytest.mark.django_db(transaction=True)
def test_whoever_changes_a_row_meanwhile_waits_and_is_not_written_over(monkeypatch):
    fill_reference()
    bring(small(), APRIL)
    applied = bring(renamed(small(), "Alpha", "Omega"), OCTOBER)
    forum, late = Forum.objects.get(name="Omega"), []

    def changes():
        Forum.objects.filter(pk=forum.pk).update(name="Delta", slug="delta")
        connection.close()

    def looking(practice_list):
        found = practice_list_undo.reasons_against(practice_list)
        late.append(threading.Thread(target=changes))
        late[0].start()
        late[0].join(timeout=0.7)
        assert late[0].is_alive()
        return found

    monkeypatch.setattr("clusters.services.practice_list_undo.reasons_against", looking)
    undo_practice_list(practice_list=applied, by=None)
    late[0].join()
    forum.refresh_from_db()
    assert forum.name == "Delta"


def test_the_first_list_goes_back_to_nothing():
    fill_reference()
    before = structure()
    undo_practice_list(practice_list=bring(small(), APRIL), by=None)
    assert structure() == before


def test_a_corrected_copy_of_the_same_day_goes_back_to_the_first(loaded):
    before = structure()
    rows = changed(small(), 10001, GPCluster="Beta Cluster", PracticeListSize="5001")
    applied = bring(changed(rows, 10002, GPCluster="Forth Valley Undefined"), APRIL)
    assert structure() != before
    undo_practice_list(practice_list=applied, by=loaded.priya)
    assert structure() == before


def test_an_undone_list_is_undone_once_and_comes_again(loaded):
    applied = bring(everything(small()), OCTOBER, confirmed=CONFIRMED)
    after = [list(rows) for rows in structure().values()]
    undo_practice_list(practice_list=applied, by=loaded.priya)
    applied.refresh_from_db()
    assert (applied.state, applied.undone_by, applied.journal) == ("UNDONE", loaded.priya, {})
    assert applied.undone_at
    event = AuditEvent.objects.get(verb="practice list undone")
    assert (event.by, event.changes["rows"]["practices.practice"]) == (loaded.priya, [2, 4, 0])
    with pytest.raises(AlreadyDecided):
        undo_practice_list(practice_list=applied, by=loaded.priya)
    again = bring(everything(small()), OCTOBER, confirmed=CONFIRMED)
    assert again.pk != applied.pk
    assert [len(rows) for rows in structure().values()] == [len(rows) for rows in after]


def test_each_row_that_goes_back_has_its_event(loaded):
    applied = bring(everything(small()), OCTOBER, confirmed=CONFIRMED)
    start = AuditEvent.objects.latest("pk").pk
    undo_practice_list(practice_list=applied, by=loaded.priya)
    events = AuditEvent.objects.filter(pk__gt=start, by=loaded.priya)
    put_back = events.get(verb="put back with its list", subject="Alpha")
    assert put_back.changes["name"] == ["Omega", "Alpha"]
    assert events.filter(verb="taken back with its list", subject="Practice 10099 (10099)").count() == 1


def refused(applied, by=None):
    """The reasons why it cannot be undone, having made sure that trying changes nothing."""
    before, events = structure(), AuditEvent.objects.count()
    with pytest.raises(ValidationError) as caught:
        undo_practice_list(practice_list=applied, by=by)
    assert (structure(), AuditEvent.objects.count()) == (before, events)
    applied.refresh_from_db()
    assert applied.state in ("APPLIED", "ASIDE", "PREVIEW")
    return caught.value.messages


def test_only_the_last_list_can_be_undone(loaded):
    october = bring(everything(small()), OCTOBER)
    bring(everything(small()), JANUARY)
    assert refused(october) == [practice_list_undo.NOT_THE_LAST]
    october.refresh_from_db()
    assert october.journal == {}
    assert not practice_list_undo.can_be_undone(october)
    assert practice_list_undo.can_be_undone(PracticeList.objects.latest("decided_at"))


def test_a_row_that_a_person_changed_since_stands_in_the_way(loaded):
    applied = bring(everything(small()), OCTOBER)
    Practice.objects.filter(code="10013").update(phone="01632 960 777")
    Practice.objects.filter(code="10099").update(name="Newer")
    assert set(refused(applied)) == {
        "Thirteen (10013) has changed since: phone.",
        "Newer (10099), which the list brought, has changed since.",
    }


def test_a_change_elsewhere_in_the_row_stays(loaded):
    applied = bring(everything(small()), OCTOBER)
    Practice.objects.filter(code="10013").update(data_zone="S01999999")
    undo_practice_list(practice_list=applied, by=None)
    assert Practice.objects.values_list("phone", "data_zone").get(code="10013") == ("01632 960 001", "S01999999")


def test_what_hangs_on_a_new_cluster_stands_in_the_way(loaded):
    applied = bring(everything(small()), OCTOBER)
    forum = Forum.objects.get(name="Quite new")
    Meeting.objects.create(
        forum=forum, held_on=OCTOBER, nonce=uuid4(), logged_at="2024-10-01T12:00Z", logged_by=loaded.priya
    )
    RoleAssignment.objects.create(person=loaded.una, role=Role.CQL, cluster=forum.cluster, starts_on=JANUARY)
    assert set(refused(applied)) == {
        "Quite new, which the list brought, has 1 meeting.",
        "Quite new cluster, which the list brought, has 1 role assignment.",
    }


def test_a_role_at_a_recoded_practice_stands_in_the_way(loaded):
    applied = bring(everything(small()), OCTOBER, confirmed=CONFIRMED)
    new = Practice.objects.get(code="10095")
    RoleAssignment.objects.create(person=person(loaded, "Vera New"), role=Role.DEPUTY, practice=new, starts_on=JANUARY)
    assert refused(applied) == ["Practice 10023 (10095), which the list brought, has 1 role assignment."]


def test_a_move_by_hand_since_stands_in_the_way(loaded):
    applied = bring(changed(small(), 10001, GPCluster="Forth Valley Undefined"), OCTOBER)
    moved = Practice.objects.get(code="10001")
    beta = Cluster.objects.get(forum__name="Beta Cluster")
    move_practice(practice=moved, to=beta, starts_on=JANUARY, reason="Nearer", leaving=None, by=loaded.priya)
    assert refused(applied) == ["Practice 10001 (10001) joined Beta Cluster since."]


def test_a_name_that_is_taken_again_stands_in_the_way(loaded):
    applied = bring(everything(small()), OCTOBER)
    beta = Cluster.objects.get(forum__name="Beta Cluster")
    Cluster.objects.filter(pk=beta.pk).update(lead_hscp=Cluster.objects.get(forum__name="Omega").lead_hscp)
    beta.refresh_from_db()
    rename_cluster(cluster=beta, name="Alpha", until=JANUARY, by=loaded.priya)
    assert refused(applied) == ["Another cluster has the name Alpha since."]


def test_a_renamed_cluster_that_was_renamed_again_stands_in_the_way(loaded):
    applied = bring(everything(small()), OCTOBER)
    omega = Cluster.objects.get(forum__name="Omega")
    rename_cluster(cluster=omega, name="Psi", until=JANUARY, by=loaded.priya)
    assert refused(applied) == ["Psi has changed since: name and slug."]


def test_a_failure_halfway_through_undoing_leaves_the_list_applied(loaded, monkeypatch):
    applied = bring(everything(small()), OCTOBER, confirmed=CONFIRMED)
    before, events = structure(), AuditEvent.objects.count()

    def fails(events):
        raise RuntimeError("the power went")

    monkeypatch.setattr("accounts.audit.record_all", fails)
    with pytest.raises(RuntimeError):
        undo_practice_list(practice_list=applied, by=loaded.priya)
    applied.refresh_from_db()
    assert (structure(), AuditEvent.objects.count(), applied.state) == (before, events, "APPLIED")


def test_a_list_that_waits_or_was_laid_aside_is_not_undone(loaded):
    for state in ("ASIDE", "PREVIEW"):
        row = PracticeList.objects.create(
            as_of=JANUARY,
            file_hash=state,
            state=state,
            uploaded_at="2025-01-01T12:00Z",
            decided_at=None if state == "PREVIEW" else "2025-01-01T12:00Z",
        )
        assert refused(row) == [practice_list_undo.NOT_THE_LAST]


def test_the_journal_is_small_and_holds_no_more_than_changes(loaded):
    applied = bring(changed(small(), 10001, TelephoneNumber="01632 960 999"), OCTOBER)
    assert set(applied.journal["changed"]) == {"practices.practice"}
    ((fields,),) = [applied.journal["changed"]["practices.practice"].values()]
    assert fields == {"phone": ["01632 960 001", "01632 960 999"]}
    assert list(applied.journal["brought"]) == ["practices.listsize"]
    (span,) = applied.journal["brought"]["practices.listsize"]["spans"]
    assert span[1] - span[0] == 12


def test_the_list_before_can_follow_only_when_nothing_came_after(loaded):
    """What undoing April needs went when October came; October itself takes nothing of it back."""
    april = PracticeList.objects.get()
    october = bring(everything(small()), OCTOBER)
    undo_practice_list(practice_list=october, by=None)
    assert refused(april) == [practice_list_undo.NOT_THE_LAST]
    assert timedelta(0) < october.as_of - april.as_of
