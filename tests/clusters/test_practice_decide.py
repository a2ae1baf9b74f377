"""/registry/practices/<code>/decide/: what a practice that is missing from the list means."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from accounts.models import AuditEvent
from accounts.roles import Role
from clusters.models import Membership
from clusters.selectors import history_of_practice, membership_on, reach_of


@pytest.fixture
def path(world):
    world.alder.missing_since = date(2026, 10, 1)
    world.alder.save()
    return reverse("clusters:practice_decide", args=[world.alder.code])


def closing(world, **changes):
    return {"decision": "closed", "closed_on": str(world.today), "reason": "Merged into Beech", **changes}


def test_kept_it_stays_and_asks_no_more(world, as_person, path):
    assert as_person(world.priya).post(path, {"decision": "kept"}).status_code == 302
    world.alder.refresh_from_db()
    assert (world.alder.missing_since, world.alder.closed_on) == (None, None)
    assert membership_on(world.alder, on=world.today).cluster == world.rowan
    assert AuditEvent.objects.get().verb == "practice kept"


def test_closed_it_leaves_its_cluster_and_roles_end(world, as_person, path):
    assert as_person(world.priya).post(path, closing(world)).status_code == 302
    world.alder.refresh_from_db()
    assert (world.alder.missing_since, world.alder.closed_on) == (None, world.today)
    assert membership_on(world.alder, on=world.today) is None
    assert reach_of(world.asha, on=world.today).roles() == frozenset()
    assert reach_of(world.asha, on=world.today - timedelta(days=1)).roles() == {Role.PQL}
    (span,) = history_of_practice(world.alder)
    assert (span.end_reason, span.ended_by) == ("Merged into Beech", "Priya Nair")
    verbs = sorted(AuditEvent.objects.values_list("verb", flat=True))
    assert verbs == ["membership ended", "practice closed", "role ended", "role ended", "role ended"]
    page = as_person(world.priya).post(path, closing(world))
    assert "already" in str(page.context["form"].errors["closed_on"])


def test_why_it_closed_and_who_ended_what_stand_on_its_page(world, as_person, path):
    priya = as_person(world.priya)
    priya.post(path, closing(world))
    page = " ".join(priya.get(reverse("reporting:practice", args=[world.alder.code])).content.decode().split())
    assert ": Merged into Beech (put down by Priya Nair)" in page


def test_the_reason_is_kept_for_a_practice_without_a_cluster(world, as_person, path):
    priya = as_person(world.priya)
    Membership.objects.filter(practice=world.alder).delete()
    assert priya.post(path, closing(world)).status_code == 302
    world.alder.refresh_from_db()
    assert world.alder.closed_reason == "Merged into Beech"
    assert (
        ": Merged into Beech</p>" in priya.get(reverse("reporting:practice", args=[world.alder.code])).content.decode()
    )
    assert "Beech" not in str(AuditEvent.objects.get(verb="practice closed").changes)


@pytest.mark.parametrize(
    ("changes", "field", "words"),
    [
        ({"decision": ""}, "decision", "Choose what happened."),
        ({"closed_on": ""}, "closed_on", "Say from which day"),
        ({"closed_on": "x"}, "closed_on", "Type the day as in"),
        ({"closed_on": "9999-12-31"}, "closed_on", "still to come"),
        ({"closed_on": "0001-01-01"}, "closed_on", "Choose a later day."),
        ({"reason": ""}, "reason", "how it closed"),
    ],
)
def test_what_is_wrong_is_said_beside_its_field(world, as_person, path, changes, field, words):
    page = as_person(world.priya).post(path, closing(world, **changes))
    assert page.status_code == 200
    assert words in str(page.context["form"].errors[field])
    world.alder.refresh_from_db()
    assert world.alder.closed_on is None


def test_only_the_registry_decides(world, as_person, path):
    assert as_person(world.nell).post(path, closing(world)).status_code == 404
    assert as_person(world.callum).post(path, closing(world)).status_code == 404
    assert as_person(world.olive).post(path, closing(world)).status_code == 403
