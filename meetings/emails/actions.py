"""The letter that reminds somebody of an action."""

import logging
from datetime import datetime

from django.core.exceptions import ValidationError
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.timezone import localdate

from accounts.models import User
from meetings.models import Action
from meetings.selectors.owners import people_of
from office.services.letters import queue_letter
from shared.dates import in_words
from shared.sealing import LINK


def remind_of(action: Action, *, by: User, at: datetime) -> list[User]:
    """Write to everybody who holds the action and can be written to; gives them. One letter each a day.

    An address that no letter can go to stops no other.
    """
    told = []
    for person in people_of(action, on=localdate(at)):
        if person == by:
            continue
        said = {"action": action, "by": by, "due": in_words(action.due_on), "person": person, "link": LINK}
        try:
            queue_letter(
                to=person.email,
                person=person,
                subject=f"{action.forum}: an action due {in_words(action.due_on)}",
                body=render_to_string("meetings/email/nudge.txt", said),
                reason=f"nudge:{action.pk}:{localdate(at)}:{person.pk}",
                link=reverse("meetings:action", args=[action.pk]),
            )
        except ValidationError:
            logging.getLogger(__name__).error("Person %s could not be reminded of action %s", person.pk, action.pk)
        else:
            told.append(person)
    return told
