"""What members agreed about working together: dated, kept, and shown at their meetings."""

from datetime import timedelta

from django.urls import reverse

from clusters.models import WaysOfWorking
from clusters.selectors.forums import ways_on

READ = reverse("clusters:cluster_ways", args=["rowan"])
CHANGE = reverse("clusters:cluster_ways_change", args=["rowan"])


def agree(client, day, text="We begin on time.", **more):
    return client.post(CHANGE, {"text": text, "agreed_on": str(day), **more})


def test_what_is_agreed_is_shown_and_what_held_before_is_kept(world, as_person):
    client = as_person(world.callum)
    assert agree(client, world.today - timedelta(days=90), "We begin on time.").status_code == 302
    assert agree(client, world.today, "Everybody speaks once.").status_code == 302
    text = as_person(world.asha).get(READ).content.decode()
    assert text.index("Everybody speaks once.") < text.index("We begin on time.")
    assert "Write down" not in text, "a quality lead of a practice reads"
    assert ways_on(world.rowan.forum, on=world.today - timedelta(days=1)).text == "We begin on time."


def test_the_same_again_is_one_row(world, as_person):
    for _ in range(2):
        agree(as_person(world.morag), world.today)
    assert WaysOfWorking.objects.count() == 1


def test_it_is_not_agreed_tomorrow_nor_before_what_holds(world, as_person):
    client = as_person(world.callum)
    page = agree(client, world.today + timedelta(days=1))
    assert "still to come" in str(page.context["form"].errors["agreed_on"])
    agree(client, world.today)
    page = agree(client, world.today - timedelta(days=9), "Older.")
    assert "Give that day or a later one" in str(page.context["form"].errors["agreed_on"])
    page = agree(client, world.today, "Newer.", review_on=str(world.today))
    assert "comes after the agreement" in str(page.context["form"].errors["review_on"])


def test_the_form_begins_with_what_holds(world, as_person):
    client = as_person(world.callum)
    agree(client, world.today, "We begin on time.")
    assert client.get(CHANGE).context["form"]["text"].value() == "We begin on time."


def test_an_overdue_review_is_said(world, as_person):
    client = as_person(world.callum)
    agree(client, world.today - timedelta(days=90), review_on=str(world.today - timedelta(days=1)))
    assert "▲ To be looked at again" in client.get(READ).content.decode()


def test_a_stranger_finds_nothing(world, as_person):
    assert as_person(world.nell).get(READ).status_code == 404
    assert as_person(world.heather).get(READ).status_code == 403, "members only"
