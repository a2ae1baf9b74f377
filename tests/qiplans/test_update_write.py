"""One line on how it is going."""

from uuid import uuid4

from accounts.models import AuditEvent
from office.services import keep_draft
from qiplans.models import ProgressUpdate


def path_to(work):
    return f"/projects/{work.project.pk}/update/"


def test_a_line_once(world, as_person, work):
    same = {"text": "Texts go out weekly", "nonce": str(uuid4())}
    for _ in range(2):
        assert as_person(world.tom).post(path_to(work), same).url == f"/projects/{work.project.pk}/"
    update = ProgressUpdate.objects.get()
    assert (update.text, update.written_by) == ("Texts go out weekly", world.tom)
    event = AuditEvent.objects.get(verb="update written")
    assert "weekly" not in str(event.changes)


def test_back_and_other_words_are_another_line(world, as_person, work):
    nonce = str(uuid4())
    for text in ("Texts go out weekly", "Texts go out monthly"):
        as_person(world.tom).post(path_to(work), {"text": text, "nonce": nonce})
    assert ProgressUpdate.objects.count() == 2


def test_kept_words_come_back_in_their_own_box_and_go_when_saved(world, as_person, work):
    client, page = as_person(world.tom), f"/projects/{work.project.pk}/"
    assert client.get(page).content.decode().count('data-keep="') == 2
    keep_draft(owner=world.tom, key=f"qiplans:update:{work.project.pk}", fields={"text": "Half a line"})
    keep_draft(owner=world.tom, key=f"qiplans:move:{work.project.pk}", fields={"reason": "Half a reason"})
    shown = client.get(page).content.decode()
    assert 'value="Half a line"' in shown
    assert "Half a reason" in shown
    client.post(path_to(work), {"text": "A whole line"})
    client.post(f"{page}move/", {"to_state": "STOPPED", "reason": "Cost."})
    shown = client.get(page).content.decode()
    assert "Half a" not in shown


def test_nothing_written(world, as_person, work):
    page = as_person(world.tom).post(path_to(work), {"text": ""}).content.decode()
    assert "Write one line first." in page
    assert "<title>Error: " in page


def test_strangers_and_readers(world, as_person, work):
    assert as_person(world.nell).post(path_to(work), {"text": "x"}).status_code == 404
    assert as_person(world.asha).post(path_to(work), {"text": "x"}).status_code == 403
    assert not ProgressUpdate.objects.exists()
