"""The one-screen minute: new, kept while it is typed, wrong, pressed twice, edited by two."""

import re
from datetime import date, timedelta

import pytest
from django.utils.module_loading import import_string

from clusters.models import Forum, Membership, RoleAssignment
from meetings.models import Action, Ask, Attendance, Item, Meeting
from office.models import Draft
from office.services import keep_draft
from shared.dates import in_words
from tests.meetings.minutes import log_fields, logged, publish, published


@pytest.fixture
def path(world):
    return f"/clusters/{world.rowan.forum.slug}/meetings/log/"


def body(response) -> str:
    return response.content.decode()


def test_the_form_is_ready(world, as_person, path):
    page = body(as_person(world.callum).get(path))
    assert "Asha Rahman" in page
    assert "nobody is Practice Quality Lead" in page
    assert f'value="{world.today}"' in page
    assert 'value="Pam Doig"' in page  # she deputises for Asha: her name waits in the box
    assert page.count("data-item>") == 4  # three ready, one to copy
    assert "data-keep=" in page


def test_a_whole_meeting(world, as_person, path):
    fields = log_fields(
        world,
        **{
            f"practice-{world.ash.pk}-presence": "DEPUTY",
            f"practice-{world.ash.pk}-name": "Ann Lee",
            f"practice-{world.elm.pk}-presence": "APOLOGY",
            "guest-0-name": "Gordon Hill",
            "guest-0-organisation": "Diabetes team",
            "item-0-decision_reason": "Texts help",
            "item-0-ask-question": "Who pays?",
            "item-0-ask-to": str(world.heather.pk),
            "item-0-ask-reply_by": str(world.today + timedelta(days=14)),
            "item-1-actions": "1",
            "item-1-title": "How we are",
            "item-1-kind": "PEER",
            "was_data_present": "yes",
            "next_on": str(world.today + timedelta(days=28)),
        },
    )
    answer = as_person(world.callum).post(path, fields)
    meeting = Meeting.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, f"/meetings/{meeting.pk}/share/")
    assert (meeting.state, meeting.logged_by, meeting.was_data_present) == ("DRAFT", world.callum, True)
    assert Attendance.objects.get(practice=world.ash).name == "Ann Lee"
    assert Attendance.objects.get(practice=world.alder).person == world.asha
    assert Attendance.objects.get(presence="GUEST").organisation == "Diabetes team"
    assert [i.is_kept_in_cluster for i in Item.objects.all()] == [False, True]
    action = Action.objects.get()
    assert (action.owner_practice, action.what, action.due_on.day) == (world.alder, "Share text template", 31)
    assert Ask.objects.get().to == world.heather


def test_who_and_when_can_be_corrected(world, as_person, path):
    due = world.today + timedelta(days=3)
    fields = log_fields(
        world, **{"item-0-action-0-owner": f"person:{world.tom.pk}", "item-0-action-0-due_on": str(due)}
    )
    as_person(world.callum).post(path, fields)
    action = Action.objects.get()
    assert (action.owner, action.due_on) == (world.tom, due)
    assert action.what == "Alder: share text template by 31 Dec"  # the sentence says otherwise: it stays as typed


def test_an_unread_action_asks_who_and_when_and_keeps_the_words(world, as_person, path):
    answer = as_person(world.callum).post(path, log_fields(world, **{"item-0-action-0-what": "look into recall"}))
    page = body(answer)
    assert answer.status_code == 200
    assert "Error: Log a meeting" in page
    assert 'href="#id_item-0-action-0-owner"' in page
    assert 'href="#id_item-0-action-0-due_on"' in page
    assert page.count("Who will do it? Choose") == 2
    assert 'value="look into recall"' in page
    assert Meeting.objects.count() == 0


def test_sixteen_rows_wrong_at_once_lose_nothing(world, as_person, path):
    fields = log_fields(world, items="16")
    for n in range(16):
        fields |= {f"item-{n}-title": "", f"item-{n}-actions": "1", f"item-{n}-discussion": f"Line {n} typed"}
    fields.pop("item-0-decision")
    fields.pop("item-0-action-0-what")
    fields[f"practice-{world.elm.pk}-presence"] = ""
    fields[f"practice-{world.ash.pk}-presence"] = "DEPUTY"
    fields["guest-0-organisation"] = "Diabetes team"
    page = body(as_person(world.callum).post(path, fields))
    assert page.count("Say in a few words what this item was about.") == 32  # beside each field, and in the summary
    assert all(f'href="#id_item-{n}-title"' in page and f'value="Line {n} typed"' in page for n in range(16))
    assert f'href="#id_practice-{world.elm.pk}-presence_0"' in page
    assert "Say who came from Elm Medical Practice." in page
    assert "Give the name of the deputy from Ash Medical Practice." in page
    assert "Guest 1: Give the guest’s name" in page
    assert 'value="Diabetes team"' in page
    assert Meeting.objects.count() == 0


def test_a_patient_number_is_refused_and_stays_on_the_screen_only(world, as_person, path):
    page = body(as_person(world.callum).post(path, log_fields(world, **{"item-0-discussion": "Saw 0101010130 today"})))
    assert "patient’s CHI number" in page
    assert "Saw 0101010130 today" in page
    assert Meeting.objects.count() == 0
    assert Draft.objects.count() == 0


def test_a_doubtful_number_asks_once_and_takes_no_for_an_answer(world, as_person, path):
    fields = log_fields(world, **{"item-0-discussion": "Saw 0101010132 today"})
    page = body(as_person(world.callum).post(path, fields))
    assert page.count('name="not_patient_number"') == 1
    tick = re.search(r'name="not_patient_number" value="([0-9a-f]+)"', page).group(1)
    answer = as_person(world.callum).post(path, {**fields, "not_patient_number": tick})
    assert answer.status_code == 302


def test_pressed_twice(world, as_person, path):
    fields, client = log_fields(world), as_person(world.callum)
    first, second = client.post(path, fields), client.post(path, fields)
    assert first["Location"] == second["Location"]
    assert Meeting.objects.count() == 1


def test_later_keeps_a_half_filled_draft_from_everybody_else(world, as_person, path):
    fields = log_fields(world, do="later", **{f"practice-{world.elm.pk}-presence": ""})
    answer = as_person(world.callum).post(path, fields, follow=True)
    assert "Only those who write up see it." in body(answer)
    meeting = Meeting.objects.get()
    assert not Attendance.objects.filter(practice=world.elm).exists()
    for who, status in (("morag", 200), ("asha", 404), ("heather", 404), ("nell", 404)):
        assert as_person(getattr(world, who)).get(f"/meetings/{meeting.pk}/").status_code == status
    page = body(as_person(world.morag).get(f"/meetings/{meeting.pk}/log/"))
    assert 'value="All practices send texts"' in page
    assert f'value="practice:{world.alder.pk}" selected' in page


def test_what_was_typed_comes_back(world, as_person, path):
    fields = log_fields(world, **{"item-0-title": "", "item-1-title": "Half a thou"})
    keep_draft(owner=world.callum, key=f"meeting:new:{world.rowan.forum.pk}", fields=fields)
    page = body(as_person(world.callum).get(path))
    assert "We kept what you typed" in page
    assert 'value="Half a thou"' in page
    assert "There is a problem" not in page
    assert "Half a thou" not in body(as_person(world.morag).get(path))
    as_person(world.callum).post(path, {**fields, "item-0-title": "Recall"})
    assert Draft.objects.count() == 0


def test_a_draft_kept_with_two_values_of_a_name_is_shown(world, as_person, path):
    fields = {**log_fields(world), "held_on": ["2026-11-01", str(world.today)], "item-0-title": ["One", "Two"]}
    keep_draft(owner=world.callum, key=f"meeting:new:{world.rowan.forum.pk}", fields=fields)
    page = body(as_person(world.callum).get(path))
    assert 'value="Two"' in page
    assert f'value="{world.today}"' in page


def test_a_renamed_cluster_keeps_what_was_typed(world, as_person, path):
    fields = log_fields(world, **{"item-1-title": "Half a thou"})
    keep_draft(owner=world.callum, key=f"meeting:new:{world.rowan.forum.pk}", fields=fields)
    Forum.objects.filter(pk=world.rowan.forum.pk).update(slug="rowan-and-larch")
    page = body(as_person(world.callum).get("/clusters/rowan-and-larch/meetings/log/"))
    assert 'value="Half a thou"' in page


def test_a_late_autosave_of_a_saved_form_is_not_offered(world, as_person, path):
    fields = log_fields(world)
    as_person(world.callum).post(path, fields)
    keep_draft(owner=world.callum, key=f"meeting:new:{world.rowan.forum.pk}", fields=fields)
    assert "We kept what you typed" not in body(as_person(world.callum).get(path))


@pytest.mark.parametrize(
    ("button", "grown"),
    [("more_items", 'name="items" value="4"'), ("more_guests", 'name="guests" value="2"'), ("refresh", "")],
)
def test_without_javascript_buttons_add_rows(world, as_person, path, button, grown):
    fields = log_fields(world, do=button, **{"item-0-title": "", "item-2-title": "Stays"})
    page = body(as_person(world.callum).post(path, fields))
    assert grown in page
    assert 'value="Stays"' in page
    assert "There is a problem" not in page
    assert Meeting.objects.count() == 0


def test_without_javascript_all_present_and_more_actions(world, as_person, path):
    fields = {k: v for k, v in log_fields(world, do="all_present").items() if not k.startswith("practice-")}
    fields[f"practice-{world.elm.pk}-presence"] = "APOLOGY"
    page = body(as_person(world.callum).post(path, fields))
    assert "6 of 7 practices" in page
    page = body(as_person(world.callum).post(path, log_fields(world, do="more_actions:0")))
    assert 'name="item-0-actions" value="4"' in page


def test_another_day_has_other_practices(world, as_person, path):
    Membership.objects.filter(practice=world.willow).update(starts_on=world.today)
    past = world.today - timedelta(days=10)
    page = body(as_person(world.callum).post(path, log_fields(world, do="refresh", held_on=str(past))))
    assert "Willow Medical Practice</strong>" not in page
    fields = log_fields(world, held_on=str(past))
    assert as_person(world.callum).post(path, fields).status_code == 302
    assert Attendance.objects.count() == 6


def test_the_second_editor_sees_both_texts(world, as_person):
    meeting = logged(world)
    path = f"/meetings/{meeting.pk}/log/"
    theirs = log_fields(world, **{"item-0-title": "As Morag wrote it"})
    assert as_person(world.morag).post(path, theirs).status_code == 302
    mine = log_fields(world, **{"item-0-title": "As Callum wrote it"})
    answer = as_person(world.callum).post(path, mine)
    page = body(answer)
    assert answer.status_code == 409
    assert "Morag Bain saved this meeting" in page
    assert "As Morag wrote it" in page
    assert 'value="As Callum wrote it"' in page
    assert Item.objects.get().title == "As Morag wrote it"
    assert 'name="version" value="2"' in page
    assert as_person(world.callum).post(path, {**mine, "version": "2"}).status_code == 302
    assert Item.objects.get().title == "As Callum wrote it"


def test_going_back_after_saving_and_typing_on_loses_nothing(world, as_person, path):
    fields, client = log_fields(world), as_person(world.callum)
    client.post(path, fields)
    answer = client.post(path, {**fields, "item-1-actions": "1", "item-1-title": "One more thing"})
    page = body(answer)
    assert answer.status_code == 409
    assert 'value="One more thing"' in page
    assert f'action="/meetings/{Meeting.objects.get().pk}/log/"' in page
    assert Meeting.objects.count() == 1


@pytest.mark.parametrize("version", ["", "0", "²", None])
def test_a_form_without_its_version_replaces_nothing(world, as_person, version):
    meeting = logged(world)
    fields = log_fields(world, **{"item-0-title": "As Morag wrote it", "version": version})
    fields = {name: value for name, value in fields.items() if value is not None}
    answer = as_person(world.morag).post(f"/meetings/{meeting.pk}/log/", fields)
    assert answer.status_code == 409
    assert 'name="version" value="1"' in body(answer)
    assert Item.objects.filter(title="Diabetes recall").exists()


def test_a_meeting_to_come_waits_as_a_draft(world, as_person, path):
    fields = log_fields(world, held_on=str(world.today + timedelta(days=1)))
    page = body(as_person(world.callum).post(path, fields))
    assert page.count("This day is still to come.") == 2
    assert Meeting.objects.count() == 0
    assert as_person(world.callum).post(path, {**fields, "do": "later"}).status_code == 302


@pytest.mark.parametrize("field", ["held_on", "next_on", "item-0-action-0-due_on", "item-0-ask-reply_by"])
@pytest.mark.parametrize("day", ["2200-01-01", "0026-11-12"])
def test_a_year_that_nobody_means_is_asked_about(world, as_person, path, field, day):
    page = body(as_person(world.callum).post(path, log_fields(world, **{field: day})))
    assert "Check the year: give one from 2016 to" in page
    assert Meeting.objects.count() == 0


def test_a_year_read_from_the_sentence_is_asked_about_too(world, as_person, path):
    page = body(
        as_person(world.callum).post(path, log_fields(world, **{"item-0-action-0-what": "Alder: call by 1 May 2099"}))
    )
    assert "Check the year" in page


def test_a_question_is_not_wanted_back_before_it_goes_out(world, as_person, path):
    fields = log_fields(
        world,
        held_on=str(world.today - timedelta(days=20)),
        **{
            "item-0-ask-question": "Who pays?",
            "item-0-ask-to": str(world.heather.pk),
            "item-0-ask-reply_by": str(world.today - timedelta(days=1)),
        },
    )
    assert "Give a date from today on" in body(as_person(world.callum).post(path, fields))
    assert Meeting.objects.count() == 0


def test_the_administrator_is_told_in_whose_name_a_question_goes(world, as_person, path):
    assert "Asked in the name of Callum Reid" in body(as_person(world.morag).get(path))
    assert "Asked in the name of" not in body(as_person(world.callum).get(path))
    RoleAssignment.objects.filter(person=world.callum).update(ends_on=world.today)
    fields = log_fields(world, **{"item-0-ask-question": "Who pays?"})
    page = body(as_person(world.morag).post(path, fields))
    assert "there is none at present" in page
    assert 'value="Who pays?"' in page


def test_a_question_of_a_draft_leads_nowhere_yet(world, as_person):
    meeting = logged(world)
    ask = Ask.objects.get()
    page = body(as_person(world.callum).get(f"/meetings/{meeting.pk}/"))
    assert ask.question in page
    assert f"/asks/{ask.pk}/" not in page
    publish(world, meeting)
    assert f"/asks/{ask.pk}/" in body(as_person(world.callum).get(f"/meetings/{meeting.pk}/"))


def test_published_while_somebody_typed(world, as_person):
    meeting = logged(world)
    publish(world, meeting, by=world.morag)
    path = f"/meetings/{meeting.pk}/log/"
    answer = as_person(world.callum).get(path)
    assert answer.status_code == 403
    assert "published and don’t change" in body(answer)
    answer = as_person(world.callum).post(path, log_fields(world, **{"item-0-title": "Typed too late"}))
    assert answer.status_code == 403
    assert 'value="Typed too late"' in body(answer)
    assert not Item.objects.filter(title="Typed too late").exists()


@pytest.mark.parametrize(
    "junk",
    [
        {"held_on": "31/09/2026"},
        {"held_on": ""},
        {"held_on": "0001-01-01"},
        {"mode": "CARRIER PIGEON"},
        {"items": "-1"},
        {"items": "²"},
        {"items": "999999"},
        {"nonce": "no"},
        {"version": "x"},
        {"item-0-kind": "X"},
        {"item-0-action-0-owner": "person:0"},
        {"item-0-action-0-owner": "practice:"},
        {"item-0-ask-to": "999"},
        {"item-0-ask-question": "Who?"},
        {"item-0-title": "a\x00b"},
        {"item-0-action-0-what": "call in ٣ weeks"},
        {"item-0-title": "x" * 400},
        {"next_on": "2016-02-30"},
        {"was_data_present": "maybe"},
        {"do": "more_actions:²"},
        {"do": "nonsense"},
    ],
)
def test_junk_is_answered_in_words(world, as_person, path, junk):
    assert as_person(world.callum).post(path, {**log_fields(world), **junk}).status_code in (200, 302)


def test_the_person_asked_must_answer_for_this_cluster(world, as_person, path):
    for stranger in (world.nell, world.lewis, world.asha):
        fields = log_fields(
            world,
            **{
                "item-0-ask-question": "Who pays?",
                "item-0-ask-to": str(stranger.pk),
                "item-0-ask-reply_by": str(world.today + timedelta(days=5)),
            },
        )
        assert as_person(world.callum).post(path, fields).status_code == 200
    assert Meeting.objects.count() == 0


def test_the_largest_meeting_stays_under_the_limits(world, as_person, path):
    fields = log_fields(world, items="30", guests="60")
    fields |= {f"guest-{n}-name": f"Guest Number{n}" for n in range(60)}
    for n in range(30):
        fields |= {f"item-{n}-title": f"Item {n}", f"item-{n}-actions": "8"}
        fields |= {f"item-{n}-action-{a}-what": "Alder: do it by 31 Dec" for a in range(8)}
        fields |= {f"item-{n}-action-{a}-{f}": "" for a in range(8) for f in ("owner", "due_on")}
    assert len(fields) < 1500
    assert as_person(world.callum).post(path, fields).status_code == 302
    assert Action.objects.count() == 240
    assert Attendance.objects.filter(presence="GUEST").count() == 60


def test_a_stranger_finds_nothing(world, as_person, path):
    assert as_person(world.nell).get(path).status_code == 404
    assert as_person(world.nell).post(path, log_fields(world)).status_code == 404
    assert as_person(world.nell).get(f"/meetings/{published(world).pk}/log/").status_code == 404


def test_what_a_sentence_means(world, as_person):
    path = f"/clusters/{world.rowan.forum.slug}/meetings/proposal/"
    sent = {"sentence": "Beech to audit by 2026-12-24", "held_on": str(world.today)}
    read = as_person(world.callum).post(path, sent).json()
    assert read == {
        "owner": f"practice:{world.beech.pk}",
        "owner_name": "Beech Medical Practice (Tom Kerr)",
        "due_on": "2026-12-24",
        "due_in_words": "Thu 24 Dec 2026",
    }
    assert as_person(world.callum).post(path, {"sentence": "x" * 5000}).json()["owner"] == ""
    assert as_person(world.callum).get(path).status_code == 405
    assert as_person(world.nell).post(path, sent).status_code == 404


def test_a_draft_is_headed_with_its_day(world, as_person):
    draft = logged(world)
    page = body(as_person(world.callum).get(f"/meetings/{draft.pk}/log/"))
    assert f"<h1>Minutes of Rowan, {in_words(draft.held_on)} (draft)</h1>" in page
    assert "always stay in the cluster, ticked or not" in page


# --- Shown before it is stored or shared -------------------------------------------------------------


def test_who_and_when_of_a_sentence_are_shown_before_anybody_else_has_the_action(world, as_person, path):
    """A sentence is read once more when the log is sent, and shown in the preview; others have it once published."""
    year = world.today.year + (world.today >= date(world.today.year, 5, 3))
    fields = log_fields(world, **{"item-0-action-0-what": "Alder: audit recall list by 3 May"})
    answer = as_person(world.callum).post(path, fields, follow=True)
    said = f"Audit recall list → Alder Medical Practice, {in_words(date(year, 5, 3))}"
    assert said in re.sub(r"\s+", " ", re.sub("<[^>]+>", "", body(answer)))
    assert "Check 1 action: who, and by when" in body(answer)
    meeting = Meeting.objects.get()
    assert meeting.state == "DRAFT"
    assert "Audit recall list" not in body(as_person(world.asha).get("/actions/"))
    assert as_person(world.asha).get(f"/meetings/{meeting.pk}/").status_code == 404
    publish(world, meeting)
    assert "Audit recall list" in body(as_person(world.asha).get("/actions/"))


def test_reading_a_sentence_stores_nothing(world, as_person):
    sent = {"sentence": "Alder: audit recall list by 3 May", "held_on": str(world.today)}
    read = as_person(world.callum).post("/clusters/rowan/meetings/proposal/", sent).json()
    assert (read["owner"], read["due_on"][-5:]) == (f"practice:{world.alder.pk}", "05-03")
    assert not Action.objects.exists()
    assert not Draft.objects.exists()


@pytest.mark.parametrize("is_guarded", [True, False], ids=["as it is", "negative control: an empty form"])
def test_row_seventeen_of_thirty_is_wrong(world, as_person, path, monkeypatch, is_guarded):
    """Every box keeps its words, the error leads to its row (F16); without what was posted all of it would be gone."""
    if not is_guarded:
        screen = import_string("meetings.views.logging.Screen")
        show = screen.show
        monkeypatch.setattr(screen, "show", lambda self, forms, **more: show(self, self.forms(), **more))
    fields = log_fields(world, items="30")
    for n in range(30):
        fields |= {f"item-{n}-title": f"Item number {n}", f"item-{n}-actions": "1"}
        fields |= {f"item-{n}-action-0-what": f"Alder: do thing {n} by 31 Dec"}
    fields["item-16-action-0-what"] = "look into recall"
    page = body(as_person(world.callum).post(path, fields))
    kept = [f'value="Alder: do thing {n} by 31 Dec"' in page for n in range(30) if n != 16]
    assert set(kept) == {is_guarded}
    assert ('href="#id_item-16-action-0-owner"' in page) is is_guarded
    assert ("Item 17: Who will do it?" in page) is is_guarded
    assert not Meeting.objects.exists()
