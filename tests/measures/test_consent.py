"""Each practice says how its figures are shown."""

from datetime import date, timedelta

from measures.models import Consent
from measures.services import say_consent
from tests.measures.practices import consent


def path_to(world, practice=None):
    return f"/practices/{(practice or world.alder).code}/sharing/rowan/"


def test_it_is_said_and_changed_and_both_stay_on_file(world, as_person):
    client = as_person(world.pam)
    assert "Nothing yet." in client.get(path_to(world)).content.decode()
    assert client.post(path_to(world), {"inside": "NAMED", "above": "AGGR"}).status_code == 302
    assert client.post(path_to(world), {"inside": "NAMED", "above": "AGGR"}).status_code == 302
    said = Consent.objects.get()
    assert (said.practice, said.cluster, said.starts_on, said.given_by) == (
        world.alder,
        world.rowan,
        world.today,
        world.pam,
    )
    client.post(path_to(world), {"inside": "NONE", "above": "NONE"})
    before, now = Consent.objects.order_by("pk")
    assert (before.ends_on, now.inside, now.ends_on) == (world.today, "NONE", None)
    page = client.get(path_to(world)).content.decode()
    assert page.count("<td>Pam Doig</td>") == 2


def test_above_is_never_wider_than_inside(world, as_person):
    page = as_person(world.asha).post(path_to(world), {"inside": "AGGR", "above": "NAMED"}).content.decode()
    assert "Those above the cluster can’t see more than the cluster itself." in page
    assert not Consent.objects.exists()


def test_a_choice_taken_back_ends_the_day_of_the_next(world):
    consent(world, world.alder, inside="NAMED", on=date(2026, 1, 1))
    later = world.today - timedelta(days=5)
    say_consent(by=world.pam, practice=world.alder, cluster=world.rowan, inside="AGGR", above="AGGR", on=later)
    assert Consent.objects.get(inside="NAMED").ends_on == later


def test_nobody_says_it_for_a_practice(world, as_person):
    assert as_person(world.callum).get(path_to(world)).status_code == 403
    assert as_person(world.tom).get(path_to(world)).status_code == 403
    assert as_person(world.nell).get(path_to(world)).status_code == 404
    assert as_person(world.pam).get(f"/practices/{world.alder.code}/sharing/birch/").status_code == 404
