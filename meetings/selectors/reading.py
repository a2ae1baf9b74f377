"""What each reader sees of a meeting: worked out in one place, for the preview and for the page alike."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from accounts.reach import Reach
from meetings import rules
from meetings.models import Action, Ask, Attendance, Audience, Item, Meeting
from meetings.selectors.people import held_above_only

Presence = Attendance.Presence
REPRESENTED = (Presence.PRESENT, Presence.DEPUTY)


@dataclass(frozen=True)
class ActionSeen:
    pk: int
    what: str
    owner: str
    due_on: date
    state: str
    is_open: bool


@dataclass(frozen=True)
class AskSeen:
    pk: int
    question: str
    to: str
    reply_by: date
    state: str


@dataclass(frozen=True)
class ItemSeen:
    pk: int
    title: str
    kind: str
    discussion: str
    decision: str
    decision_reason: str
    is_kept: bool
    is_always_kept: bool
    actions: tuple[ActionSeen, ...]
    asks: tuple[AskSeen, ...]


@dataclass(frozen=True)
class AttendanceSeen:
    who: str
    presence: str
    name: str


@dataclass(frozen=True)
class MinutesSeen:
    """A meeting as one audience reads it. Whatever the audience may not see is not in here at all."""

    audience: Audience
    represented: int
    practices: int
    guests: int
    attendances: tuple[AttendanceSeen, ...]
    items: tuple[ItemSeen, ...]
    open_actions: int
    done_actions: int
    was_data_present: bool | None
    next_on: date | None
    is_draft: bool

    @property
    def is_inside(self) -> bool:
        return self.audience is Audience.CLUSTER

    @property
    def decisions(self) -> int:
        return sum(bool(item.decision) for item in self.items)


def what_reader_sees(meeting: Meeting, reach: Reach) -> MinutesSeen | None:
    """The meeting as this reader may read it; None for somebody it is not shared with.

    Who writes up reads the draft as the cluster will.
    """
    audience = rules.audience_of(reach, meeting)
    return what_audience_sees(meeting, audience) if audience else None


def what_audience_sees(
    meeting: Meeting, audience: Audience, *, kept_items: Collection[int] | None = None
) -> MinutesSeen:
    """The meeting as `audience` reads it, with the items in `kept_items` kept in the cluster (default: as stored).

    Above the cluster: how many practices were represented, never who was away; guests as a number; items that
    are not kept; how many actions are open and done; and in full only actions held by people above the cluster
    and questions put to them. A kept item adds nothing but its actions to the two numbers.
    """
    return _seen(meeting, _rows_of(meeting, is_for_above=audience is not Audience.CLUSTER), audience, kept_items)


def previews_of(meeting: Meeting, *, kept_items: Collection[int]) -> dict[Audience, MinutesSeen]:
    """The meeting as each audience would read it, from one reading of its rows."""
    rows = _rows_of(meeting, is_for_above=True)
    return {audience: _seen(meeting, rows, audience, kept_items) for audience in (*Audience,)}


def actions_for_owners(meeting: Meeting, opened: Mapping[Audience, MinutesSeen]) -> dict[Audience, list[ActionSeen]]:
    """Actions of people above the cluster that no minutes `opened` to their audience show.

    Their owners see them all the same, on their own pages, whatever is shared.
    """
    holders = _held_above(meeting)
    shown = {a: {action.pk for item in seen.items for action in item.actions} for a, seen in opened.items()}
    own: dict[Audience, list[ActionSeen]] = {audience: [] for audience in Audience}
    actions = Action.objects.filter(item__meeting=meeting, owner__in=holders).select_related("owner", "owner_practice")
    for action in actions:
        audience = holders[action.owner_id]
        if action.pk not in shown.get(audience, ()):
            own[audience].append(_action(action))
    return own


Rows = tuple[list[Attendance], list[Item], Collection[int]]


def _rows_of(meeting: Meeting, *, is_for_above: bool) -> Rows:
    """Who was there, the items with what is in them, and the ids of people who act from above the cluster."""
    there = list(meeting.attendances.select_related("practice", "person"))
    items = list(meeting.items.prefetch_related("actions__owner", "actions__owner_practice", "asks__to"))
    return there, items, _held_above(meeting) if is_for_above else ()


def _seen(meeting: Meeting, rows: Rows, audience: Audience, kept_items: Collection[int] | None) -> MinutesSeen:
    there, items, holders = rows
    inside = audience is Audience.CLUSTER
    seats = [a for a in there if a.presence != Presence.GUEST]
    actions = [action for item in items for action in item.actions.all()]
    seen = (_item(i, inside, holders, _is_kept(i, kept_items)) for i in items)
    return MinutesSeen(
        audience=audience,
        represented=sum(a.presence in REPRESENTED for a in seats),
        practices=len(seats),
        guests=len(there) - len(seats),
        attendances=tuple(_attendance(a) for a in there) if inside else (),
        items=tuple(item for item in seen if inside or not item.is_kept),
        open_actions=sum(a.state == Action.State.OPEN for a in actions),
        done_actions=sum(a.state == Action.State.DONE for a in actions),
        was_data_present=meeting.was_data_present,
        next_on=meeting.next_on,
        is_draft=meeting.state == Meeting.State.DRAFT,
    )


def _held_above(meeting: Meeting) -> dict[int, Audience]:
    cluster = getattr(meeting.forum, "cluster", None)
    return held_above_only(cluster, on=meeting.held_on) if cluster else {}


def _is_kept(item: Item, kept_items: Collection[int] | None) -> bool:
    if item.kind in rules.ALWAYS_KEPT:
        return True
    return item.is_kept_in_cluster if kept_items is None else item.pk in kept_items


def _item(item: Item, inside: bool, holders: Collection[int], is_kept: bool) -> ItemSeen:
    return ItemSeen(
        pk=item.pk,
        title=item.title,
        kind=item.get_kind_display(),
        discussion=item.discussion,
        decision=item.decision,
        decision_reason=item.decision_reason,
        is_kept=is_kept,
        is_always_kept=item.kind in rules.ALWAYS_KEPT,
        actions=tuple(_action(a) for a in item.actions.all() if inside or a.owner_id in holders),
        asks=tuple(_ask(a) for a in item.asks.all() if a.state != Ask.State.WITHDRAWN or inside),
    )


def _action(action: Action) -> ActionSeen:
    return ActionSeen(
        pk=action.pk,
        what=action.what,
        owner=str(action.holder),
        due_on=action.due_on,
        state=action.get_state_display(),
        is_open=action.state == Action.State.OPEN,
    )


def _ask(ask: Ask) -> AskSeen:
    return AskSeen(ask.pk, ask.question, ask.to.full_name, ask.reply_by, ask.get_state_display())


def _attendance(row: Attendance) -> AttendanceSeen:
    if row.practice is None:
        return AttendanceSeen(row.name, row.get_presence_display(), row.organisation)
    name = row.name or (row.person.full_name if row.person else "")
    return AttendanceSeen(row.practice.name, row.get_presence_display(), name)
