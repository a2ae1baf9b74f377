"""How far above the cluster a project is read: the preview is what they get."""

import pytest

from accounts.models import AuditEvent
from qiplans import services
from qiplans.models import Project
from tests.qiplans.conftest import a_measure


def path_to(work):
    return f"/projects/{work.project.pk}/share/"


def test_the_preview_holds_what_they_will_see_and_no_more(world, as_person, work):
    a_measure(world, work.project, [50, 51, 52, 53, 54])
    services.write_update(by=world.tom, project=work.project, text="Second line")
    page = as_person(world.callum).get(path_to(work)).content.decode()
    for words in (
        "70% of people",
        "Second line",
        "Money for texts",
        "Apr 2025",
        f"Cluster Quality Lead of Rowan cluster ({world.strath})",
    ):
        assert words in page
    for words in ("Alder Medical", "Texts began", "Tom Kerr"):
        assert words not in page


@pytest.mark.parametrize(
    ("level", "above"),
    [("CLUSTER", ""), ("HSCP", "heather lewis rhona"), ("BOARD", "heather lewis rhona bruce")],
)
def test_each_level_opens_to_those_it_names(world, as_person, work, level, above):
    client = as_person(world.callum)
    for _ in range(2):  # pressed twice, it is shared once
        assert client.post(path_to(work), {"share_level": level}).status_code == 302
    work.project.refresh_from_db()
    assert work.project.share_level == level
    for name in ("heather", "lewis", "rhona", "bruce"):
        read = as_person(getattr(world, name)).get(f"/projects/{work.project.pk}/").status_code == 200
        assert read is (name in above.split()), name


def test_scotland_opens_to_the_board_and_in_brief_to_everybody(world, as_person, work):
    services.share_project(by=world.callum, project=work.project, level="SCOTLAND")
    assert as_person(world.bruce).get(f"/projects/{work.project.pk}/").status_code == 200
    assert as_person(world.nell).get(f"/projects/{work.project.pk}/").status_code == 404
    assert "Texts for recall" in as_person(world.nell).get("/projects/").content.decode()


def test_it_is_taken_back_and_the_trail_keeps_both(world, as_person, work):
    client = as_person(world.callum)
    for level in ("BOARD", "CLUSTER"):
        client.post(path_to(work), {"share_level": level})
    assert as_person(world.heather).get(f"/projects/{work.project.pk}/").status_code == 404
    verbs = AuditEvent.objects.filter(subject_type="qiplans.project").values_list("verb", flat=True)
    assert [v for v in verbs if "shared" in v] == ["project no longer shared", "project shared"]


def test_without_a_choice_nothing_changes(world, as_person, work):
    for answer in ({}, {"share_level": "EVERYBODY"}):
        answered = as_person(world.callum).post(path_to(work), answer)
        assert "Choose" in answered.content.decode()
    assert Project.objects.get().share_level == "CLUSTER"


def test_only_the_lead_of_the_cluster_shares(world, as_person, work):
    for person, status in ((world.nell, 404), (world.morag, 403), (world.tom, 403), (world.heather, 404)):
        assert as_person(person).post(path_to(work), {"share_level": "BOARD"}).status_code == status
    work.project.refresh_from_db()
    assert work.project.share_level == "CLUSTER"
