"""What stands on every agenda of a forum, and how it gets onto that of a planned meeting (MTG-06, MTG-13)."""

from datetime import datetime

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import F
from django.utils.timezone import localdate

from accounts import audit
from accounts.models import User
from clusters.models import Forum
from clusters.selectors import reach_of
from meetings import rules
from meetings.models import Item, Meeting, StandingItem
from meetings.selectors.agenda import STANDING, mark_of, standing_items_of, standing_key, standing_to_add

Kind = Item.Kind
WHO_KEEPS = "Whoever writes up the meetings says what stands on every agenda."
MOST = 15
TOO_MANY = f"{MOST} standing items are the most: they would leave no time for anything else. Remove one first."
# Suggested to begin with: time among peers is kept, and so are data and learning.
TO_BEGIN_WITH = (
    ("Welcome and the minutes of last time", Kind.INFORMATION, 5),
    ("Peer talk: how are we?", Kind.PEER_SUPPORT, 15),
    ("What our data say", Kind.DATA, 15),
    ("Quality improvement: how far are our projects?", Kind.DISCUSSION, 20),
    ("Learning from each other, or from a guest", Kind.LEARNING, 15),
    ("Contract and sustainability", Kind.CONTRACT, 10),
    ("What we do until next time", Kind.ACTION, 5),
)


class StandingChangedMeanwhile(Exception):
    """Somebody else changed it after it was opened. `item` is as it is now."""

    def __init__(self, item: StandingItem) -> None:
        super().__init__(f"Standing item {item.pk} was changed meanwhile")
        self.item = item
        item.version = mark_of(item)  # type: ignore[attr-defined]


@transaction.atomic
def begin_standing_items(*, by: User, forum: Forum, at: datetime) -> None:
    """Put what is usual onto every agenda of a forum that has nothing there yet. Raises PermissionDenied."""
    now = _opened(by, forum, at)
    if not StandingItem.objects.filter(forum=now).exists():
        for title, kind, minutes in TO_BEGIN_WITH:
            _added(now, by, title=title, kind=kind, minutes_allowed=minutes)


@transaction.atomic
def add_standing_item(
    *, by: User, forum: Forum, title: str, kind: str, minutes_allowed: int | None, at: datetime
) -> StandingItem:
    """Let an item stand on every agenda from now on; one of that title stands there once.

    Raises PermissionDenied unless `by` writes up for the forum, ValidationError when there are enough.
    """
    now = _opened(by, forum, at)
    there = StandingItem.objects.filter(forum=now, title__iexact=title).first()
    return there or _added(now, by, title=title, kind=kind, minutes_allowed=minutes_allowed)


@transaction.atomic
def change_standing_item(
    *, by: User, item: StandingItem, version: int, title: str, kind: str, minutes_allowed: int | None, at: datetime
) -> StandingItem:
    """Change one; meetings that are planned already keep theirs. `version` is its mark when it was opened.

    Raises PermissionDenied as above, StandingChangedMeanwhile when it says something else by now.
    """
    _opened(by, item.forum, at)
    row = StandingItem.objects.select_related("forum").get(pk=item.pk)
    seen, before = mark_of(row), audit.snapshot(row)
    row.title, row.kind, row.minutes_allowed = title, kind, minutes_allowed
    if mark_of(row) == seen:
        return row
    if version != seen:
        raise StandingChangedMeanwhile(StandingItem.objects.get(pk=item.pk))
    row.save(update_fields=STANDING)
    audit.record("standing_item.changed", row, by=by, before=before)
    return row


@transaction.atomic
def remove_standing_item(*, by: User, item: StandingItem, at: datetime) -> None:
    """Let it stand on no agenda that is planned from now on. Raises PermissionDenied as above."""
    _opened(by, item.forum, at)
    row = StandingItem.objects.select_related("forum").filter(pk=item.pk).first()
    if row:
        audit.record("standing_item.removed", row, by=by, before=audit.snapshot(row))
        row.delete()


@transaction.atomic
def move_standing_item(*, by: User, item: StandingItem, is_up: bool, at: datetime) -> None:
    """Let it change places with the one before or after it. Raises PermissionDenied as above."""
    now = _opened(by, item.forum, at)
    rows = list(standing_items_of(now))
    here = next((n for n, row in enumerate(rows) if row.pk == item.pk), 0)
    there = here - 1 if is_up else here + 1
    if 0 <= there < len(rows):
        rows[here], rows[there] = rows[there], rows[here]
        for position, row in enumerate(rows, start=1):
            row.position = position
        StandingItem.objects.bulk_update(rows, ["position"])
        audit.record("standing_item.moved", rows[there], by=by, detail={"from": here + 1, "to": there + 1})


@transaction.atomic
def standing_items_onto(meeting: Meeting, *, by: User | None, at: datetime) -> int:
    """Put onto the agenda of a planned meeting what stands on every one, and is not there yet; gives how many.

    `by` is None when a series made the meeting by itself. Raises PermissionDenied when somebody may not.
    """
    now = Meeting.objects.select_for_update(of=("self",)).select_related("forum__cluster").get(pk=meeting.pk)
    if by is not None and not rules.can_write_agenda(reach_of(by, on=localdate(at)), now):
        raise PermissionDenied(WHO_KEEPS)
    stored = list(now.items.values_list("source", flat=True))
    fresh = standing_to_add(now.forum, stored)
    if fresh and now.state == Meeting.State.PLANNED:
        Item.objects.bulk_create(_item(now, n, row) for n, row in enumerate(fresh, start=len(stored) + 1))
        Meeting.objects.filter(pk=now.pk).update(version=F("version") + 1)
        audit.record("agenda.standing_items_added", now, by=by, detail={"items": len(fresh)})
    return len(fresh)


def _item(meeting: Meeting, position: int, row: StandingItem) -> Item:
    return Item(
        meeting=meeting,
        position=position,
        title=row.title,
        kind=row.kind,
        minutes_allowed=row.minutes_allowed,
        source=standing_key(row),
    )


def _opened(by: User, forum: Forum, at: datetime) -> Forum:
    """The forum, locked so that two who add at once get two places, once it is sure that `by` writes up there."""
    now = Forum.objects.select_for_update(of=("self",)).select_related("cluster").get(pk=forum.pk)
    if not rules.can_write_up_forum(reach_of(by, on=localdate(at)), now):
        raise PermissionDenied(WHO_KEEPS)
    return now


def _added(forum: Forum, by: User, *, title: str, kind: str, minutes_allowed: int | None) -> StandingItem:
    last = StandingItem.objects.filter(forum=forum).order_by("-position").first()
    if last and StandingItem.objects.filter(forum=forum).count() >= MOST:
        raise ValidationError(TOO_MANY)
    row = StandingItem.objects.create(
        forum=forum, position=last.position + 1 if last else 1, title=title, kind=kind, minutes_allowed=minutes_allowed
    )
    audit.record("standing_item.added", row, by=by)
    return row
