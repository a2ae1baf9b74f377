"""One escalation: the page, its forms, and what each reader is offered."""

import re
import sys
from datetime import timedelta
from html import unescape

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from clusters.models import RoleAssignment
from escalations.models import Escalation
from escalations.services import add_viewer
from office.models import Draft
from office.services import keep_draft
from tests.escalations.story import ask_information, confidential, give_information, raised, refer_up, resolve


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
    told = send(heather, esc, move="resolve", reasons="Funded.", seen=mark)
    assert told.status_code == 409
    page = told.content.decode()
    assert "You cannot see it any more" in page
    assert "Funded." in page
    # Nothing of what happened since: not where it is, not what was said.
    for gone in (esc.title, "From another window.", "Board clinical governance committee"):
        assert gone not in page
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
    assert "Say why" in told
    send(asha, esc, move="withdraw", reasons="Sorted.", seen=seen(asha, esc))
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


def queries_of(client, esc):
    with CaptureQueriesContext(connection) as taken:
        client.get(f"/escalations/{esc.reference}/")
    return len(taken)


def test_the_page_takes_no_more_queries_with_many_steps(world, as_person):
    esc = raised(world)
    client = as_person(world.callum)
    client.get("/")
    few = queries_of(client, esc)
    ask_information(escalation=esc, by=world.callum, reasons="More?")
    for _ in range(5):
        give_information(escalation=esc, by=world.asha, reasons="Yes.")
        ask_information(escalation=esc, by=world.callum, reasons="More?")
    assert queries_of(client, esc) == few


def test_pressed_twice_it_is_a_success_twice_though_it_is_out_of_sight_then(world, as_person):
    esc, callum = raised(world), as_person(world.callum)
    form = {"move": "refer_up", "reasons": "It needs money.", "seen": seen(callum, esc)}
    for _ in range(2):
        told = send(callum, esc, **form)
        assert told.redirect_chain == [("/escalations/", 302)]
        assert f"{esc.reference}: passed up" in told.content.decode()
    assert esc.steps.count() == 2


def test_pressed_twice_over_rungs_that_nobody_holds(world, as_person):
    esc = raised(world, about=world.heather, skip_cluster=True)
    refer_up(escalation=esc, by=world.rhona, reasons="Up.")
    rhona = as_person(world.rhona)
    form = {"move": "refer_up", "reasons": "Up again.", "seen": seen(rhona, esc)}
    for _ in range(2):
        told = send(rhona, esc, **form)
        assert told.status_code == 200
        assert "passed up" in told.content.decode()
    assert [s.kind for s in esc.steps.all()] == ["RAISED", "UP", "UP", "MOVED"]


def test_from_an_old_page_nothing_moves_and_the_words_stay(world, as_person, monkeypatch):
    esc, callum = raised(world), as_person(world.callum)
    mark = seen(callum, esc)
    monkeypatch.setattr(sys.modules["escalations.views.escalation"], "SEEN_FOR", timedelta(seconds=-1))
    for stale in (mark, "", "nonsense"):
        told = send(callum, esc, move="resolve", reasons="We share.", seen=stale).content.decode()
        assert "more than a day old" in told
        assert "We share." in told
    assert esc.steps.count() == 1


def test_a_reader_who_was_let_in_makes_no_move(world, as_person):
    esc = raised(world)
    add_viewer(escalation=esc, by=world.asha, person=world.lewis)
    lewis = as_person(world.lewis)
    for move in ("resolve", "acknowledge", "withdraw"):
        form = {"move": move, "reasons": "Mine.", "seen": seen(lewis, esc)}
        assert lewis.post(f"/escalations/{esc.reference}/", form).status_code == 403
    assert esc.steps.count() == 1


@pytest.mark.parametrize("move", ["resolve", "withdraw"])
def test_kept_words_are_taken_up_where_they_were_typed(world, as_person, move):
    esc = raised(world)
    person = world.asha if move == "withdraw" else world.callum
    key = f"escalations:step:{esc.reference}"
    keep_draft(owner=person, key=key, fields={"move": move, "reasons": "Half a thought"})
    client = as_person(person)
    told = page(client, esc)
    assert "We kept what you typed" in told
    assert "Half a thought</textarea>" in told
    assert "There is a problem" not in told
    assert ('<details class="portal-aside" open>' in told) is (move == "withdraw")
    send(client, esc, move=move, reasons="A whole thought.", seen=seen(client, esc))
    assert not Draft.objects.exists()


def test_a_doubtful_number_can_be_answered_when_withdrawing(world, as_person):
    esc, asha = raised(world), as_person(world.asha)
    form = {"move": "withdraw", "reasons": "Saw 0101010132 today", "seen": seen(asha, esc)}
    told = send(asha, esc, **form).content.decode()
    withdrawing = told[told.index("<details") :]
    assert "none of these is a patient number" in withdrawing
    tick = re.search(r'name="not_patient_number" value="([^"]+)"', withdrawing).group(1)
    send(asha, esc, **form, not_patient_number=tick)
    assert Escalation.objects.get().state == Escalation.State.WITHDRAWN


def test_when_the_named_lead_has_left_the_raiser_gives_it_to_the_other(world, as_person):
    esc, asha = confidential(world), as_person(world.asha)
    assert "Give it to the other lead" not in page(asha, esc)
    refused = send(asha, esc, move="hand_over", seen=seen(asha, esc)).content.decode()
    assert "It stays where it is" in refused
    RoleAssignment.objects.filter(person=world.heather).update(ends_on=world.today)
    told = page(asha, esc)
    assert "Heather Lind no longer answers" in told
    assert "Nobody can decide it until" in told
    send(asha, esc, move="hand_over", seen=seen(asha, esc))
    esc.refresh_from_db()
    assert (esc.named_lead, esc.state, esc.steps.last().kind) == (world.rhona, "OPEN", "HANDED")
    assert "Decline" in page(as_person(world.rhona), esc)


def test_without_another_lead_the_page_says_whom_to_ask(world, as_person):
    esc, asha = confidential(world), as_person(world.asha)
    RoleAssignment.objects.filter(person__in=[world.heather, world.rhona]).update(ends_on=world.today)
    told = send(asha, esc, move="hand_over", seen=seen(asha, esc)).content.decode()
    assert "has named no other lead" in told
    assert "Priya Nair" in told
