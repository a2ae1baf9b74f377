"""Choosing how often to be reminded by e-mail."""

from accounts.models import AuditEvent
from office.models import ReminderChoice

PAGE = "/account/reminders/"


def test_daily_is_chosen_until_somebody_chooses(world, as_person):
    callum = as_person(world.callum)
    assert "every day on which something is due" in callum.get("/account/").content.decode()
    page = callum.get(PAGE).content.decode()
    assert page.count(" checked") == 1
    assert page.index(" checked") < page.index("On Mondays")


def test_a_choice_is_kept_and_said(world, as_person):
    callum = as_person(world.callum)
    answer = callum.post(PAGE, {"rhythm": "WEEKLY"}, follow=True)
    assert "Reminders by e-mail: on mondays." not in answer.content.decode()
    assert "Reminders by e-mail: on Mondays." in answer.content.decode()
    assert ReminderChoice.objects.get(person=world.callum).rhythm == "WEEKLY"
    callum.post(PAGE, {"rhythm": "NONE"})
    assert ReminderChoice.objects.get().rhythm == "NONE"
    event = AuditEvent.objects.filter(verb="reminders chosen").first()
    assert event.changes["rhythm"] == ["WEEKLY", "NONE"]


def test_nonsense_is_refused(world, as_person):
    page = as_person(world.callum).post(PAGE, {"rhythm": "HOURLY"}).content.decode()
    assert "There is a problem" in page
    assert not ReminderChoice.objects.exists()


def test_everybody_chooses_for_themselves(world, as_person):
    as_person(world.callum).post(PAGE, {"rhythm": "NONE"})
    as_person(world.asha).post(PAGE, {"rhythm": "WEEKLY"})
    assert {c.person_id: c.rhythm for c in ReminderChoice.objects.all()} == {
        world.callum.pk: "NONE",
        world.asha.pk: "WEEKLY",
    }
