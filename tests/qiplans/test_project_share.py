"""Sharing a project above the cluster: the preview is what they get."""

from accounts.models import AuditEvent
from qiplans import services
from tests.qiplans.conftest import a_measure


def path_to(work):
    return f"/projects/{work.project.pk}/share/"


def test_the_preview_holds_what_they_will_see_and_no_more(world, as_person, work):
    a_measure(world, work.project, [50, 51, 52, 53, 54])
    services.write_update(by=world.tom, project=work.project, text="Second line")
    page = as_person(world.callum).get(path_to(work)).content.decode()
    for words in (
        "would see the title, the aim",
        "70% of people",
        "Second line",
        "Money for texts",
        "Apr 2025",
    ):
        assert words in page
    for words in ("Alder Medical", "Texts began", "Tom Kerr"):
        assert words not in page


def test_it_is_shared_and_taken_back(world, as_person, work):
    client = as_person(world.callum)
    for answer, shared in (("yes", True), ("yes", True), ("no", False)):
        assert client.post(path_to(work), {"share": answer}).status_code == 302
        work.project.refresh_from_db()
        assert work.project.is_shared_with_hscp is shared
        assert (as_person(world.heather).get(f"/projects/{work.project.pk}/").status_code == 200) is shared
    verbs = AuditEvent.objects.filter(subject_type="qiplans.project").values_list("verb", flat=True)
    assert [v for v in verbs if "shared" in v] == ["project no longer shared", "project shared"]


def test_only_the_lead_of_the_cluster_shares(world, as_person, work):
    for person, status in ((world.nell, 404), (world.morag, 403), (world.tom, 403), (world.heather, 404)):
        assert as_person(person).post(path_to(work), {"share": "yes"}).status_code == status
    work.project.refresh_from_db()
    assert not work.project.is_shared_with_hscp
