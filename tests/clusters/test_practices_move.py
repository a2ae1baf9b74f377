"""/registry/practices/move/: several practices, chosen from a cluster or from the registry's list."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from clusters.models import Cluster, Membership
from clusters.selectors import membership_on

MOVE = reverse("clusters:practices_move")


def data(world, *practices, **changes):
    chosen = practices or (world.alder, world.beech)
    return {
        "practices": [p.code for p in chosen],
        "to": "larch",
        "starts_on": str(world.today),
        "reason": "Nearer to the others",
        "approved_by": "Heather Lind",
        **changes,
    }


def seen(*practices, where="rowan"):
    return " ".join(f"{p.code}:{where}" for p in practices)


def cluster_of(world, practice):
    row = membership_on(practice, on=world.today)
    return row.cluster if row else None


def test_first_it_asks_from_where(world, as_person):
    page = as_person(world.priya).get(MOVE).content.decode()
    assert '<option value="rowan">' in page
    assert 'value="none"' in page


def test_then_it_offers_the_practices_of_that_cluster(world, as_person):
    page = as_person(world.priya).get(f"{MOVE}?cluster=rowan").content.decode()
    assert page.count('name="practices"') == 7
    assert "checked" not in page


def test_those_ticked_in_the_list_come_ticked(world, as_person):
    priya = as_person(world.priya)
    listed = priya.get(reverse("clusters:registry_practices")).content.decode()
    assert f'name="practice" value="{world.alder.code}"' in listed
    assert f'action="{MOVE}"' in listed
    page = priya.get(f"{MOVE}?practice={world.alder.code}&practice={world.gean.code}").content.decode()
    assert page.count('name="practices"') == page.count(" checked") == 2


def test_an_administrator_of_a_part_is_offered_that_part(world, as_person):
    isla = as_person(world.isla)
    assert "No practice that you may move" in isla.get(f"{MOVE}?practice={world.gean.code}").content.decode()
    listed = isla.get(reverse("clusters:registry_practices")).content.decode()
    assert f'value="{world.gean.code}"' not in listed
    sent = isla.post(MOVE, data(world, world.gean, seen=seen(world.gean, where="birch"), confirmed="yes"))
    assert sent.status_code == 200
    assert cluster_of(world, world.gean) == world.birch


def test_who_only_looks_is_offered_no_ticks(world, as_person):
    listed = as_person(world.olive).get(reverse("clusters:registry_practices")).content.decode()
    assert 'name="practice"' not in listed
    assert "Move the ticked" not in listed


def test_the_preview_shows_sizes_and_who_sees_what_and_changes_nothing(world, as_person):
    page = as_person(world.priya).post(f"{MOVE}?cluster=rowan", data(world))
    text = page.content.decode()
    assert "7, then 5" in text
    assert "35,000, then 25,000" in text
    assert "3, then 5" in text
    lost = {(str(s.person), s.role) for s in page.context["effect"].sight}
    assert ("Asha Rahman", "Practice Quality Lead") in lost
    assert ("Tom Kerr", "Practice Quality Lead") in lost
    assert "no longer reads Rowan through this role" in text
    assert "Approved by: Heather Lind" in text
    assert f'name="seen" value="{seen(world.alder, world.beech)}"' in text
    assert Membership.objects.count() == 12


def test_people_above_gain_and_lose_where_it_crosses(world, as_person):
    """Birch lies in another HSCP: Strath's lead comes to read it while a practice of Strath is in it."""
    page = as_person(world.priya).post(f"{MOVE}?cluster=rowan", data(world, to="birch"))
    gained = {str(s.person): s for s in page.context["effect"].sight}
    assert [str(c) for c in gained["Heather Lind"].gains] == ["Birch"]
    assert gained["Heather Lind"].loses == ()
    assert [str(c) for c in gained["Rhona Fyfe"].gains] == ["Birch"]
    assert "Bruce Tait" not in gained  # his board has both


def test_confirmed_they_all_move(world, as_person):
    sent = as_person(world.priya).post(MOVE, data(world, seen=seen(world.alder, world.beech), confirmed="yes"))
    assert sent.url == "/clusters/larch/"
    assert cluster_of(world, world.alder) == cluster_of(world, world.beech) == world.larch
    assert membership_on(world.alder, on=world.today).approved_by == "Heather Lind"


def test_pressed_twice_it_happens_once(world, as_person):
    priya = as_person(world.priya)
    for _ in range(2):
        sent = priya.post(MOVE, data(world, seen=seen(world.alder, world.beech), confirmed="yes"))
    assert "Larch on" in sent.content.decode()
    assert Membership.objects.count() == 14


def test_when_one_was_moved_meanwhile_none_moves(world, as_person):
    priya = as_person(world.priya)
    Membership.objects.filter(practice=world.beech).update(cluster=world.birch)
    page = priya.post(MOVE, data(world, seen=seen(world.alder, world.beech), confirmed="yes"))
    assert "was moved meanwhile" in page.content.decode()
    assert cluster_of(world, world.alder) == world.rowan


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"practices": []}, "Tick the practices"),
        ({"practices": ["xx"]}, "no longer here"),
        ({"to": "rowan"}, "is in Rowan on"),
        ({"starts_on": "9999-12-31"}, "within the next two years"),
        ({"reason": ""}, "Say in a few words why it moves."),
    ],
)
def test_what_is_wrong_is_said_and_typed_words_stay(world, as_person, changes, words):
    page = as_person(world.priya).post(f"{MOVE}?cluster=rowan", data(world, **changes))
    text = page.content.decode()
    assert "<title>Error: " in text
    assert words in text
    assert 'value="Heather Lind"' in text


def test_for_another_locality_the_preview_asks_why_and_keeps_the_answer(world, as_person):
    Cluster.objects.filter(pk=world.larch.pk).update(locality=world.west)
    priya, sent = as_person(world.priya), data(world, seen=seen(world.alder, world.beech), confirmed="yes")
    page = priya.post(f"{MOVE}?cluster=rowan", data(world)).content.decode()
    assert "Alder Medical Practice lies in East Strath, Larch in West Strath" in page
    assert '<input type="text" name="locality_reason"' in page
    page = priya.post(f"{MOVE}?cluster=rowan", sent)
    assert "<title>Error: " in page.content.decode()
    assert "What would change" in page.content.decode()
    assert cluster_of(world, world.alder) == world.rowan
    assert priya.post(f"{MOVE}?cluster=rowan", {**sent, "locality_reason": "One building"}).status_code == 302
    assert membership_on(world.alder, on=world.today).locality_reason == "One building"


def test_a_single_move_is_asked_the_same(world, as_person):
    Cluster.objects.filter(pk=world.larch.pk).update(locality=world.west)
    priya, path = as_person(world.priya), reverse("clusters:practice_move", args=[world.alder.code])
    sent = {**data(world), "seen": seen(world.alder), "confirmed": "yes"}
    assert "Say why it belongs there" in priya.post(path, sent).content.decode()
    assert priya.post(path, {**sent, "locality_reason": "One building"}).status_code == 302


def test_nell_is_turned_away(world, as_person):
    assert as_person(world.nell).get(MOVE).status_code == 404
    assert as_person(world.nell).post(MOVE, data(world, confirmed="yes")).status_code == 404


def test_the_preview_costs_the_same_for_two_and_for_seven(world, as_person):
    """Each practice is checked on its own; everything that is shown of them comes together."""
    priya = as_person(world.priya)
    everyone = (world.alder, world.ash, world.beech, world.elm, world.hazel, world.holly, world.willow)
    counts = []
    for chosen in ((world.alder,), (world.alder, world.beech), everyone):
        with CaptureQueriesContext(connection) as spent:
            priya.post(f"{MOVE}?cluster=rowan", data(world, *chosen))
        counts.append(len(spent))
    assert counts[2] - counts[1] == 5 * (counts[1] - counts[0])
    assert counts[1] - counts[0] <= 3
