"""Two people at the same moment: one list is kept, one apply wins, nothing is doubled."""

import threading
from datetime import date

import pytest
from django.db import connection

from accounts.models import User
from accounts.roles import Role
from clusters.models import Membership, PracticeList
from clusters.selectors.practice_lists import plan_for
from clusters.services import (
    AlreadyDecided,
    apply_practice_list,
    appoint,
    import_practice_file,
    lay_aside_practice_list,
    practice_list,
    upload_practice_list,
)
from clusters.services.practice_list_undo import undo_practice_list
from practices.models import ListSize, Practice
from tests.cast import build_world
from tests.practices.lists import as_file, small

pytestmark = pytest.mark.django_db(transaction=True)

OCTOBER = date(2024, 10, 1)


def at_once(work, times=4):
    """What `work` gave or raised, run that often side by side."""
    results, start = [], threading.Barrier(times)

    def run():
        start.wait()
        try:
            results.append(work())
        except Exception as raised:
            results.append(raised)
        finally:
            connection.close()

    threads = [threading.Thread(target=run) for _ in range(times)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


def test_one_file_uploaded_several_times_at_once_waits_once():
    world = build_world()
    results = at_once(
        lambda: upload_practice_list(data=as_file(small()), file_name="x.csv", as_of=OCTOBER, by=world.priya)
    )
    assert {result.pk for result in results} == {PracticeList.objects.get().pk}


def test_one_apply_wins_and_the_others_are_told():
    world = build_world()
    waiting = upload_practice_list(data=as_file(small()), file_name="x.csv", as_of=OCTOBER, by=world.priya)
    fingerprint = plan_for(waiting).fingerprint
    results = at_once(lambda: apply_practice_list(practice_list=waiting, fingerprint=fingerprint, by=world.priya))
    told = [result for result in results if isinstance(result, AlreadyDecided)]
    assert len(told) == len(results) - 1
    assert ListSize.objects.filter(counted_on=OCTOBER).count() == 13
    assert Membership.objects.filter(starts_on=OCTOBER).count() == 12


def test_one_command_imports_and_the_others_find_nothing_to_do():
    results = at_once(lambda: import_practice_file(data=as_file(small()), file_name="x.csv", as_of=OCTOBER))
    assert sorted(plan.is_empty for plan in results) == [False, True, True, True]
    assert Practice.objects.count() == 13
    assert PracticeList.objects.count() == 1


def test_a_list_that_was_laid_aside_meanwhile_is_not_applied_over_it():
    """The command takes up a list that waits; a row that was read before the decision cannot overwrite it."""
    world = build_world()
    stale = upload_practice_list(data=as_file(small()), file_name="x.csv", as_of=OCTOBER, by=world.priya)
    lay_aside_practice_list(practice_list=stale, by=world.priya)
    with pytest.raises(AlreadyDecided):
        practice_list._decide(stale, PracticeList.State.APPLIED, {}, None)
    import_practice_file(data=as_file(small()), file_name="x.csv", as_of=OCTOBER)
    assert sorted(PracticeList.objects.values_list("state", flat=True)) == ["APPLIED", "ASIDE"]


def test_one_undo_wins_and_the_others_are_told():
    world = build_world()
    before = Practice.objects.count()
    import_practice_file(data=as_file(small()), file_name="x.csv", as_of=OCTOBER, by=world.priya)
    applied = PracticeList.objects.get()
    results = at_once(lambda: undo_practice_list(practice_list=applied, by=world.priya))
    assert sorted(type(result).__name__ for result in results) == [*["AlreadyDecided"] * 3, "PracticeList"]
    assert Practice.objects.count() == before


def test_one_newcomer_given_a_role_several_times_at_once_is_added_once():
    world = build_world()

    def appointed():
        return appoint(
            email="new@example.org",
            full_name="Ailsa Comer",
            role=Role.CQL,
            at=world.rowan,
            starts_on=world.today,
            by=world.priya,
        )

    results = at_once(appointed)
    assert User.objects.filter(email="new@example.org").count() == 1
    assert sorted(type(result).__name__ for result in results) == ["RoleAssignment", *["ValidationError"] * 3]
