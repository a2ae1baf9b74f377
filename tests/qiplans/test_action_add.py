"""An action of a project stands on its owner's list and leads back."""

from uuid import uuid4

from meetings.models import Action
from office.services import keep_draft


def path_to(work):
    return f"/projects/{work.project.pk}/actions/new/"


def words(world, **changes):
    return {"what": "Send texts", "owner": world.asha.pk, "due_on": "2026-12-03", "nonce": str(uuid4()), **changes}


def test_it_is_kept_and_linked_once(world, as_person, work):
    same = words(world)
    for _ in range(2):
        assert as_person(world.tom).post(path_to(work), same).status_code == 302
    action = Action.objects.get()
    assert (action.owner, action.forum, action.origin_text) == (world.asha, world.rowan.forum, "Texts for recall")
    assert action.origin_path == f"/projects/{work.project.pk}/"
    assert list(work.project.actions.all()) == [action]
    page = as_person(world.callum).get(f"/projects/{work.project.pk}/").content.decode()
    assert "Send texts: Asha Rahman, due Thu 3 Dec 2026" in page


def test_what_is_missing_is_said(world, as_person, work):
    page = as_person(world.tom).post(path_to(work), {"what": "Send texts"}).content.decode()
    assert "Choose who does it." in page
    assert "Say by when." in page
    assert 'value="Send texts"' in page
    other = as_person(world.tom).post(path_to(work), words(world, owner=world.nell.pk)).content.decode()
    assert "Choose somebody from this cluster." in other
    assert not Action.objects.exists()


def test_kept_words_come_back_and_go_when_saved(world, as_person, work):
    client = as_person(world.tom)
    assert 'data-keep="' in client.get(path_to(work)).content.decode()
    keep_draft(owner=world.tom, key=f"qiplans:action_add:{work.project.pk}", fields={"what": "Half a thought"})
    assert "Half a thought" in client.get(path_to(work)).content.decode()
    client.post(path_to(work), words(world))
    assert "Half a thought" not in client.get(path_to(work)).content.decode()


def test_strangers_and_readers(world, as_person, work):
    assert as_person(world.nell).post(path_to(work), words(world)).status_code == 404
    assert as_person(world.asha).post(path_to(work), words(world)).status_code == 403
