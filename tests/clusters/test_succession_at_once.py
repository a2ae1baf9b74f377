"""Two people decide about one practice at the same moment: one wins, the other is told, nothing is doubled."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from clusters.models import Membership, RoleAssignment
from clusters.services.succession import merge_practices, recode_practice
from practices.models import Practice, Succession
from tests.cast import build_world
from tests.clusters.test_import_at_once import at_once

pytestmark = pytest.mark.django_db(transaction=True)


def test_one_of_four_wins():
    world = build_world()
    new = Practice.objects.create(code="91000", name="Alder Health Centre", hscp=world.strath)
    facts = {"on": world.today - timedelta(days=3), "reason": "New code", "by": world.priya}
    results = at_once(lambda: recode_practice(before=world.alder, after=new, **facts))
    won = [result for result in results if isinstance(result, Succession)]
    assert len(won) == 1
    told = {str(result.message_dict) for result in results if isinstance(result, ValidationError)}
    if connection.vendor == "postgresql":
        assert len([result for result in results if isinstance(result, ValidationError)]) == 3
        assert "it is known what came after it" in told.pop()
    assert Succession.objects.count() == 1
    assert Membership.objects.filter(practice=new).count() == 1
    assert RoleAssignment.objects.filter(practice=new, person=world.asha).count() == 1


def test_two_that_would_merge_into_each_other_cannot_both():
    world = build_world()
    pairs = [(world.alder, world.ash), (world.ash, world.alder)] * 2
    facts = {"on": world.today - timedelta(days=3), "reason": "Merged", "by": world.priya}

    def merge():
        gone, into = pairs.pop()
        return merge_practices(gone=[gone], into=into, **facts)

    at_once(merge)
    assert Succession.objects.count() == 1
    assert Practice.objects.filter(closed_on__isnull=False).count() == 1
