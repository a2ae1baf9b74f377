"""Forums above and beside clusters are entered, described and closed; people are named for them."""

from datetime import date, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts import audit
from accounts.models import User
from clusters.analysis.practice_list.slugs import Slugs
from clusters.models import FormerName, Forum, ForumMember
from clusters.plugs.forum_closing import reasons_to_stay
from clusters.selectors import slugs_taken
from clusters.services.locks import hold_names
from practices.models import HSCP, HealthBoard, Locality
from shared.dates import in_words, today

Served = Locality | HSCP | HealthBoard
DESCRIBED = (
    "purpose",
    "meets_every_weeks",
    "responsibilities",
    "structure",
    "outputs",
    "terms",
    "terms_link",
    "adopted_on",
    "review_on",
)


class DescribedMeanwhile(Exception):
    """Somebody changed the forum after it was opened. `theirs` is what is kept now; nothing was changed."""

    def __init__(self, theirs: Forum) -> None:
        super().__init__("somebody else saved first")
        self.theirs = theirs


@transaction.atomic
def create_forum(*, kind: str, name: str, serves: Served, starts_on: date, by: User | None) -> Forum:
    """A new forum that is no cluster. Raises ValidationError beside `name` when the place has an open one so called."""
    hold_names()
    place = {_place_of(serves): serves}
    _refuse_same_name(name, place)
    forum = Forum.objects.create(
        kind=kind, name=name.strip(), slug=Slugs(slugs_taken()).give(name), starts_on=starts_on, **place
    )
    audit.record("forum added", forum, by=by, detail={"kind": kind, "starts_on": str(starts_on)})
    return forum


@transaction.atomic
def describe_forum(
    *, forum: Forum, by: User | None, until: date, version: int, name: str | None = None, **described: Any
) -> Forum:
    """Say what a forum is for (the fields of `DESCRIBED`), and rename it where `name` is given and another one.

    It was called by its old name until the day `until`, and the old address leads on. Saving what is there already
    changes nothing. Raises DescribedMeanwhile when it is no longer at `version`, ValidationError beside `name`.
    """
    hold_names()
    now = Forum.objects.select_for_update(of=("self",)).select_related("locality", "hscp", "board").get(pk=forum.pk)
    wanted = {field: described[field] for field in DESCRIBED if field in described}
    changes = {field: value for field, value in wanted.items() if getattr(now, field) != value}
    renamed = name is not None and name.strip() != now.name
    if not changes and not renamed:
        return now
    if now.version != version:
        raise DescribedMeanwhile(now)
    before = audit.snapshot(now)
    if renamed and name is not None:
        _rename(now, name.strip(), until)
    for field, value in changes.items():
        setattr(now, field, value)
    now.version += 1
    now.save(update_fields=[*changes, "version"])
    audit.record("forum described", now, by=by, before=before)
    return now


def _rename(forum: Forum, name: str, until: date) -> None:
    if place := forum.serves:
        _refuse_same_name(name, {_place_of(place): place}, but=forum)
    FormerName.objects.create(forum=forum, name=forum.name, slug=forum.slug, until=until)
    forum.name, forum.slug = name, Slugs(slugs_taken(but=forum)).give(name)
    forum.save(update_fields=["name", "slug"])


@transaction.atomic
def close_forum(*, forum: Forum, closed_on: date, by: User | None) -> Forum:
    """Close a forum from the day `closed_on`; its record, members and whatever it decided stay.

    Raises ValidationError beside `closed_on`, or with every reason for which it is still needed.
    """
    now = Forum.objects.select_for_update(of=("self",)).get(pk=forum.pk)
    if now.closed_on:
        raise ValidationError(f"{now} is closed already, from {in_words(now.closed_on)}.")
    if closed_on > today():
        raise ValidationError({"closed_on": "This day is still to come. Close the forum when it has come."})
    if now.starts_on and closed_on <= now.starts_on:
        raise ValidationError({"closed_on": f"It began on {in_words(now.starts_on)}. Give a later day."})
    if reasons := reasons_to_stay(now):
        raise ValidationError(reasons)
    before = audit.snapshot(now)
    now.closed_on = closed_on
    now.save(update_fields=["closed_on"])
    audit.record("forum closed", now, by=by, before=before)
    return now


@transaction.atomic
def add_forum_member(
    *, forum: Forum, person: User | None, name: str, body: str, part: str, starts_on: date, by: User | None
) -> ForumMember:
    """Name somebody for a forum: a `person` here, or a `name`. The same again gives the row that is there.

    Raises ValidationError beside `starts_on` for a day on which the forum is closed.
    """
    Forum.objects.select_for_update().get(pk=forum.pk)
    if not forum.is_open_on(starts_on):
        raise ValidationError({"starts_on": f"{forum} does not meet on this day: it begins later or has closed."})
    who: dict[str, object] = {"person": person} if person else {"person": None, "name": name.strip()}
    seat, is_new = ForumMember.objects.get_or_create(
        forum=forum, ends_on=None, **who, defaults={"body": body, "part": part, "starts_on": starts_on}
    )
    if is_new:
        audit.record("forum member named", seat, by=by, detail={"person": person.pk} if person else None)
    return seat


@transaction.atomic
def end_forum_member(*, seat: ForumMember, last_day: date, by: User | None) -> ForumMember:
    """Somebody sits in the forum up to and including `last_day`. Raises ValidationError beside `last_day`."""
    now = ForumMember.objects.select_for_update(of=("self",)).select_related("person", "forum").get(pk=seat.pk)
    ends_on = last_day + timedelta(days=1)
    if ends_on <= now.starts_on:
        raise ValidationError({"last_day": f"{now.who} sits there from {in_words(now.starts_on)}. Give a later day."})
    if now.ends_on == ends_on:
        return now
    before = audit.snapshot(now)
    now.ends_on = ends_on
    now.save(update_fields=["ends_on"])
    audit.record("forum member left", now, by=by, before=before)
    return now


def _place_of(serves: Served) -> str:
    kinds: dict[type, str] = {Locality: "locality", HSCP: "hscp", HealthBoard: "board"}
    return kinds[type(serves)]


def _refuse_same_name(name: str, place: dict[str, Any], *, but: Forum | None = None) -> None:
    same = Forum.objects.filter(name__iexact=name.strip(), closed_on__isnull=True, **place)
    if same.exclude(pk__in=[but.pk] if but else []).exists():
        raise ValidationError({"name": "There is a forum of this name there already. Give another name."})
