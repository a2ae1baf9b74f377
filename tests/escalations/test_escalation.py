"""One escalation: the page, its forms, and what each reader is offered."""

import re
from html import unescape

import pytest

from escalations.models import Escalation
from escalations.services import add_viewer, ask_information, give_information, refer_up, resolve
from tests.escalations.story import confidential, raised


def page(client, esc):
    return unescape(client.get(f"/escalations/{esc.reference}/").content.decode())


def seen(client, esc):
    found = re.search(r'name="seen" value="([^"]+)"', client.get(f"/escalations/{esc.reference}/").content.decode())
    return found.group(1) if found else ""


def send(client, esc, **form):
    return client.post(f"/escalations/{esc.reference}/", form, follow=True)


def test_the_story_by_its_pages(world, as_person):
    esc = raised(world)
    callum, heather, asha = as_person(world.callum), as_person(world.heather), as_person(world.asha)
    assert "Acknowledge: we have it" in page(callum, esc)
    send(callum, esc, move="acknowledge", seen=seen(callum, esc))
    told = page(callum, esc)
    assert "Settle it here, by agreement" in told
    assert "Pass it up to East Strath quality group" in told
    assert "Decline" not in told
    send(callum, esc, move="refer_up", reasons="It needs money.", seen=seen(callum, esc))
    assert callum.get(f"/escalations/{esc.reference}/").status_code == 404
    send(heather, esc, move="resolve", reasons="Two sessions are funded.", seen=seen(heather, esc))
    told = page(asha, esc)
    assert "Two sessions are funded." in told
    assert "It needs money." in told
    assert "I disagree: ask East Strath management team for a review" in told
    send(asha, esc, move="accept_answer", seen=seen(asha, esc))
    assert Escalation.objects.get().state == "CLOSED"
    assert "Your turn" not in page(asha, esc)


def test_the_page_says_where_it_is_who_sees_it_and_what_was_asked(world, as_person):
    esc = refer_up(escalation=raised(world, tried="Shared the list."), by=world.callum, reasons="Up.")
    add_viewer(escalation=esc, by=world.asha, person=world.lewis)
    told = page(as_person(world.lewis), esc)
    for words in ("◆ Very high risk (4 × 5)", "East Strath quality group: decide by", "Asha Rahman (raised it)"):
        assert words in told
    for name in ("Rhona Fyfe", "Duncan Shaw", "Heather Lind", "Lewis Orr"):
        assert name in told
    assert "Shared the list." in told
    assert 'aria-current="step"' in told
    assert '<h2 id="decide">' not in told
    assert "Add or remove people" not in told


def test_late_is_said_in_words(world, as_person):
    assert "▲ late by" in page(as_person(world.callum), raised(world, days_ago=60))


def test_reasons_are_asked_for_beside_the_field_and_nothing_moves(world, as_person):
    esc = raised(world)
    client = as_person(world.callum)
    told = send(client, esc, move="refer_up", reasons="", seen=seen(client, esc)).content.decode()
    assert "Error: ESC-" in told
    assert "Give your reasons" in told
    assert Escalation.objects.get().forum == world.rowan.forum


@pytest.mark.parametrize("move", ["", "delete", "__class__", "decline"])
def test_a_move_that_is_not_offered_is_refused_with_a_sentence(world, as_person, move):
    esc = raised(world)
    told = send(as_person(world.callum), esc, move=move, reasons="Because of this.").content.decode()
    assert "There is a problem" in told
    assert "Because of this." in told
    assert Escalation.objects.get().state == "OPEN"


def test_of_two_holders_the_second_is_told_who_was_first(world, as_person):
    esc = raised(world, skip_cluster=True)
    rhona, duncan = as_person(world.rhona), as_person(world.duncan)
    mark = seen(duncan, esc)
    send(rhona, esc, move="resolve", reasons="Funded.", seen=seen(rhona, esc))
    told = send(duncan, esc, move="decline", reasons="My careful words.", seen=mark).content.decode()
    assert "Rhona Fyfe was here first" in told
    assert "My careful words." in told
    assert Escalation.objects.get().state == "RESOLVED"


def test_who_lost_sight_of_it_while_typing_is_told_too(world, as_person):
    esc = raised(world, skip_cluster=True)
    for by in (world.rhona, world.rhona):
        refer_up(escalation=esc, by=by, reasons="Up.")
    heather = as_person(world.heather)
    mark = seen(heather, esc)
    refer_up(escalation=esc, by=world.heather, reasons="From another window.")
    told = send(heather, esc, move="resolve", reasons="Funded.", seen=mark).content.decode()
    assert "was here first" in told
    assert "You cannot see it any more" in told
    # The mark is the reader's own: it opens nothing for anybody else.
    assert (
        as_person(world.nell).post(f"/escalations/{esc.reference}/", {"move": "resolve", "seen": mark}).status_code
        == 404
    )


def test_information_is_asked_for_and_given(world, as_person):
    esc = ask_information(escalation=raised(world), by=world.callum, reasons="How many wait?")
    asha = as_person(world.asha)
    assert "Give the information" in page(asha, esc)
    assert "The clock stands" in page(asha, esc)
    send(asha, esc, move="give_information", reasons="About forty.", seen=seen(asha, esc))
    assert "About forty." in page(as_person(world.callum), esc)


def test_the_raiser_withdraws(world, as_person):
    esc = raised(world)
    asha = as_person(world.asha)
    told = send(asha, esc, move="withdraw", reasons="").content.decode()
    assert "Error: ESC-" in told
    assert '<details class="portal-aside" open>' in told
    send(asha, esc, move="withdraw", reasons="Sorted.")
    assert Escalation.objects.get().state == "WITHDRAWN"[:8]


def test_a_patient_number_in_reasons_never_arrives(world, as_person):
    esc = raised(world)
    told = send(as_person(world.callum), esc, move="resolve", reasons="CHI 010203 0004").content.decode()
    assert "CHI number" in told
    assert esc.steps.count() == 1


def test_a_confidential_page_names_the_lead_only(world, as_person):
    esc = confidential(world)
    told = page(as_person(world.heather), esc)
    assert "With Heather Lind, in confidence" in told
    assert "Decline" in told
    assert "Pass it up" not in told
    assert "Callum" not in told


@pytest.mark.parametrize("name", ["nell", "tom", "olive", "priya", "iona", "una", "morag", "bruce"])
def test_strangers_find_nothing(world, as_person, name):
    esc = resolve(escalation=raised(world), by=world.callum, reasons="Agreed.")
    client = as_person(getattr(world, name))
    assert client.get(f"/escalations/{esc.reference}/").status_code == 404
    assert client.post(f"/escalations/{esc.reference}/", {"move": "accept_answer"}).status_code == 404
    assert client.get("/escalations/ESC-1999-0001/").status_code == 404


def test_the_page_takes_no_more_queries_with_many_steps(world, as_person, django_assert_max_num_queries):
    esc = raised(world)
    for _ in range(5):
        ask_information(escalation=esc, by=world.callum, reasons="More?")
        give_information(escalation=esc, by=world.asha, reasons="Yes.")
    client = as_person(world.callum)
    with django_assert_max_num_queries(25):
        client.get(f"/escalations/{esc.reference}/")
