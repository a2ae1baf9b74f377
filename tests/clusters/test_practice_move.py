"""/registry/practices/<code>/move/: asked, shown, confirmed."""

from datetime import timedelta

import pytest
from django.urls import reverse

from accounts.models import AuditEvent
from clusters.models import Membership
from clusters.selectors import membership_on


@pytest.fixture
def path(world):
    return reverse("clusters:practice_move", args=[world.alder.code])


def data(world, **changes):
    return {"to": "larch", "starts_on": str(world.today), "reason": "Nearer to the others", **changes}


def seen(world, where="rowan"):
    return f"{world.alder.code}:{where}"


def test_the_form_says_where_the_practice_is(world, as_person, path):
    page = as_person(world.priya).get(path).content.decode()
    assert "In Rowan since" in page
    assert '<option value="larch">Larch</option>' in page


def test_first_the_effect_is_shown_and_nothing_changes(world, as_person, path):
    page = as_person(world.priya).post(path, data(world))
    assert page.status_code == 200
    text = page.content.decode()
    assert "What would change" in text
    assert "30,000" in text
    assert f'name="seen" value="{world.alder.code}:rowan"' in text
    assert Membership.objects.filter(practice=world.alder).count() == 1
    assert not AuditEvent.objects.exists()


def test_confirmed_it_moves_and_says_so(world, as_person, path):
    priya = as_person(world.priya)
    sent = priya.post(path, data(world, seen=seen(world), confirmed="yes"))
    assert sent.status_code == 302
    assert sent.url == f"/practices/{world.alder.code}/"
    row = membership_on(world.alder, on=world.today)
    assert (row.cluster, row.reason) == (world.larch, "Nearer to the others")
    assert set(AuditEvent.objects.values_list("verb", "by")) == {
        ("membership ended", world.priya.pk),
        ("practice moved", world.priya.pk),
    }


def test_to_no_cluster(world, as_person, path):
    as_person(world.priya).post(path, data(world, to="none", seen=seen(world), confirmed="yes"))
    assert membership_on(world.alder, on=world.today) is None


def test_a_second_identical_confirmation_changes_nothing_more(world, as_person, path):
    priya = as_person(world.priya)
    for _ in range(2):
        sent = priya.post(path, data(world, seen=seen(world), confirmed="yes"))
    assert "Larch on" in sent.content.decode()
    assert Membership.objects.filter(practice=world.alder).count() == 2


def test_changing_something_shows_the_form_as_it_was(world, as_person, path):
    page = as_person(world.priya).post(path, data(world, change="yes")).content.decode()
    assert 'value="Nearer to the others"' in page
    assert "There is a problem" not in page


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"to": ""}, "Choose a cluster"),
        ({"to": "nowhere"}, "Choose a cluster from the list."),
        ({"to": "rowan"}, "is in Rowan on"),
        ({"starts_on": "soon"}, "Type the day as in 12/11/2026."),
        ({"starts_on": "0001-01-01"}, "Larch began on"),
        ({"starts_on": "9999-12-31"}, "within the next two years"),
        ({"reason": ""}, "Say in a few words why it moves."),
        ({"reason": "About patient 0101010007"}, "number"),
    ],
)
def test_what_is_wrong_is_said_beside_the_field_and_typed_words_stay(world, as_person, path, changes, words):
    page = as_person(world.priya).post(path, data(world, **changes))
    text = page.content.decode()
    assert page.status_code == 200
    assert "<title>Error: " in text
    assert words in text
    assert f'value="{data(world, **changes)["reason"]}"' in text or not data(world, **changes)["reason"]
    assert Membership.objects.filter(practice=world.alder).count() == 1


def test_overlap_is_said_beside_the_day(world, as_person, path):
    later = world.today + timedelta(days=20)
    priya = as_person(world.priya)
    priya.post(path, data(world, starts_on=str(later), seen=seen(world), confirmed="yes"))
    page = priya.post(path, data(world, to="birch"))
    assert "two clusters at once" in str(page.context["form"].errors["starts_on"])
    assert "Joins Larch on" in page.content.decode()


def test_it_is_refused_when_somebody_was_quicker(world, as_person, path):
    priya = as_person(world.priya)
    priya.post(path, data(world, seen=seen(world), confirmed="yes"))
    page = priya.post(path, data(world, to="birch", seen=seen(world), confirmed="yes"))
    assert "was moved meanwhile" in page.content.decode()
    assert membership_on(world.alder, on=world.today).cluster == world.larch


def test_only_the_registry_moves(world, as_person, path):
    assert as_person(world.nell).get(path).status_code == 404
    assert as_person(world.callum).post(path, data(world, confirmed="yes")).status_code == 404
    assert as_person(world.olive).post(path, data(world, confirmed="yes")).status_code == 403
    assert Membership.objects.filter(practice=world.alder).count() == 1


def test_a_practice_that_is_not_there(world, as_person):
    assert as_person(world.priya).get(reverse("clusters:practice_move", args=["12345"])).status_code == 404


def test_a_planned_move_is_named_and_can_be_withdrawn(world, as_person, path):
    priya, day = as_person(world.priya), world.today + timedelta(days=20)
    priya.post(path, data(world, starts_on=str(day), seen=seen(world), confirmed="yes"))
    page = priya.get(path).content.decode()
    assert "Joins Larch on" in page
    withdraw = reverse("clusters:practice_move_withdraw", args=[world.alder.code])
    assert f'action="{withdraw}"' in page
    assert "is withdrawn" in priya.post(withdraw, {"starts_on": str(day)}, follow=True).content.decode()
    assert membership_on(world.alder, on=day).cluster == world.rowan
    again = priya.post(withdraw, {"starts_on": str(day)}, follow=True).content.decode()
    assert "No move of Alder Medical Practice is planned" in again
    assert priya.post(withdraw, {"starts_on": "x"}).status_code == 302


def test_only_the_registry_withdraws_a_move(world, as_person):
    withdraw = reverse("clusters:practice_move_withdraw", args=[world.alder.code])
    assert as_person(world.nell).post(withdraw, {}).status_code == 404
    assert as_person(world.olive).post(withdraw, {}).status_code == 403
