"""People declare interests, and end them."""

from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts import audit
from accounts.models import User
from directory.models import Interest
from shared.dates import in_words, today


@transaction.atomic
def declare_interest(*, person: User, kind: str, what: str = "", starts_on: date, by: User) -> Interest:
    """Declare an interest, or that there is none. An interest ends an earlier "nothing to declare".

    Raises ValidationError beside `kind` (nothing to declare while something is declared, or a second time), `what`
    (an interest without a line on it) or `starts_on` (a day to come).
    """
    User.objects.select_for_update().get(pk=person.pk)
    open_ = Interest.objects.filter(person=person, ends_on__isnull=True)
    if starts_on > today():
        raise ValidationError({"starts_on": "Choose today or an earlier day."})
    if kind == Interest.Kind.NONE:
        _refuse_nothing(open_.exclude(kind=kind).exists(), open_.filter(kind=kind).exists())
    elif not what.strip():
        raise ValidationError({"what": "Say in a line what it is."})
    elif open_.filter(kind=kind, what__iexact=what.strip()).exists():
        raise ValidationError({"what": "You have declared this already."})
    else:
        for nothing in open_.filter(kind=Interest.Kind.NONE):
            _end(nothing, max(starts_on, nothing.starts_on), by)
    declared = Interest.objects.create(person=person, kind=kind, what=what.strip(), starts_on=starts_on)
    audit.record("interest declared", declared, by=by, detail={"starts_on": str(starts_on)})
    return declared


@transaction.atomic
def end_interest(*, interest: Interest, last_day: date, by: User) -> Interest:
    """End a declaration after `last_day`; it stays on record.

    Raises ValidationError beside `last_day`: before its first day, or a day to come.
    """
    User.objects.select_for_update().get(pk=interest.person_id)
    interest.refresh_from_db()
    if interest.ends_on:
        return interest
    if last_day < interest.starts_on:
        raise ValidationError(
            {"last_day": f"It began on {in_words(interest.starts_on)}. Choose that day or a later one."}
        )
    if last_day > today():
        raise ValidationError({"last_day": "Choose today or an earlier day."})
    _end(interest, last_day + timedelta(days=1), by)
    return interest


def _refuse_nothing(something: bool, nothing: bool) -> None:
    if something:
        raise ValidationError({"kind": "You have declared something that still holds. End that first."})
    if nothing:
        raise ValidationError({"kind": "You have declared that there is nothing already."})


def _end(interest: Interest, ends_on: date, by: User) -> None:
    before = audit.snapshot(interest)
    interest.ends_on = ends_on
    interest.save(update_fields=["ends_on"])
    audit.record("interest ended", interest, by=by, before=before)
