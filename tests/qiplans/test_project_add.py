"""Adding a project."""

from uuid import uuid4

from qiplans.models import Project


def path_to(work):
    return f"/priorities/{work.priority.pk}/projects/new/"


def words(world, **changes):
    return {
        "title": "Foot checks",
        "aim": "All of them by March.",
        "lead": world.asha.pk,
        "practices": [world.alder.pk, world.elm.pk],
        "next_review_on": "2027-01-12",
        "nonce": str(uuid4()),
        **changes,
    }


def test_it_starts_as_an_idea(world, as_person, work):
    answer = as_person(world.callum).post(path_to(work), words(world))
    project = Project.objects.get(title="Foot checks")
    assert answer.url == f"/projects/{project.pk}/"
    assert (project.state, project.lead, project.priority) == ("IDEA", world.asha, work.priority)
    assert set(project.practices.all()) == {world.alder, world.elm}
    assert project.share_level == "CLUSTER"


def test_a_second_press_adds_nothing(world, as_person, work):
    same = words(world)
    for _ in range(2):
        assert as_person(world.callum).post(path_to(work), same).status_code == 302
    assert Project.objects.count() == 2


def test_back_and_other_words_show_both_texts_and_save_when_meant(world, as_person, work):
    client, same = as_person(world.callum), words(world)
    client.post(path_to(work), same)
    changed = {**same, "aim": "Nine of ten by March.", "practices": [world.alder.pk]}
    answer = client.post(path_to(work), changed)
    assert answer.status_code == 409
    assert "<td>All of them by March.</td>" in answer.content.decode()
    assert client.post(path_to(work), {**changed, "version": 1}).status_code == 302
    project = Project.objects.get(title="Foot checks")
    assert (project.aim, list(project.practices.all())) == ("Nine of ten by March.", [world.alder])


def test_people_and_practices_of_other_clusters_are_no_choice(world, as_person, work):
    page = as_person(world.callum).post(path_to(work), words(world, lead=world.nell.pk, practices=[world.gean.pk]))
    text = page.content.decode()
    assert "Choose somebody from this cluster." in text
    assert "Choose practices of this cluster only." in text
    assert "Foot checks" in text
    assert "Gean" not in text
    assert Project.objects.count() == 1


def test_strangers_and_readers(world, as_person, work):
    assert as_person(world.nell).post(path_to(work), words(world)).status_code == 404
    assert as_person(world.tom).post(path_to(work), words(world)).status_code == 403
