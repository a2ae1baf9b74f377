"""Letters that carry a calendar file, in a real mail conversation: the parts that calendar programs look for."""

from email import message_from_bytes, policy

import pytest
from icalendar import Calendar

from office.models import Letter
from office.services.delivery import deliver_letters
from office.services.letters import drop_letter, queue_letter
from shared.fields import PatientNumber
from tests.shared.test_chi import number


def file(method="REQUEST", summary="Cluster meeting, Càrn Mòr"):
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Portal//EN",
        f"METHOD:{method}",
        "BEGIN:VEVENT",
        "UID:meeting-7@portal.example.org",
        "SEQUENCE:1",
        "DTSTAMP:20261126T095616Z",
        "DTSTART:20261203T123000Z",
        f"SUMMARY:{summary}",
        "END:VEVENT",
        "END:VCALENDAR",
    ]
    return "\r\n".join(lines) + "\r\n"


def letter_with(world, calendar):
    words = {"subject": "Cluster meeting", "body": "You are invited.", "reason": "calendar:7"}
    return queue_letter(to="callum@example.org", person=world.callum, calendar=calendar, **words)


@pytest.mark.parametrize("method", ["REQUEST", "CANCEL"])
def test_it_leaves_as_an_alternative_with_its_method_and_as_a_file(world, smtp, method):
    letter_with(world, file(method))
    assert deliver_letters() == {"SENT": 1}
    (envelope,) = smtp.taken
    message = message_from_bytes(envelope.content, policy=policy.default)
    assert message.get_content_type() == "multipart/mixed"
    alternatives, attached = message.iter_parts()
    assert alternatives.get_content_type() == "multipart/alternative"
    text, calendar = alternatives.iter_parts()
    assert text.get_content().strip() == "You are invited."
    assert calendar.get_content_type() == "text/calendar"
    assert dict(calendar["Content-Type"].params) == {"method": method, "charset": "utf-8"}
    assert (attached.get_filename(), attached.get_content_type()) == ("invite.ics", "application/ics")
    for part in (calendar.get_content(), attached.get_content()):
        (event,) = Calendar.from_ical(part).walk("VEVENT")
        assert event["SUMMARY"] == "Cluster meeting, Càrn Mòr"
    assert attached.get_content() == file(method).encode()


def test_a_letter_without_one_stays_plain(world, smtp):
    letter_with(world, "")
    deliver_letters()
    message = message_from_bytes(smtp.taken[0].content, policy=policy.default)
    assert message.get_content_type() == "text/plain"


def test_it_is_forgotten_once_it_has_left_or_is_no_longer_needed(world, smtp):
    letter = letter_with(world, file())
    letter.refresh_from_db()
    assert letter.calendar == file()
    deliver_letters()
    letter.refresh_from_db()
    assert letter.calendar == ""
    Letter.objects.update(state="QUEUED", sent_at=None, calendar=file())
    drop_letter(reason="calendar:7")
    letter.refresh_from_db()
    assert letter.calendar == ""


def test_a_refused_one_keeps_its_file_for_the_next_try(world, smtp):
    letter = letter_with(world, file())
    Letter.objects.update(to="never@example.org")
    assert deliver_letters() == {"REFUSED": 1}
    letter.refresh_from_db()
    assert letter.calendar == file()


@pytest.mark.parametrize("method", ["", "ADD", "REQUEST; x=y"])
def test_a_file_that_neither_invites_nor_cancels_is_refused(world, method):
    with pytest.raises(ValueError, match="neither invites nor cancels nor publishes"):
        letter_with(world, file(method))


def test_a_patients_number_is_found_across_the_breaks_of_long_lines(world):
    chi = number()
    folded = file(summary=f"About {chi[:4]}\r\n {chi[4:]}")
    with pytest.raises(PatientNumber):
        letter_with(world, folded)
    assert not Letter.objects.exists()
