"""The page of a practice follows the links to what came before and after it."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from clusters.models import Membership
from clusters.services.succession import merge_practices, recode_practice, split_practice
from practices.models import ListSize, Practice
from practices.selectors import lineage_of
from shared.dates import in_words


def page(as_person, person, code):
    response = as_person(person).get(f"/practices/{code}/")
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


@pytest.fixture
def on(world):
    return world.today - timedelta(days=20)


@pytest.fixture
def new(world, on):
    """Alder goes on as 91000 since twenty days ago."""
    practice = Practice.objects.create(code="91000", name="Alder Health Centre", hscp=world.strath)
    ListSize.objects.create(practice=practice, counted_on=on, patients=5040)
    recode_practice(before=world.alder, after=practice, on=on, reason="New building", by=world.priya)
    return practice


def test_a_recoded_practice_tells_what_it_was_with_its_figures(world, as_person, new, on):
    text = page(as_person, world.callum, new.code)
    was = f'Before {in_words(on)} this was <a href="/practices/90000/">90000 Alder Medical Practice</a> (New building)'
    assert was in text
    rows = [(row.size.practice.code, row.change) for row in page_of(as_person, world.callum, new).sizes]
    assert rows == [("91000", 40), ("90000", None)]
    stays = [(stay.span.practice.code, stay.span.cluster) for stay in page_of(as_person, world.callum, new).memberships]
    assert stays == [("91000", world.rowan), ("90000", world.rowan)]
    assert "<td>90000 Alder Medical Practice</td>" in text
    assert "Practice recoded" in text


def page_of(as_person, person, practice):
    return as_person(person).get(f"/practices/{practice.code}/").context["page"]


def test_the_old_page_stays_for_who_may_see_the_new_one(world, as_person, new, on):
    for who in (world.asha, world.callum, world.heather, world.isla, world.olive):
        text = page(as_person, who, world.alder.code)
        assert f"Closed on {in_words(on)}" in text
        assert f"Goes on since {in_words(on)} under a new code as" in text
        assert '<a href="/practices/91000/">91000 Alder Health Centre</a>' in text
    assert as_person(world.nell).get("/practices/90000/").status_code == 404
    assert as_person(world.una).get("/practices/90000/").status_code == 404


def test_merged_across_clusters_it_is_open_to_the_new_one_and_named_only_elsewhere(world, as_person, on):
    merge_practices(gone=[world.alder], into=world.gean, on=on, reason="Merged", by=world.priya)
    text = page(as_person, world.nell, world.gean.code)
    assert f'<a href="/practices/90000/">90000 Alder Medical Practice</a> merged into it on {in_words(on)}' in text
    old = page(as_person, world.nell, world.alder.code)
    assert f"Merged on {in_words(on)} into" in old
    assert "/clusters/rowan/" not in old
    assert as_person(world.callum).get("/practices/90000/").status_code == 404
    isla = page(as_person, world.isla, world.alder.code)
    assert "90010 Gean Medical Practice" in isla
    assert "/practices/90010/" not in isla


def test_two_series_are_not_one(world, as_person, on):
    ListSize.objects.create(practice=world.ash, counted_on=date(2026, 4, 1), patients=3000)
    merge_practices(gone=[world.ash], into=world.beech, on=on, reason="Merged", by=world.priya)
    sizes = page_of(as_person, world.callum, world.beech).sizes
    assert {(row.size.practice.code, row.change) for row in sizes} == {
        ("90001", None),
        ("90001", 2000),
        ("90002", None),
    }


def test_split_with_a_part_that_stays(world, as_person, on):
    part = Practice.objects.create(code="91000", name="Alder East", hscp=world.strath)
    split_practice(before=world.alder, into=[part], on=on, reason="Too large", closes=False, by=world.priya)
    Membership.objects.create(practice=part, cluster=world.rowan, starts_on=on)
    ListSize.objects.create(practice=world.alder, counted_on=world.today, patients=2500)
    assert f"A part was split off on {in_words(on)}:" in page(as_person, world.callum, world.alder.code)
    text = page(as_person, world.callum, part.code)
    assert "It came out of" in text
    assert "5,000" in text
    assert "2,500" not in text  # what the other one did afterwards is not its history


def test_a_chain_is_told_to_its_end(world, as_person, new):
    newest = Practice.objects.create(code="92000", name="Alder Wood Practice", hscp=world.strath)
    recode_practice(before=new, after=newest, on=world.today, reason="Again", by=world.priya)
    text = page(as_person, world.callum, newest.code)
    assert "this was" in text
    assert "91000 Alder Health Centre was" in text
    assert [practice.code for practice in lineage_of(newest).same] == ["92000", "91000", "90000"]
    assert "91000 Alder Health Centre: Goes on since" in page(as_person, world.callum, world.alder.code)


def test_what_was_split_off_and_came_back_is_told_once(world, on):
    part = Practice.objects.create(code="91000", name="Alder East", hscp=world.strath)
    split_practice(before=world.alder, into=[part], on=on, reason="Large", closes=False, by=world.priya)
    merge_practices(gone=[part], into=world.alder, on=world.today, reason="Back", by=world.priya)
    lineage = lineage_of(world.alder)
    assert [link.kind for link in lineage.origins] == ["MERGED", "SPLIT"]
    assert len(lineage.successions) == 2


def test_many_predecessors_take_no_more_queries_than_one(world, as_person, on):
    callum = as_person(world.callum)
    merge_practices(gone=[world.ash], into=world.beech, on=on, reason="Merged", by=world.priya)

    def queries():
        with CaptureQueriesContext(connection) as seen:
            assert callum.get(f"/practices/{world.beech.code}/").status_code == 200
        return len(seen)

    queries()
    one = queries()
    gone = [Practice.objects.create(code=f"8{n:04}", name=f"Extra {n}", hscp=world.strath) for n in range(20)]
    merge_practices(gone=gone, into=world.beech, on=on, reason="Merged", by=world.priya)
    assert queries() == one
