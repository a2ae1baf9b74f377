"""Takes letters out of the outbox and hands them to the mail server, one by one.

One address that is refused never stops the others (F19); a server that is down stops nobody's work (F20); a worker that
is killed after the server took a letter leaves at most one duplicate, with the same Message-ID (F21).
"""

import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime, timedelta
from smtplib import SMTPRecipientsRefused, SMTPResponseException, SMTPSenderRefused
from typing import Any, cast

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.db import connection, transaction
from django.db.models import Q
from django.utils import timezone

from office.models import Letter
from office.rules import calendar_method
from shared.fields import without_patient_numbers
from shared.sealing import LINK, unseal

State = Letter.State
# Waits after a "not now" (4xx, no answer); after the last of them a letter is given up, about two days on.
BACK_OFF = tuple(timedelta(minutes=m) for m in (5, 30, 120, 360, 720, 1440))
# Whoever has held a letter for so long was killed: a try takes EMAIL_TIMEOUT a step, and has few steps.
KILLED_AFTER = timedelta(minutes=15)
AT_ONCE = 500  # letters whose turn one query finds
NO_ANSWER = "The mail server did not answer."
TOO_LATE = "Too late to be of use."
UNSURE = "The sending was interrupted twice. It may have arrived."


def deliver_letters(*, post: Any = None) -> Counter[str]:
    """Send every letter that is due, and count by state what became of them. Safe to run twice at a time.

    Stops when the mail server cannot be reached: the others wait for the next run. `post` is the mail connection, the
    one of the settings where none is given.
    """
    post, became = post or get_connection(), Counter[str]()
    try:
        for letter in _each_taken():
            is_up = letter.state != State.SENDING or _handed_over(letter, post)
            became[letter.state] += 1
            if not is_up:
                break
    finally:
        _close(post)
    return became


def _each_taken() -> Iterator[Letter]:
    """Letter after letter that is due. Whose turn it is one query finds for many; each is taken, and read, only when
    it is about to be sent, and marked by itself: a worker that is killed leaves one that may be sent twice, no more.
    """
    while turns := _turns(timezone.now()):
        took_any = False
        for pk in turns:
            if letter := _taken(pk, timezone.now()):
                took_any = True
                yield letter
        if not took_any:  # somebody else is at them
            return


def _turns(now: datetime) -> list[int]:
    due = Letter.objects.filter(_due(now)).order_by("next_try", "pk")
    return list(due.values_list("pk", flat=True)[:AT_ONCE])


def _due(now: datetime) -> Q:
    killed = Q(state=State.SENDING, started_at__lt=now - KILLED_AFTER)
    return Q(state=State.QUEUED, next_try__lte=now) | killed


@transaction.atomic
def _taken(pk: int, now: datetime) -> Letter | None:
    """A letter marked as being sent, or given up where sending makes no sense; None where somebody else took it."""
    skip = connection.features.has_select_for_update_skip_locked
    letter = Letter.objects.filter(_due(now), pk=pk).select_for_update(skip_locked=skip).first()
    if letter is None:
        return None
    was_killed = letter.state == State.SENDING
    if letter.useful_until and letter.useful_until <= now:
        return _marked(letter, State.GIVEN_UP, answer=TOO_LATE, link="", calendar="")
    if was_killed and letter.is_repeat:
        return _marked(letter, State.GIVEN_UP, answer=UNSURE)
    is_repeat = letter.is_repeat or was_killed
    return _marked(letter, State.SENDING, started_at=now, tries=letter.tries + 1, is_repeat=is_repeat)


def _handed_over(letter: Letter, post: Any) -> bool:
    """Hand one letter to the mail server and note what it said; False when no server could be reached."""
    try:
        post.open()
    except Exception as failure:  # whatever a server, a name service or a certificate may do
        _wait(letter, _said(failure)[1])
        return False
    try:
        _message(letter, post).send()
    except Exception as failure:  # one letter that cannot be sent must not stop the others
        _close(post)
        code, answer = _said(failure)
        if code >= 500:
            _marked(letter, State.REFUSED, answer=answer)
        else:
            _wait(letter, answer)
        return True
    _marked(letter, State.SENT, sent_at=timezone.now(), answer="", link="", calendar="")
    return True


def _message(letter: Letter, post: Any) -> EmailMultiAlternatives:
    body = letter.body.replace(LINK, unseal(letter.link)) if letter.link else letter.body
    headers = {"Message-ID": letter.message_id, "Auto-Submitted": "auto-generated"}
    message = EmailMultiAlternatives(letter.subject, body, to=[letter.to], headers=headers, connection=post)
    if letter.calendar:
        # Outlook and Google offer "accept" for the alternative; other programs open the file.
        message.attach_alternative(letter.calendar, f"text/calendar; method={calendar_method(letter.calendar)}")
        message.attach("invite.ics", letter.calendar.encode(), "application/ics")
    return message


def _said(failure: Exception) -> tuple[int, str]:
    """The code and words of a refusal; 0 for a failure that says nothing about this letter."""
    if isinstance(failure, SMTPRecipientsRefused):
        code, words = cast(tuple[int, bytes | str], next(iter(failure.recipients.values())))
    elif isinstance(failure, SMTPResponseException):
        code, words = failure.smtp_code, failure.smtp_error
    elif isinstance(failure, OSError):
        return 0, NO_ANSWER
    else:
        return 599, "The letter could not be put together."
    text = words.decode("utf-8", "replace") if isinstance(words, bytes) else str(words)
    # Words of somebody else's server: one line, nothing that the guard would stop at.
    plain = without_patient_numbers(" ".join(f"{code} {text}".replace("\x00", "").split()))[:300]
    return 0 if isinstance(failure, SMTPSenderRefused) else code, plain


def _wait(letter: Letter, answer: str) -> None:
    if letter.tries > len(BACK_OFF):
        _marked(letter, State.GIVEN_UP, answer=answer)
    else:
        _marked(letter, State.QUEUED, answer=answer, next_try=timezone.now() + BACK_OFF[letter.tries - 1])


def _marked(letter: Letter, state: str, **facts: Any) -> Letter:
    """Write what became of a letter: these columns and no others, because its words may be blacked out meanwhile."""
    for name, value in {"state": state, **facts}.items():
        setattr(letter, name, value)
    Letter.objects.filter(pk=letter.pk).update(state=state, **facts)
    return letter


def _close(post: Any) -> None:
    with suppress(Exception):
        post.close()


# --- Soon after the commit ------------------------------------------------------------------------

_wanted, _busy = threading.Event(), threading.Lock()


def send_soon() -> None:
    """Send what is due, without holding anybody's request: live in a thread, one at a time in each process.

    A command ends when its thread has. What a killed process leaves `manage.py deliver_letters` sends.
    """
    if settings.LETTERS_BESIDE:
        _wanted.set()
        if _busy.locked():
            return
        threading.Thread(target=_send_beside, name="letters", daemon=False).start()
    else:
        deliver_letters()


def _send_beside() -> None:
    while _wanted.is_set() and _busy.acquire(blocking=False):
        try:
            _wanted.clear()
            deliver_letters()
        finally:
            connection.close()
            _busy.release()
