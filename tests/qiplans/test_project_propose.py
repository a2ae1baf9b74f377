"""Everybody inside a cluster may propose a project as an idea; who keeps projects stays as it is (STR-21)."""

from datetime import timedelta
from uuid import uuid4

import pytest

from accounts.models import AuditEvent
from clusters.models import Cluster
from qiplans.models import Project


def path_to(work):
    return f"/priorities/{work.priority.pk}/projects/propose/"


def words(world, **changes):
    return {
        "title": "Foot checks",
        "aim": "All of them by March.",
        "why_now": "Our nurse is trained.",
        "practices": [world.alder.pk],
        "nonce": str(uuid4()),
        **changes,
    }


def test_a_practice_manager_proposes_and_the_lead_takes_it_on(world, as_person, work):
    pam = as_person(world.pam)
    answer = pam.post(path_to(work), words(world), follow=True)
    project = Project.objects.get(title="Foot checks")
    assert answer.redirect_chain[-1][0] == f"/projects/{project.pk}/"
    assert (project.state, project.lead, project.priority) == ("IDEA", None, work.priority)
    assert list(project.practices.all()) == [world.alder]
    assert "The Cluster Quality Lead takes it on" in answer.content.decode()
    page = as_person(world.callum).get(f"/projects/{project.pk}/").content.decode()
    assert "Proposed as an idea." in page
    assert "Pam" in page
    assert AuditEvent.objects.filter(verb="idea proposed", actor=str(world.pam)).count() == 1
    moved = as_person(world.callum).post(f"/projects/{project.pk}/move/", {"to_state": "SCOPING"})
    project.refresh_from_db()
    assert (moved.status_code, project.state) == (302, "SCOPING")


def test_who_proposed_keeps_nothing_by_it(world, as_person, work):
    pam = as_person(world.pam)
    pam.post(path_to(work), words(world, lead=world.pam.pk, next_review_on="2027-01-12"))
    project = Project.objects.get(title="Foot checks")
    assert (project.lead, project.next_review_on) == (None, None)
    assert pam.get(f"/projects/{project.pk}/change/").status_code == 403


def test_sent_twice_it_is_one_and_with_other_words_another(world, as_person, work):
    pam, same = as_person(world.pam), words(world)
    for _ in range(2):
        pam.post(path_to(work), same)
    assert Project.objects.filter(title="Foot checks").count() == 1
    pam.post(path_to(work), {**same, "aim": "Nine of ten."})
    aims = Project.objects.filter(title="Foot checks").order_by("pk").values_list("aim", flat=True)
    assert list(aims) == ["All of them by March.", "Nine of ten."]


def test_the_plan_offers_it_to_those_who_cannot_add(world, as_person, work):
    for name, offered in {"pam": True, "asha": True, "callum": False, "heather": False, "bruce": False}.items():
        page = as_person(getattr(world, name)).get("/clusters/rowan/plan/").content.decode()
        assert (path_to(work) in page) is offered, name
    assert (
        f"/priorities/{work.priority.pk}/projects/new/"
        in as_person(world.callum).get("/clusters/rowan/plan/").content.decode()
    )


@pytest.mark.parametrize("who", ["nell", "heather", "olive", "priya"])
def test_nobody_else_proposes(world, as_person, work, who):
    assert as_person(getattr(world, who)).post(path_to(work), words(world)).status_code == 404
    assert not Project.objects.filter(title="Foot checks").exists()


def test_not_in_a_cluster_that_is_closed(world, as_person, work):
    Cluster.objects.filter(pk=world.rowan.pk).update(closed_on=world.today - timedelta(days=1))
    assert as_person(world.pam).post(path_to(work), words(world)).status_code in (403, 404)
    assert not Project.objects.filter(title="Foot checks").exists()
