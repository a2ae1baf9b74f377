"""Writes the agenda of a planned meeting, item by item (MTG-06, MTG-08).

Every change counts the version of the meeting on, so that minutes which were opened before take notice of it.
"""

from datetime import datetime
from uuid import UUID

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import F
from django.utils.timezone import localdate

from accounts import audit
from accounts.models import User
from clusters.selectors import reach_of
from meetings import rules
from meetings.models import Item, LeftOut, Meeting, Topic
from meetings.plugs import Group, Suggested, suggestions_for
from meetings.selectors.agenda import ON_AGENDA, mark_of

WHO_WRITES = "Whoever writes up the meetings puts the agenda together, until the minutes are begun."
FULL = f"An agenda holds {rules.MOST_ON_AGENDA} items at most. Take one off, or leave this for the next meeting."
GONE = "This waits no longer: somebody dealt with it, or it stands on the agenda already."
# What an item is about that comes from one of these groups; from another it is discussed.
KINDS = {
    Group.REPLIES: Item.Kind.INFORMATION,
    Group.LATE: Item.Kind.ACTION,
    Group.OPEN: Item.Kind.ACTION,
    Group.LOOK_BACK: Item.Kind.DECISION,
    Group.FROM_ABOVE: Item.Kind.INFORMATION,
}


class ItemChangedMeanwhile(Exception):
    """Somebody else changed the item after it was opened. `item` is as it is now."""

    def __init__(self, item: Item) -> None:
        super().__init__(f"Agenda item {item.pk} was changed meanwhile")
        self.item = item
        item.version = mark_of(item)  # type: ignore[attr-defined]


@transaction.atomic
def add_agenda_item(
    *,
    by: User,
    meeting: Meeting,
    nonce: UUID,
    at: datetime,
    title: str,
    kind: str = Item.Kind.DISCUSSION,
    minutes_allowed: int | None = None,
    proposer: User | None = None,
    paper_title: str = "",
    paper_link: str = "",
) -> Item:
    """Put an item at the end of the agenda. The same form (`nonce`) with the same title again adds nothing twice.

    Raises PermissionDenied unless `by` writes up and the meeting is still planned, ValidationError when it is full.
    """
    now = _opened(by, meeting, at)
    source = f"form:{rules.own_nonce(nonce, by.pk, now.pk, title)}"
    there = now.items.filter(source=source).first()
    if there:
        return there
    item = Item(
        meeting=now,
        title=title,
        kind=kind,
        minutes_allowed=minutes_allowed,
        proposer=proposer,
        paper_title=paper_title,
        paper_link=paper_link,
        source=source,
    )
    return _added(item, by)


@transaction.atomic
def change_agenda_item(
    *,
    by: User,
    item: Item,
    version: int,
    at: datetime,
    title: str,
    kind: str,
    minutes_allowed: int | None,
    proposer: User | None,
    paper_title: str,
    paper_link: str,
) -> Item:
    """Change what an item of the agenda says; `version` is its mark when it was opened (`mark_of`).

    Raises PermissionDenied as above, ItemChangedMeanwhile when it says something else by now.
    """
    now = _opened(by, item.meeting, at)
    row = now.items.select_related("proposer", "meeting__forum__cluster").get(pk=item.pk)
    seen, before = mark_of(row), audit.snapshot(row)
    row.title, row.kind, row.minutes_allowed = title, kind, minutes_allowed
    row.proposer, row.paper_title, row.paper_link = proposer, paper_title, paper_link
    if mark_of(row) == seen:
        return row
    if version != seen:
        raise ItemChangedMeanwhile(now.items.select_related("proposer").get(pk=item.pk))
    row.save(update_fields=ON_AGENDA)
    audit.record("agenda.item_changed", row, by=by, before=before)
    _count_on(now)
    return row


@transaction.atomic
def remove_agenda_item(*, by: User, item: Item, at: datetime) -> Meeting:
    """Take an item off the agenda; what it came from is suggested again. Raises PermissionDenied as above."""
    now = _opened(by, item.meeting, at)
    row = now.items.filter(pk=item.pk).first()
    if row:
        audit.record("agenda.item_removed", row, by=by, before=audit.snapshot(row))
        row.delete()
        _number(now)
        _count_on(now)
    return now


@transaction.atomic
def move_agenda_item(*, by: User, item: Item, is_up: bool, at: datetime) -> Item:
    """Let an item change places with the one before or after it; at the end it stays. PermissionDenied as above."""
    now = _opened(by, item.meeting, at)
    rows = list(now.items.order_by("position", "pk"))
    here = next((n for n, row in enumerate(rows) if row.pk == item.pk), 0)
    there = here - 1 if is_up else here + 1
    if 0 <= there < len(rows):
        rows[here], rows[there] = rows[there], rows[here]
        _number(now, rows)
        audit.record("agenda.item_moved", rows[there], by=by, detail={"from": here + 1, "to": there + 1})
        _count_on(now)
    return item


@transaction.atomic
def park_agenda_item(*, by: User, item: Item, is_parked: bool, at: datetime) -> Item:
    """Say that there is no time for an item now: the next agenda takes it up. Raises PermissionDenied as above."""
    now = _opened(by, item.meeting, at)
    row = now.items.get(pk=item.pk)
    if row.is_parked != is_parked:
        before = audit.snapshot(row)
        row.is_parked = is_parked
        row.save(update_fields=["is_parked"])
        audit.record("agenda.item_parked", row, by=by, before=before)
        _count_on(now)
    return row


@transaction.atomic
def take_in(*, by: User, meeting: Meeting, key: str, at: datetime) -> Item:
    """Make a suggestion an item of its own, which keeps its key; what stands there already stays one item.

    Raises PermissionDenied as above, ValidationError when nothing of that key waits for `by`, or the agenda is full.
    """
    now = _opened(by, meeting, at)
    # Compared here: what was posted as a key may be nothing that a database can hold.
    there = next((item for item in now.items.all() if item.source == key), None)
    return there or _added(_item_of(now, _line(by, now, key, at)), by)


@transaction.atomic
def leave_out(*, by: User, meeting: Meeting, key: str, at: datetime) -> None:
    """Do without a suggestion this time. Raises PermissionDenied and ValidationError as `take_in`."""
    now = _opened(by, meeting, at)
    line = _line(by, now, key, at)
    row, is_new = LeftOut.objects.get_or_create(meeting=now, key=line.key, defaults={"at": at, "by": by})
    if is_new:
        audit.record("agenda.left_out", now, by=by, detail={"key": row.key})


@transaction.atomic
def put_back(*, by: User, meeting: Meeting, key: str, at: datetime) -> None:
    """Suggest again what was left out. Raises PermissionDenied as above."""
    now = _opened(by, meeting, at)
    row = next((row for row in LeftOut.objects.filter(meeting=now) if row.key == key), None)
    if row:
        row.delete()
        audit.record("agenda.put_back", now, by=by, detail={"key": key})


def _opened(by: User, meeting: Meeting, at: datetime) -> Meeting:
    """The meeting as it is now, locked, once it is sure that `by` writes its agenda."""
    now = Meeting.objects.select_for_update(of=("self",)).select_related("forum__cluster").get(pk=meeting.pk)
    if not rules.can_write_agenda(reach_of(by, on=localdate(at)), now):
        raise PermissionDenied(WHO_WRITES)
    return now


def _line(by: User, meeting: Meeting, key: str, at: datetime) -> Suggested:
    lines = suggestions_for(meeting.forum, on=meeting.held_on, reach=reach_of(by, on=localdate(at)))
    found = next((line for line in lines if line.key == key), None)
    if found is None:
        raise ValidationError(GONE)
    return found


def _item_of(meeting: Meeting, line: Suggested) -> Item:
    item = Item(
        meeting=meeting,
        title=line.text[:300],
        kind=KINDS.get(line.group, Item.Kind.DISCUSSION),
        is_kept_in_cluster=line.is_kept,
        source=line.key,
    )
    kind, _, pk = line.key.partition(":")
    if kind == "topic":
        topic = Topic.objects.select_related("proposed_by").get(pk=pk)
        item.topic, item.proposer = topic, topic.proposed_by
    if kind == "item":
        old = Item.objects.get(pk=pk)
        for name in ("kind", "minutes_allowed", "proposer_id", "paper_title", "paper_link", "topic_id", "orientation"):
            setattr(item, name, getattr(old, name))
    return item


def _added(item: Item, by: User) -> Item:
    there = item.meeting.items.count()
    if there >= rules.MOST_ON_AGENDA:
        raise ValidationError(FULL)
    item.position = there + 1
    item.save()
    audit.record("agenda.item_added", item, by=by, detail={"meeting": item.meeting_id})
    _count_on(item.meeting)
    return item


def _number(meeting: Meeting, rows: list[Item] | None = None) -> None:
    """Positions from 1 on, in the order of `rows`, else as they stand."""
    rows = list(meeting.items.order_by("position", "pk")) if rows is None else rows
    for position, row in enumerate(rows, start=1):
        row.position = position
    Item.objects.bulk_update(rows, ["position"])


def _count_on(meeting: Meeting) -> None:
    Meeting.objects.filter(pk=meeting.pk).update(version=F("version") + 1)
