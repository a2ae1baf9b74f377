"""Writes letters into the outbox, in the transaction of what they tell; sending them is `delivery`."""

import logging
from collections.abc import Iterable
from datetime import datetime
from email.utils import make_msgid
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils import timezone

from accounts import audit
from accounts.models import User
from office.emails import absolute
from office.models import Letter
from office.rules import calendar_method, can_try_again, one_line, words_of_calendar
from office.services.delivery import send_soon
from shared.fields import refuse_patient_numbers
from shared.sealing import seal

NOT_NEEDED = "No longer needed."
LONGEST_SUBJECT = 200


def queue_letter(
    *,
    to: str,
    person: User,
    subject: str,
    body: str,
    reason: str,
    link: str = "",
    useful_until: datetime | None = None,
    calendar: str = "",
) -> Letter:
    """Put a letter to one address into the outbox, in the caller's transaction; it leaves after the commit (F20).

    `reason` names what it is for ("invitation:7"): a second call with the same gives the letter that is there (F19).
    Where the body says `shared.sealing.LINK`, `link` stands once it is sent; a path becomes absolute from SITE_ROOT,
    never from a request. After `useful_until` it is not sent any more. `calendar` is the text of an iCalendar file with
    a METHOD (RFC 5546), which goes with it; what it says to people is guarded like the body.
    Raises ValidationError for what is no address (S36), PatientNumber for a patient's number, ValueError for a calendar
    that neither invites nor cancels.
    """
    now = timezone.now()
    told = Letter(to=to, person=person, body=body, useful_until=useful_until, calendar=calendar, reason=reason)
    facts = _ready(told, subject=subject, link=link, now=now)
    letter, is_new = Letter.objects.get_or_create(reason=reason, defaults=facts)
    if is_new:
        transaction.on_commit(send_soon, robust=True)
    return letter


def queue_letters(letters: Iterable[Letter], *, at: datetime) -> int:
    """The same for many letters without sealed links, made with `to`, `person`, `subject`, `body`, `reason` and perhaps
    `useful_until`: one query for a thousand. Gives how many are to be sent.

    One that cannot be written (no address, a patient's number) is left out, and stops no other.
    """
    ready = []
    for letter in letters:
        try:
            _ready(letter, subject=letter.subject, link="", now=at)
        except ValidationError:
            logging.getLogger(__name__).error("The letter %s could not be written", letter.reason)
        else:
            ready.append(letter)
    Letter.objects.bulk_create(ready, batch_size=1000, ignore_conflicts=True)
    if ready:
        transaction.on_commit(send_soon, robust=True)
    return len(ready)


def _ready(letter: Letter, *, subject: str, link: str, now: datetime) -> dict[str, Any]:
    """Check a letter that is not stored yet and fill in the rest of it; gives its columns."""
    validate_email(letter.to)
    if letter.calendar:
        calendar_method(letter.calendar)
    refuse_patient_numbers("\n".join((subject, letter.body, words_of_calendar(letter.calendar))))
    letter.subject = one_line(subject)[:LONGEST_SUBJECT]
    letter.link = seal(absolute(link)) if link else ""
    letter.message_id = make_msgid(domain=urlsplit(settings.SITE_ROOT).hostname)
    letter.next_try = letter.queued_at = now
    told = (
        "to",
        "person",
        "subject",
        "body",
        "link",
        "calendar",
        "message_id",
        "next_try",
        "queued_at",
        "useful_until",
    )
    return {name: getattr(letter, name) for name in told}


def drop_letter(*, reason: str) -> None:
    """Give up a letter that has not left and is no longer needed."""
    waiting = Letter.objects.filter(reason=reason).exclude(state__in=[Letter.State.SENT, Letter.State.SENDING])
    waiting.update(state=Letter.State.GIVEN_UP, answer=NOT_NEEDED, link="", calendar="")


@transaction.atomic
def try_again(*, letter: Letter, by: User) -> Letter:
    """Send a letter once more that was refused or given up, with the same Message-ID.

    Raises ValidationError when it has left, waits already, or is of no use any more.
    """
    letter = Letter.objects.select_for_update().get(pk=letter.pk)
    now = timezone.now()
    if not can_try_again(letter, now=now):
        raise ValidationError("This letter has left, waits already, or is too old to be of use.")
    before = audit.snapshot(letter)
    letter.state, letter.tries, letter.is_repeat, letter.next_try = Letter.State.QUEUED, 0, False, now
    letter.save(update_fields=["state", "tries", "is_repeat", "next_try"])
    audit.record("letter tried again", letter, by=by, before=before)
    transaction.on_commit(send_soon, robust=True)
    return letter
