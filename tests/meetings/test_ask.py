"""Ask the HSCP, and its reply."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from accounts.models import AuditEvent
from meetings.models import Ask
from meetings.selectors import days_waited
from meetings.services import SettledMeanwhile, ask_hscp, reply_to_ask, withdraw_ask
from office.models import Draft
from office.services import keep_draft
from tests.meetings.minutes import an_ask, logged


def body(response) -> str:
    return response.content.decode()


def test_ask_and_answer(world, as_person):
    path = f"/clusters/{world.rowan.forum.slug}/asks/new/"
    fields = {
        "question": "Who pays for the texts?",
        "to": world.heather.pk,
        "reply_by": str(world.today + timedelta(days=14)),
        "nonce": str(uuid4()),
    }
    client = as_person(world.asha)
    first, second = client.post(path, fields), client.post(path, fields)
    ask = Ask.objects.get()
    assert first["Location"] == second["Location"] == f"/asks/{ask.pk}/"
    assert (ask.asked_by, ask.to, ask.state) == (world.asha, world.heather, "WAITING")
    page = body(as_person(world.heather).get(f"/asks/{ask.pk}/"))
    assert "Who pays for the texts?" in page
    assert "Make it an escalation" not in page
    answer = as_person(world.heather).post(f"/asks/{ask.pk}/", {"reply": "We do."}, follow=True)
    assert "Your reply is with Asha Rahman" in body(answer)
    ask.refresh_from_db()
    assert (ask.state, ask.reply, ask.replied_by) == ("ANSWER", "We do.", world.heather)
    assert "We do." in body(client.get(f"/asks/{ask.pk}/"))
    assert "We do." in body(as_person(world.tom).get(f"/asks/{ask.pk}/"))
    assert "We do." not in str(AuditEvent.objects.values_list("changes", flat=True))
    assert "Replies to your questions" in body(client.get("/actions/"))


def test_only_who_asked_makes_it_an_escalation(world, as_person):
    ask = an_ask(world)
    link = f"/clusters/{world.rowan.forum.slug}/escalations/new/?ask={ask.pk}"
    assert link in body(as_person(world.callum).get(f"/asks/{ask.pk}/"))
    assert link not in body(as_person(world.asha).get(f"/asks/{ask.pk}/"))


def test_an_empty_reply_is_asked_for(world, as_person):
    ask = an_ask(world)
    assert "Write your reply." in body(as_person(world.heather).post(f"/asks/{ask.pk}/", {"reply": ""}))
    ask.refresh_from_db()
    assert ask.state == "WAITING"


def test_answered_by_a_colleague_first(world, as_person):
    ask = an_ask(world)
    reply_to_ask(by=world.rhona, ask=ask, reply="From Rhona", at=timezone.now())
    answer = as_person(world.heather).post(f"/asks/{ask.pk}/", {"reply": "From Heather"})
    page = body(answer)
    assert answer.status_code == 409
    assert "From Rhona" in page
    assert "From Heather" in page
    ask.refresh_from_db()
    assert ask.reply == "From Rhona"


def test_take_it_back(world, as_person):
    ask = an_ask(world)
    assert as_person(world.asha).post(f"/asks/{ask.pk}/withdraw/").status_code == 403
    assert as_person(world.nell).post(f"/asks/{ask.pk}/withdraw/").status_code == 404
    page = body(as_person(world.callum).post(f"/asks/{ask.pk}/withdraw/", follow=True))
    assert "You took the question back." in page
    with pytest.raises(SettledMeanwhile):
        reply_to_ask(by=world.heather, ask=ask, reply="Too late", at=timezone.now())
    with pytest.raises(SettledMeanwhile):
        withdraw_ask(by=world.callum, ask=ask, at=timezone.now())
    assert "already settled" in body(as_person(world.callum).post(f"/asks/{ask.pk}/withdraw/", follow=True))


def test_whoever_has_left_sees_no_question_of_theirs(world, as_person):
    sent, received = an_ask(world, question="Fergus asked"), an_ask(world, question="Fergus is asked")
    Ask.objects.filter(pk=sent.pk).update(asked_by=world.fergus)
    Ask.objects.filter(pk=received.pk).update(to=world.fergus)
    client, now = as_person(world.fergus), timezone.now()
    for ask in (sent, received):
        assert client.get(f"/asks/{ask.pk}/").status_code == 404
        assert client.post(f"/asks/{ask.pk}/", {"reply": "Yes"}).status_code == 403
        assert client.post(f"/asks/{ask.pk}/withdraw/").status_code == 403
    assert "Fergus" not in body(client.get("/actions/")).split("<h1>")[1]
    with pytest.raises(PermissionDenied):
        reply_to_ask(by=world.fergus, ask=received, reply="Yes", at=now)
    with pytest.raises(PermissionDenied):
        withdraw_ask(by=world.fergus, ask=sent, at=now)
    assert withdraw_ask(by=world.fergus, ask=sent, at=now - timedelta(days=1)).state == "WITHDR"


def test_back_and_corrected_loses_neither(world, as_person):
    path = f"/clusters/{world.rowan.forum.slug}/asks/new/"
    fields = {
        "question": "Who pays?",
        "to": world.heather.pk,
        "reply_by": str(world.today + timedelta(days=14)),
        "nonce": str(uuid4()),
    }
    client = as_person(world.asha)
    first = client.post(path, fields)
    second = client.post(path, {**fields, "question": "Who pays for the texts?"})
    assert first["Location"] != second["Location"]
    assert sorted(Ask.objects.values_list("question", flat=True)) == ["Who pays for the texts?", "Who pays?"]


def test_what_was_typed_comes_back(world, as_person):
    ask = an_ask(world)
    keep_draft(owner=world.heather, key=f"meetings:ask:{ask.pk}", fields={"reply": "We will pay f"})
    client = as_person(world.heather)
    page = body(client.get(f"/asks/{ask.pk}/"))
    assert "We kept what you typed" in page
    assert "We will pay f" in page
    assert 'name="keep"' in page
    client.post(f"/asks/{ask.pk}/", {"reply": "We will pay for them."})
    assert Draft.objects.count() == 0
    fields = {"question": "Who pays f", "nonce": str(uuid4())}
    keep_draft(owner=world.asha, key=f"meetings:ask_new:{world.rowan.forum.pk}", fields=fields)
    page = body(as_person(world.asha).get(f"/clusters/{world.rowan.forum.slug}/asks/new/"))
    assert 'value="Who pays f"' in page
    assert 'name="keep"' in page


def test_only_those_who_answer_are_asked_and_answer(world):
    for stranger in (world.nell, world.lewis, world.asha):
        with pytest.raises(ValidationError):
            an_ask(world, to=stranger)
    with pytest.raises(PermissionDenied):
        an_ask(world, by=world.morag)
    ask = an_ask(world)
    for stranger in (world.callum, world.asha, world.lewis, world.nell):
        with pytest.raises(PermissionDenied):
            reply_to_ask(by=stranger, ask=ask, reply="No", at=timezone.now())


def test_the_form_offers_those_who_answer(world, as_person):
    page = body(as_person(world.callum).get(f"/clusters/{world.rowan.forum.slug}/asks/new/"))
    assert "Heather Lind, HSCP lead" in page
    assert "Rhona Fyfe, Locality manager" in page
    assert "Bruce Tait, Health board lead" in page
    assert "Lewis Orr" not in page
    assert "Nell Croft" not in page


def test_what_is_missing_is_said_beside_each_field(world, as_person):
    path = f"/clusters/{world.rowan.forum.slug}/asks/new/"
    page = body(as_person(world.callum).post(path, {"question": "Who pays?", "nonce": str(uuid4())}))
    assert "Choose who is asked." in page
    assert "Give the date by which you need the reply." in page
    assert 'value="Who pays?"' in page
    assert Ask.objects.count() == 0


def test_a_question_of_a_draft_is_not_out_yet(world, as_person):
    logged(world)
    ask = Ask.objects.get()
    assert as_person(world.heather).get(f"/asks/{ask.pk}/").status_code == 404
    assert as_person(world.nell).get(f"/asks/{ask.pk}/").status_code == 404


def test_days_waited_are_working_days(world):
    ask = ask_hscp(
        by=world.callum,
        forum=world.rowan.forum,
        question="Who?",
        to=world.heather,
        reply_by=world.today,
        at=timezone.now() - timedelta(days=14),
    )
    assert 8 <= days_waited(ask, on=world.today) <= 10


def test_the_board_reads_and_answers_only_what_it_is_asked(world, as_person):
    to_heather, to_bruce = an_ask(world), an_ask(world, question="Will the board pay?", to=world.bruce)
    client = as_person(world.bruce)
    assert client.get(f"/asks/{to_heather.pk}/").status_code == 404
    assert client.post(f"/asks/{to_heather.pk}/", {"reply": "Yes"}).status_code == 404
    with pytest.raises(PermissionDenied):
        reply_to_ask(by=world.bruce, ask=to_heather, reply="Yes", at=timezone.now())
    assert f"/asks/{to_heather.pk}/" not in body(client.get("/tracker/"))
    assert f"/asks/{to_heather.pk}/" not in body(client.get(f"/clusters/{world.rowan.forum.slug}/"))
    assert client.get(f"/asks/{to_bruce.pk}/").status_code == 200
    assert f"/asks/{to_bruce.pk}/" in body(client.get(f"/clusters/{world.rowan.forum.slug}/"))
    assert client.post(f"/asks/{to_bruce.pk}/", {"reply": "We will."}).status_code == 302


def test_who_answers_in_anothers_place_is_named(world, as_person):
    own, other = an_ask(world), an_ask(world, question="And when?")
    reply_to_ask(by=world.heather, ask=own, reply="We do.", at=timezone.now())
    reply_to_ask(by=world.rhona, ask=other, reply="In December.", at=timezone.now())
    client = as_person(world.callum)
    assert "Answered by Heather Lind, " in body(client.get(f"/asks/{own.pk}/"))
    assert "Answered by Rhona Fyfe for Heather Lind" in body(client.get(f"/asks/{other.pk}/"))


def test_pages_say_who_reads_a_question(world, as_person):
    ask = an_ask(world)
    readers = "HSCP lead, clinical leads and locality managers who answer for it"
    assert readers in body(as_person(world.heather).get(f"/asks/{ask.pk}/"))
    page = body(as_person(world.callum).get(f"/clusters/{world.rowan.forum.slug}/asks/new/"))
    assert readers in page
    assert "(optional)" not in page  # all three are needed on sending
