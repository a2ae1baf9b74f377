"""What was blacked out, as a list."""

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from office.models import Redaction

PATH = reverse("office:redact_log")


def add(world, count):
    Redaction.objects.bulk_create(
        Redaction(
            at=timezone.now(), by=world.iona, why="A name", record_type="meetings.item", record_id=n, field="discussion"
        )
        for n in range(count)
    )


def test_lists_who_where_and_why(world, as_person):
    add(world, 1)
    page = as_person(world.iona).get(PATH).content.decode()
    assert "Iona Muir" in page
    assert "Agenda item 0" in page
    assert "A name" in page


def test_empty(world, as_person):
    assert "Nothing has been blacked out." in as_person(world.iona).get(PATH).content.decode()


def test_as_many_queries_for_20_rows_as_for_1(world, as_person):
    client = as_person(world.iona)

    def queries():
        with CaptureQueriesContext(connection) as seen:
            client.get(PATH)
        return len(seen)

    add(world, 1)
    one = queries()
    add(world, 19)
    assert queries() == one


def test_pages(world, as_person):
    add(world, 30)
    assert "Showing 26 to 30 of 30" in as_person(world.iona).get(f"{PATH}?page=2").content.decode()


def test_a_kind_of_record_or_a_field_that_is_no_more_keeps_its_stored_name(world, as_person):
    add(world, 1)
    Redaction.objects.update(record_type="gone.thing", field="former")
    page = as_person(world.iona).get(PATH).content.decode()
    assert "gone.thing 0" in page
    assert "Former" in page
