"""What each reader sees of a meeting: worked out in one place, for the preview and for the page alike."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch
from django.utils.timezone import localdate

from accounts.reach import Reach
from clusters.models import Forum
from meetings import rules
from meetings.models import Action, Amendment, Ask, Attendance, Audience, Item, Meeting
from meetings.selectors.doors import is_around
from meetings.selectors.people import held_above_only
from meetings.selectors.seen import ActionSeen, AskSeen, AttendanceSeen, ItemSeen, MinutesSeen, NoteSeen
from meetings.selectors.tags import tagged_actions, tagged_items, word_of

State = Meeting.State
Presence = Attendance.Presence
REPRESENTED = (Presence.PRESENT, Presence.DEPUTY)


def what_reader_sees(meeting: Meeting, reach: Reach) -> MinutesSeen | None:
    """The meeting as this reader may read it; None for somebody it is not shared with.

    Who writes up reads the draft as the cluster will.
    """
    audience = reads_as(reach, meeting)
    return what_audience_sees(meeting, audience) if audience else None


def reads_as(reach: Reach, meeting: Meeting) -> Audience | None:
    """As whom the reader reads this meeting, also from a cluster around a forum that published it for clusters."""
    audience = rules.audience_of(reach, meeting)
    if audience or not (meeting.is_for_clusters and meeting.state == State.PUBLISHED):
        return audience
    return Audience.AROUND if is_around(reach, meeting.forum_id) else None


def what_audience_sees(
    meeting: Meeting, audience: Audience, *, kept_items: Collection[int] | None = None
) -> MinutesSeen:
    """The meeting as `audience` reads it, with the items in `kept_items` kept in the cluster (default: as stored).

    Above the cluster: how many practices were represented, never who was away; guests as a number; items that
    are not kept, with the notes to them; how many actions are open and done; and in full only actions held by people
    above the cluster and questions put to them. A kept item adds nothing but its actions to the two numbers. Of a
    forum that is no cluster whoever reads an item reads its actions.
    """
    return _seen(meeting, _rows_of(meeting, is_for_above=audience is not Audience.CLUSTER), audience, kept_items)


def previews_of(meeting: Meeting, *, kept_items: Collection[int]) -> dict[Audience, MinutesSeen]:
    """The meeting as each audience of its forum would read it, from one reading of its rows."""
    rows = _rows_of(meeting, is_for_above=True)
    return {audience: _seen(meeting, rows, audience, kept_items) for audience in rules.audiences_of(meeting.forum)}


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


@dataclass(frozen=True)
class _Rows:
    """What one reading of a meeting found. `holders`: people who act from above the cluster."""

    there: list[Attendance]
    items: list[Item]
    notes: list[Amendment]
    holders: Collection[int]


def _rows_of(meeting: Meeting, *, is_for_above: bool) -> _Rows:
    there = list(meeting.attendances.select_related("practice", "person").prefetch_related("person__former_names"))
    actions = tagged_actions(Action.objects.select_related("owner", "owner_practice"))
    inner = (Prefetch("actions", queryset=actions), "asks__to__former_names")
    items = list(tagged_items(meeting.items.all()).prefetch_related(*inner))
    notes = Amendment.objects.filter(meeting=meeting).select_related("added_by")
    may_have_notes = meeting.state in (State.AGREED, State.PUBLISHED)
    return _Rows(
        there,
        items,
        list(notes.prefetch_related("added_by__former_names")) if may_have_notes else [],
        _held_above(meeting) if is_for_above else (),
    )


def _seen(meeting: Meeting, rows: _Rows, audience: Audience, kept_items: Collection[int] | None) -> MinutesSeen:
    inside, is_cluster = audience is Audience.CLUSTER, meeting.forum.kind == Forum.Kind.CLUSTER
    seats = [a for a in rows.there if a.presence != Presence.GUEST]
    actions = [action for item in rows.items for action in item.actions.all()]
    holders = rows.holders if is_cluster else {action.owner_id for action in actions}
    notes = [note for note in rows.notes if inside or not note.is_kept_in_cluster]
    seen = (_item(i, inside, holders, _is_kept(i, kept_items), notes) for i in rows.items)
    return MinutesSeen(
        audience=audience,
        represented=sum(a.presence in REPRESENTED for a in seats),
        practices=len(seats),
        guests=len(rows.there) - len(seats),
        attendances=tuple(_attendance(a, on=meeting.held_on) for a in rows.there) if inside else (),
        items=tuple(item for item in seen if inside or not item.is_kept),
        open_actions=sum(a.state == Action.State.OPEN for a in actions),
        done_actions=sum(a.state == Action.State.DONE for a in actions),
        was_data_present=meeting.was_data_present,
        next_on=meeting.next_on,
        is_draft=meeting.state == State.DRAFT,
        seat_word="practices" if is_cluster else "members",
        notes=tuple(_note(note) for note in notes if note.item_id is None),
    )


def _held_above(meeting: Meeting) -> dict[int, Audience]:
    cluster = getattr(meeting.forum, "cluster", None)
    return held_above_only(cluster, on=meeting.held_on) if cluster else {}


def _is_kept(item: Item, kept_items: Collection[int] | None) -> bool:
    if item.kind in rules.ALWAYS_KEPT:
        return True
    return item.is_kept_in_cluster if kept_items is None else item.pk in kept_items


def _item(
    item: Item, inside: bool, holders: Collection[int | None], is_kept: bool, notes: Collection[Amendment]
) -> ItemSeen:
    return ItemSeen(
        pk=item.pk,
        title=item.title,
        kind=item.get_kind_display(),
        discussion=item.discussion,
        decision=item.decision,
        decision_reason=item.decision_reason,
        is_kept=is_kept,
        is_always_kept=item.kind in rules.ALWAYS_KEPT,
        is_event=item.kind == Item.Kind.SIGNIFICANT_EVENT,
        tag=word_of(getattr(item, "tag", "")),
        actions=tuple(_action(a) for a in item.actions.all() if inside or a.owner_id in holders),
        asks=tuple(_ask(a) for a in item.asks.all() if a.state != Ask.State.WITHDRAWN or inside),
        notes=tuple(_note(note) for note in notes if note.item_id == item.pk),
    )


def _note(note: Amendment) -> NoteSeen:
    on = localdate(note.added_at)
    return NoteSeen(note.text, on, note.added_by.called_on(on), note.is_kept_in_cluster)


def _action(action: Action) -> ActionSeen:
    return ActionSeen(
        pk=action.pk,
        what=action.what,
        owner=str(action.holder),
        due_on=action.due_on,
        state=action.get_state_display(),
        is_open=action.state == Action.State.OPEN,
        tag=word_of(getattr(action, "tag", "")),
    )


def _ask(ask: Ask) -> AskSeen:
    to = ask.to.called_on(localdate(ask.asked_at))
    return AskSeen(ask.pk, ask.question, to, ask.reply_by, ask.get_state_display())


def _attendance(row: Attendance, *, on: date) -> AttendanceSeen:
    """Who was there, by the name of that day (F37). Of a member without a practice: who came in their place."""
    name = row.name or (row.person.called_on(on) if row.person else "")
    if row.practice is None:
        return AttendanceSeen(name, row.get_presence_display(), row.organisation, row.is_from_hscp)
    return AttendanceSeen(row.practice.name, row.get_presence_display(), name)
