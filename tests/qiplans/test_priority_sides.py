"""Who chose a priority, and whether it looks inward or outward."""

from django.urls import reverse

from qiplans import services
from tests.qiplans.conftest import a_meeting


def test_who_chose_it_is_kept_shown_and_read_above_once_agreed(world, as_person, work):
    sent = {"title": "Wounds", "purpose": "Fewer ulcers.", "orientation": "EXTR", "chosen_by": "HSCP"}
    path = reverse("qiplans:priority_add", args=[work.plan.pk])
    assert as_person(world.callum).post(path, sent).status_code == 302
    page = reverse("qiplans:plan", args=["rowan"])
    text = as_person(world.asha).get(page).content.decode()
    assert "Who chose it: The HSCP asked for it" in text
    assert "Who chose it: The cluster itself" in text
    assert "1 of 2 priorities intrinsic, 1 extrinsic." in text
    assert "The HSCP asked for it" not in as_person(world.heather).get(page).content.decode()
    work.plan.refresh_from_db()
    services.agree_plan(by=world.callum, plan=work.plan, meeting=a_meeting(world), version=work.plan.version)
    assert "The HSCP asked for it" in as_person(world.heather).get(page).content.decode()


def test_without_a_word_it_is_the_clusters_own_choice_and_a_change_leaves_it(world, work):
    priority = services.add_priority(by=world.callum, plan=work.plan, title="Wounds", purpose="Less.", chosen_by="")
    assert priority.chosen_by == "CLUSTER"
    words = {"title": "Wounds", "purpose": "Fewer.", "orientation": "INTR"}
    changed = services.change_priority(by=world.callum, priority=priority, version=1, chosen_by="MANDATE", **words)
    assert changed.chosen_by == "MANDATE"
    words = {**words, "purpose": "None."}
    assert services.change_priority(by=world.callum, priority=changed, version=2, **words).chosen_by == "MANDATE"


def test_an_action_of_a_project_counts_as_its_priority_does(world, work):
    work.priority.orientation = "EXTR"
    work.priority.save()
    project = type(work.project).objects.get(pk=work.project.pk)
    action = services.plan_action(
        by=world.callum, project=project, what="Ask the ward", owner=world.callum, due_on=world.today
    )
    assert action.orientation == "EXTR"
