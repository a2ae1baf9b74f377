"""Minutes on their way: circulated for correction, agreed, published, and amended afterwards."""

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse
from django.utils import timezone

from accounts.models import AuditEvent
from meetings import rules
from meetings.models import Amendment, Ask, Correction, Hours, Meeting
from meetings.selectors import entry_of
from meetings.services import (
    EditedMeanwhile,
    add_amendment,
    agree_meeting,
    answer_correction,
    circulate_meeting,
    correct_item,
    correct_meeting,
    propose_correction,
    publish_meeting,
)
from meetings.services.corrections import AnsweredMeanwhile
from meetings.services.hours import note_attendance, remove_hours
from office.services import redact_words
from tests.meetings.minutes import entry, log_fields, logged, publish, published


def body(response):
    return response.content.decode()


def circulated(w, **changes) -> Meeting:
    meeting = logged(w, **changes)
    return circulate_meeting(
        by=w.callum, meeting=meeting, at=timezone.now(), version=meeting.version, until=w.today + timedelta(days=14)
    )


def correction(w, meeting, *, by=None, item=None, nonce=None) -> Correction:
    return propose_correction(
        by=by or w.asha, meeting=meeting, item=item, text="It was 71 %", nonce=nonce or uuid4(), at=timezone.now()
    )


def answered(w, proposed, state="TAKEN", answer="Thank you") -> Correction:
    return answer_correction(by=w.callum, correction=proposed, state=state, answer=answer, at=timezone.now())


def agreed(w) -> Meeting:
    meeting = circulated(w)
    return agree_meeting(by=w.callum, meeting=meeting, at=timezone.now(), version=meeting.version)


def test_circulated_minutes_are_for_the_members_and_nobody_above(world, as_person):
    meeting = circulated(world)
    path = reverse("meetings:meeting", args=[meeting.pk])
    assert "Diabetes recall" in body(as_person(world.asha).get(path))
    for above in (world.heather, world.rhona, world.bruce, world.nell):
        assert as_person(above).get(path).status_code == 404
    assert "6 of 7" in body(as_person(world.heather).get("/tracker/"))  # that it met is no secret


def test_its_questions_go_out_once_when_it_leaves_the_draft(world):
    meeting = circulated(world)
    asked_at = Ask.objects.get().asked_at
    assert list(Ask.objects.live()) == [Ask.objects.get()]
    agree_meeting(by=world.callum, meeting=meeting, at=timezone.now(), version=meeting.version)
    meeting.refresh_from_db()
    publish(world, meeting, at=timezone.now() + timedelta(days=3))
    assert Ask.objects.get().asked_at == asked_at


@pytest.mark.parametrize("state", Meeting.State.values)
@pytest.mark.parametrize("step", ["circulate", "agree", "publish"])
def test_each_step_follows_the_table_of_states(world, state, step):
    meeting = logged(world)
    stamps = {"cancelled_at": timezone.now(), "cancelled_by": world.callum} if state == "CANCEL" else {}
    Meeting.objects.filter(pk=meeting.pk).update(state=state, **stamps)
    target = {"circulate": "CIRC", "agree": "AGREED", "publish": "PUBL"}[step]
    common = {"by": world.callum, "meeting": meeting, "at": timezone.now(), "version": meeting.version}
    do = {
        "circulate": lambda: circulate_meeting(**common, until=world.today),
        "agree": lambda: agree_meeting(**common),
        "publish": lambda: publish_meeting(**common),
    }[step]
    meeting.refresh_from_db()
    allowed = rules.can_move(meeting, target) and (step, state) != ("agree", "DRAFT")
    if allowed or state == target:
        do()
    else:
        with pytest.raises(ValidationError):
            do()
    meeting.refresh_from_db()
    assert meeting.state == (target if allowed else state)


def test_a_step_from_an_old_page_is_refused(world):
    meeting = circulated(world)
    old = meeting.version
    item = meeting.items.first()
    correct_item(by=world.callum, item=item, version=old, at=timezone.now(), discussion="Up to 71 %")
    with pytest.raises(EditedMeanwhile):
        agree_meeting(by=world.callum, meeting=meeting, at=timezone.now(), version=old)
    meeting.refresh_from_db()
    assert meeting.state == "CIRC"


def test_the_last_day_for_corrections_is_not_in_the_past(world, as_person):
    meeting = logged(world)
    path = reverse("meetings:meeting_share", args=[meeting.pk])
    typed = {"do": "circulate", "share_level": "CLUSTER", "version": meeting.version}
    yesterday = {"until": str(world.today - timedelta(days=1))}
    assert "from today on" in body(as_person(world.callum).post(path, {**typed, **yesterday}))
    assert "until which corrections" in body(as_person(world.callum).post(path, {**typed, "until": ""}))
    answer = as_person(world.callum).post(path, {**typed, "until": str(world.today + timedelta(days=9))})
    assert answer.status_code == 302
    meeting.refresh_from_db()
    assert (meeting.state, meeting.corrections_until) == ("CIRC", world.today + timedelta(days=9))


def test_a_member_proposes_reads_the_answer_and_it_is_agreed(world, as_person):
    meeting = circulated(world)
    new, page = (reverse(f"meetings:{name}", args=[meeting.pk]) for name in ("correction_new", "meeting"))
    assert "For correction" in body(as_person(world.asha).get("/"))
    typed = {"text": "The rate was 71 %", "item": meeting.items.first().pk, "nonce": str(uuid4())}
    assert as_person(world.asha).post(new, typed).status_code == 302
    assert as_person(world.asha).post(new, typed).status_code == 302  # pressed twice
    proposed = Correction.objects.get()
    agree = reverse("meetings:meeting_agree", args=[meeting.pk])
    refused = body(as_person(world.callum).post(agree, {"version": meeting.version}))
    assert "1 correction waits for an answer first" in refused

    right = reverse("meetings:item_correct", args=[proposed.item_id])
    words = {"title": "Diabetes recall", "discussion": "Recall rate is 71 %", "version": meeting.version}
    answer = reverse("meetings:correction_answer", args=[proposed.pk])
    then = as_person(world.callum).post(right, words, follow=True)
    assert then.redirect_chain == [(answer, 302)]  # the next thing to do, and not to be looked for
    assert "is put right. Answer Asha Rahman now." in body(then)
    assert "Say why it stays" in body(as_person(world.callum).post(answer, {"state": "LEFT", "answer": ""}))
    assert as_person(world.callum).post(answer, {"state": "TAKEN", "answer": "It is 71 % now"}).status_code == 302

    read = body(as_person(world.asha).get(page))
    assert "Recall rate is 71 %" in read
    assert "It is 71 % now" in read
    meeting.refresh_from_db()
    assert as_person(world.callum).post(agree, {"version": meeting.version}).status_code == 302
    meeting.refresh_from_db()
    assert (meeting.state, meeting.agreed_by) == ("AGREED", world.callum)
    assert as_person(world.asha).get(new).status_code == 403


def test_words_that_nobody_asked_to_put_right_lead_back_to_the_minutes(world, as_person):
    meeting = circulated(world)
    first, other = meeting.items.all()[:2]
    correction(world, meeting, item=other)
    answered(world, correction(world, meeting, item=first))
    words = {"title": first.title, "discussion": "Put right", "version": meeting.version}
    done = as_person(world.callum).post(reverse("meetings:item_correct", args=[first.pk]), words)
    assert done.url == reverse("meetings:meeting", args=[meeting.pk])


def test_two_who_put_the_same_item_right_see_both_texts(world, as_person):
    meeting = circulated(world)
    item = meeting.items.first()
    path = reverse("meetings:item_correct", args=[item.pk])
    words = {"title": item.title, "version": meeting.version}
    assert as_person(world.morag).post(path, {**words, "discussion": "Morag’s line"}).status_code == 302
    late = as_person(world.callum).post(path, {**words, "discussion": "Callum’s line"})
    assert late.status_code == 409
    assert "Morag’s line" in body(late)
    assert "Callum’s line" in body(late)
    item.refresh_from_db()
    assert item.discussion == "Morag’s line"


def test_a_correction_is_answered_once(world):
    meeting = circulated(world)
    proposed = correction(world, meeting)
    answered(world, proposed)
    with pytest.raises(AnsweredMeanwhile):
        answered(world, proposed, "LEFT", "No")
    assert Correction.objects.get().answer == "Thank you"
    assert AuditEvent.objects.filter(verb="correction.answered").count() == 1


@pytest.mark.parametrize("name", ["heather", "nell", "priya", "fergus"])
def test_who_is_no_part_of_it_corrects_nothing(world, name):
    with pytest.raises(PermissionDenied):
        correction(world, circulated(world), by=getattr(world, name))


def test_an_item_of_another_meeting_is_refused(world):
    other = circulated(world, held_on=world.today - timedelta(days=30))
    with pytest.raises(ValidationError):
        correction(world, circulated(world), item=other.items.first())


def test_published_minutes_stay_and_take_dated_notes(world, as_person):
    meeting = published(world, share_level="HSCP")
    item, kept = meeting.items.all()
    before = list(meeting.items.values())
    path = reverse("meetings:amendment_new", args=[meeting.pk])
    for number, (about, text) in enumerate(((item, "Rate checked: 70 %"), (kept, "Secret note"), (None, "Whole note"))):
        typed = {"text": text, "item": about.pk if about else "", "nonce": str(uuid4()), "is_kept": ""}
        assert as_person(world.callum).post(path, typed).status_code == 302, number
    page = reverse("meetings:meeting", args=[meeting.pk])
    inside, above = body(as_person(world.asha).get(page)), body(as_person(world.heather).get(page))
    assert all(text in inside for text in ("Rate checked: 70 %", "Secret note", "Whole note"))
    assert "Rate checked: 70 %" in above
    assert "Whole note" in above
    assert "Secret note" not in above
    assert list(meeting.items.values()) == before


def test_a_note_to_an_item_that_is_kept_later_is_kept_with_it(world, as_person):
    meeting = published(world, share_level="HSCP")
    item = meeting.items.first()
    add_amendment(by=world.callum, meeting=meeting, item=item, text="Note", nonce=uuid4(), at=timezone.now())
    page = reverse("meetings:meeting", args=[meeting.pk])
    assert "Note added" in body(as_person(world.heather).get(page))
    item.is_kept_in_cluster = True
    item.save()
    assert "Note added" not in body(as_person(world.heather).get(page))


@pytest.mark.parametrize("make", [logged, circulated])
def test_notes_are_for_what_does_not_change(world, make):
    with pytest.raises(PermissionDenied):
        add_amendment(by=world.callum, meeting=make(world), text="Note", nonce=uuid4(), at=timezone.now())
    assert not Amendment.objects.exists()


def test_the_same_note_twice_is_one(world):
    meeting, nonce = agreed(world), uuid4()
    for _ in range(2):
        add_amendment(by=world.morag, meeting=meeting, text="Note", nonce=nonce, at=timezone.now())
    assert Amendment.objects.count() == 1
    assert AuditEvent.objects.filter(verb="meeting.amended").count() == 1


def test_who_was_there_is_put_right_and_their_hours_follow(world, as_person):
    meeting = circulated(world)
    path = reverse("meetings:meeting_correct", args=[meeting.pk])
    form = body(as_person(world.callum).get(path))
    assert "Put right who was there" in form
    assert 'value="Gordon Visitor"' in form
    assert Hours.objects.filter(person=world.asha, meeting=meeting).exists()
    typed = {k: v for k, v in log_fields(world).items() if k.startswith("practice-")}
    typed |= {f"practice-{world.alder.pk}-presence": "APOLOGY", "mode": "VIDEO", "version": meeting.version}
    typed |= {"guests": "1", "guest-0-name": "Ina Guest", "guest-0-is_from_hscp": "on"}
    saved = as_person(world.callum).post(path, typed, follow=True)
    assert "It is put right." in body(saved)
    meeting.refresh_from_db()
    assert (meeting.state, meeting.saved_by, meeting.held_on) == ("CIRC", world.callum, world.today)
    read = body(as_person(world.tom).get(reverse("meetings:meeting", args=[meeting.pk])))
    assert "Ina Guest</strong> guest for the HSCP" in read
    assert "Changed since, on" in read
    assert meeting.attendances.get(practice=world.alder).presence == "APOLOGY"
    assert meeting.attendances.get(practice=world.elm).presence == "PRESENT"
    assert not Hours.objects.filter(person=world.asha, meeting=meeting).exists()
    assert [i.title for i in meeting.items.all()] == ["Diabetes recall", "How a colleague copes"]
    assert AuditEvent.objects.get(verb="meeting.corrected").changes["practices"] == 7


def test_a_practice_that_is_left_out_and_a_page_of_before_are_refused(world, as_person):
    meeting = circulated(world)
    path = reverse("meetings:meeting_correct", args=[meeting.pk])
    typed = {k: v for k, v in log_fields(world).items() if k.startswith("practice-")}
    typed |= {"mode": "VIDEO", "version": str(meeting.version)}
    elm = f"practice-{world.elm.pk}-presence"
    assert "Say who came from Elm" in body(as_person(world.callum).post(path, {**typed, elm: ""}))
    more = body(as_person(world.callum).post(path, {**typed, "guests": "1", "do": "more_guests"}))
    assert 'name="guest-1-name"' in more
    assert as_person(world.morag).post(path, typed).status_code == 302
    late = as_person(world.callum).post(path, {**typed, elm: "ABSENT"})
    assert late.status_code == 409
    assert "Morag Bain changed the minutes meanwhile." in body(late)
    assert f'name="version" value="{meeting.version + 1}"' in body(late)
    assert meeting.attendances.get(practice=world.elm).presence == "PRESENT"
    again = {**typed, elm: "ABSENT", "version": str(meeting.version + 1)}
    assert as_person(world.callum).post(path, again).status_code == 302
    assert meeting.attendances.get(practice=world.elm).presence == "ABSENT"


def test_minutes_of_which_a_practice_would_be_missing_are_not_written(world):
    meeting = circulated(world)
    with pytest.raises(ValidationError, match="Say first who came"):
        correct_meeting(
            by=world.callum,
            meeting=meeting,
            entry=entry(world, attendances=()),
            version=meeting.version,
            at=timezone.now(),
        )
    assert meeting.attendances.filter(practice__isnull=False).count() == 7


def test_blacking_out_reaches_corrections_answers_and_notes(world, as_person):
    meeting = circulated(world)
    proposed = propose_correction(
        by=world.asha, meeting=meeting, text="Mrs Secret was not named", nonce=uuid4(), at=timezone.now()
    )
    answered(world, proposed, answer="Secret is gone")
    agreed_now = agree_meeting(by=world.callum, meeting=meeting, at=timezone.now(), version=meeting.version)
    add_amendment(by=world.callum, meeting=agreed_now, text="Secret again", nonce=uuid4(), at=timezone.now())
    found = redact_words(words="Secret", why="A name", ignore_case=False, by=world.iona)
    assert found >= 3
    page = body(as_person(world.asha).get(reverse("meetings:meeting", args=[meeting.pk])))
    assert "Secret" not in page
    assert page.count("█████") == 3
    assert not Correction.objects.filter(text__contains="Secret").exists()
    assert not Amendment.objects.filter(text__contains="Secret").exists()


def test_home_says_what_waits_for_whom(world, as_person):
    meeting = circulated(world, held_on=world.today - timedelta(days=3))
    assert "With the members" in body(as_person(world.callum).get("/"))
    proposed = correction(world, meeting)
    assert "1 correction proposed" in body(as_person(world.morag).get("/"))
    answered(world, proposed)
    Meeting.objects.update(corrections_until=world.today - timedelta(days=1))
    home = body(as_person(world.callum).get("/"))
    assert "To agree" in home
    assert reverse("meetings:meeting_agree", args=[meeting.pk]) in home
    assert "For correction" not in body(as_person(world.asha).get("/"))


def test_on_the_day_itself_circulated_minutes_are_not_taken_for_a_draft(world, as_person):
    meeting = circulated(world)
    home = body(as_person(world.callum).get("/"))
    assert reverse("meetings:meeting_edit", args=[meeting.pk]) not in home


def test_a_question_that_nobody_answered_in_time_does_not_keep_agreed_minutes_from_being_published(world):
    """It went out when they were circulated: there is no draft any more to give it another day in."""
    later = timezone.now() + timedelta(days=30)
    meeting = circulated(world)
    agreed = agree_meeting(by=world.callum, meeting=meeting, at=later, version=meeting.version)
    there = publish_meeting(by=world.callum, meeting=agreed, at=later, version=agreed.version)
    assert there.state == Meeting.State.PUBLISHED


def test_hours_that_somebody_took_back_do_not_return_with_a_correction(world):
    meeting = circulated(world)
    there = Hours.objects.filter(meeting=meeting, person=world.asha)
    remove_hours(by=world.asha, hours=there.get())
    changed = replace(entry_of(meeting), mode="PERSON" if meeting.mode != "PERSON" else "VIDEO")
    correct_meeting(by=world.callum, meeting=meeting, entry=changed, version=meeting.version, at=timezone.now())
    assert not there.exists()
    assert note_attendance(meeting, by=world.callum, at=timezone.now()) == 1  # the control: unless they were known
