"""Significant events: written by who writes up, read inside the cluster, never above, never lost to a second editor."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import AuditEvent
from meetings.models import Item, SignificantEvent
from meetings.services.events import EventChangedMeanwhile, write_event
from tests.house.rows.meetings_events import WORDS, an_event

TEXTS = {"what_happened": "A letter was filed unread.", "why": "Two trays", "learning": "One tray", "change_agreed": ""}


def write(w, item, *, by=None, version=0, **changes):
    return write_event(by=by or w.callum, item=item, at=timezone.now(), version=version, **{**TEXTS, **changes})


def test_it_is_written_listed_and_read_inside(world, as_person):
    item = an_event(world)
    assert as_person(world.callum).post(f"/meetings/items/{item.pk}/event/", {**WORDS, **TEXTS}).status_code == 302
    assert "One tray" in as_person(world.asha).get("/clusters/rowan/significant-events/").content.decode()
    page = as_person(world.asha).get(f"/meetings/items/{item.pk}/event/").content.decode()
    assert "Two trays" in page
    assert '<form method="post" novalidate' not in page
    assert as_person(world.heather).get(f"/meetings/items/{item.pk}/event/").status_code == 404
    minutes = f"/meetings/{item.meeting_id}/"
    assert f"/meetings/items/{item.pk}/event/" in as_person(world.asha).get(minutes).content.decode()
    assert "event/" not in as_person(world.heather).get(minutes).content.decode()
    assert "Two trays" not in str(list(AuditEvent.objects.values_list("changes", "subject")))


def test_no_event_says_what_to_do(world, as_person):
    assert "Choose the kind" in as_person(world.asha).get("/clusters/rowan/significant-events/").content.decode()


def test_another_kind_of_item_has_no_analysis(world, as_person):
    item = an_event(world)
    Item.objects.filter(pk=item.pk).update(kind="PEER")
    assert as_person(world.callum).get(f"/meetings/items/{item.pk}/event/").status_code == 404
    with pytest.raises(PermissionDenied):
        write(world, item)


def test_the_second_editor_sees_both_texts(world, as_person):
    item = an_event(world)
    write(world, item)
    write(world, item, by=world.morag, version=1, learning="Hers")
    with pytest.raises(EventChangedMeanwhile):
        write(world, item, version=1, learning="His")
    answer = as_person(world.callum).post(
        f"/meetings/items/{item.pk}/event/", {**TEXTS, "learning": "His", "version": "1"}
    )
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Hers" in page
    assert "His" in page
    assert SignificantEvent.objects.get().learning == "Hers"


def test_the_same_again_changes_nothing(world):
    item = an_event(world)
    write(world, item)
    assert write(world, item).version == 1


@pytest.mark.parametrize("who", ["asha", "heather", "nell", "una"])
def test_others_do_not_write(world, who):
    with pytest.raises(PermissionDenied):
        write(world, an_event(world), by=getattr(world, who))


def test_the_list_asks_the_same_for_many(world, as_person):
    item = an_event(world)
    client, counts = as_person(world.callum), []
    for more in (0, 20):
        for n in range(more):
            made = Item.objects.create(meeting=item.meeting, position=9 + n, title=f"Event {n}", kind="SEA")
            SignificantEvent.objects.create(
                item=made, what_happened="…", written_at=timezone.now(), written_by=world.callum
            )
        with CaptureQueriesContext(connection) as asked:
            client.get("/clusters/rowan/significant-events/")
        counts.append(len(asked))
    assert counts[0] == counts[1]
