"""One line on how it is going."""

from uuid import uuid4

from accounts.models import AuditEvent
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


def test_nothing_written(world, as_person, work):
    page = as_person(world.tom).post(path_to(work), {"text": ""}).content.decode()
    assert "Write one line first." in page
    assert "<title>Error: " in page


def test_strangers_and_readers(world, as_person, work):
    assert as_person(world.nell).post(path_to(work), {"text": "x"}).status_code == 404
    assert as_person(world.asha).post(path_to(work), {"text": "x"}).status_code == 403
    assert not ProgressUpdate.objects.exists()
