"""What the members of a cluster or a forum agree about working together."""

from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts import audit
from accounts.models import User
from clusters.models import Forum, WaysOfWorking
from shared.dates import in_words


@transaction.atomic
def agree_ways_of_working(
    *, forum: Forum, text: str, agreed_on: date, review_on: date | None, by: User, at: datetime
) -> WaysOfWorking:
    """Add a statement beside the earlier ones. The same again changes nothing.

    Raises ValidationError beside `agreed_on` for a day before the statement that holds now, and beside `review_on`.
    """
    Forum.objects.select_for_update().get(pk=forum.pk)
    if review_on and review_on <= agreed_on:
        raise ValidationError({"review_on": "The review comes after the agreement: give a later day."})
    last = WaysOfWorking.objects.filter(forum=forum).first()
    if last and (last.text, last.agreed_on, last.review_on) == (text, agreed_on, review_on):
        return last
    if last and agreed_on < last.agreed_on:
        problem = (
            f"The statement that holds now was agreed on {in_words(last.agreed_on)}. Give that day or a later one."
        )
        raise ValidationError({"agreed_on": problem})
    ways = WaysOfWorking.objects.create(
        forum=forum, text=text, agreed_on=agreed_on, review_on=review_on, written_at=at, written_by=by
    )
    audit.record("ways of working agreed", ways, by=by, detail={"agreed_on": str(agreed_on)})
    return ways
