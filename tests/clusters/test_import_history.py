"""What a practice list reads of the past: enough to compare with, however long it is."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from clusters.selectors.practice_lists import registry_at
from practices.models import ListSize

pytestmark = pytest.mark.django_db


def test_of_list_sizes_the_day_and_the_one_before_are_read(world):
    days = [date(2024, 1, 1), date(2024, 4, 1), date(2024, 7, 1), date(2024, 10, 1)]
    ListSize.objects.filter(practice=world.alder).delete()
    ListSize.objects.bulk_create(ListSize(practice=world.alder, counted_on=day, patients=day.month) for day in days)

    known = registry_at(date(2024, 7, 1)).practices[world.alder.code]
    assert (known.size_on(date(2024, 7, 1)), known.size_before(date(2024, 7, 1))) == (7, 4)
    between = registry_at(date(2024, 8, 1)).practices[world.alder.code]
    assert (between.size_on(date(2024, 8, 1)), between.size_before(date(2024, 8, 1))) == (None, 7)
    assert registry_at(date(2023, 1, 1)).practices[world.alder.code].sizes == ()


def test_the_registry_takes_eight_queries_at_most(world):
    with CaptureQueriesContext(connection) as queries:
        registry_at(world.today)
    assert len(queries) <= 8
