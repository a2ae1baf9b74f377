"""The agenda of a planned meeting: what stands on it, with its times, and what it could hold besides."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import groupby
from typing import Any
from zlib import crc32

from accounts.models import User
from accounts.reach import Reach
from clusters.models import Forum
from clusters.selectors import people_inside
from clusters.selectors.seats import seats_of
from meetings import rules
from meetings.models import Item, Meeting, StandingItem
from meetings.plugs import Group, Suggested, suggestions_for
from meetings.selectors.doors import meetings_within
from meetings.selectors.entries import WEB
from shared.doors import open_door

ON_AGENDA = ("title", "kind", "minutes_allowed", "proposer", "paper_title", "paper_link")
STANDING = ("title", "kind", "minutes_allowed")


@dataclass(frozen=True)
class Slot:
    """One item of an agenda. `begins` by the clock, None where a time before it is open; `paper_link` only if it is a
    web address.
    """

    pk: int
    title: str
    kind: str
    begins: time | None
    minutes: int | None
    proposer: str
    paper_title: str
    paper_link: str
    topic: int | None
    is_parked: bool
    is_contract: bool
    is_peer_talk: bool


@dataclass(frozen=True)
class Agenda:
    """What stands on the agenda, in order; what fills itself, by group; and what was left out this time.

    `lacks_standing`: something that stands on every agenda of the forum is not on this one, and there is room for it.
    """

    meeting: Meeting
    slots: tuple[Slot, ...]
    groups: tuple[tuple[Group, tuple[Suggested, ...]], ...] = ()
    left_out: tuple[Suggested, ...] = ()
    lacks_standing: bool = False

    @property
    def minutes(self) -> int:
        return sum(slot.minutes or 0 for slot in self.slots if not slot.is_parked)

    @property
    def contract_minutes(self) -> int:
        """Time for contract and sustainability, told apart from quality improvement (MTG-29)."""
        return sum(slot.minutes or 0 for slot in self.slots if slot.is_contract and not slot.is_parked)

    @property
    def has_peer_talk(self) -> bool:
        return any(slot.is_peer_talk and not slot.is_parked for slot in self.slots)

    @property
    def over(self) -> int:
        """Minutes by which it is too long; below nothing what is left."""
        return self.minutes - self.meeting.minutes_long

    @property
    def time_in_words(self) -> str:
        """ "80 of 90 minutes: 10 minutes left." and what has no time yet."""
        said = f"{self.minutes} of {_in_minutes(self.meeting.minutes_long)}"
        if self.over:
            said += f": {_in_minutes(abs(self.over))} {'over' if self.over > 0 else 'left'}"
        without = sum(slot.minutes is None and not slot.is_parked for slot in self.slots)
        if without:
            said += f". {without} item{' has' if without == 1 else 's have'} no time yet"
        return f"{said}."


def agenda_of(meeting: Meeting, reach: Reach) -> Agenda:
    """The agenda as this reader may read it: nothing fills itself for somebody outside the forum.

    The number of queries does not depend on what is in it.
    """
    items = list(meeting.items.select_related("proposer").prefetch_related("proposer__former_names"))
    slots = slots_of(meeting, items)
    stored = [item.source for item in items]
    lacks = rules.can_write_agenda(reach, meeting) and bool(standing_to_add(meeting.forum, stored))
    if not rules.can_see_inside(reach, meeting):
        return Agenda(meeting, slots, lacks_standing=lacks)
    taken = {*stored, *_on_another(meeting)}
    out = set(meeting.left_out.values_list("key", flat=True))
    found = suggestions_for(meeting.forum, on=meeting.held_on, reach=reach)
    lines = [line for line in found if line.key not in taken]
    open_ones = [line for line in lines if line.key not in out]
    groups = tuple((group, tuple(of)) for group, of in groupby(open_ones, key=lambda line: line.group))
    return Agenda(meeting, slots, groups, tuple(line for line in lines if line.key in out), lacks)


def _on_another(meeting: Meeting) -> set[str]:
    """What stands on the agenda of another meeting to come, and is not parked there, is not offered twice."""
    others = Item.objects.filter(meeting__forum=meeting.forum_id, meeting__state=Meeting.State.PLANNED, is_parked=False)
    return set(others.exclude(meeting=meeting).exclude(source="").values_list("source", flat=True))


def slots_of(meeting: Meeting, items: Iterable[Item]) -> tuple[Slot, ...]:
    """The items of a meeting in their order, each with the time at which it begins."""
    return tuple(_slots(meeting, items))


def agenda_item_for(reach: Reach, pk: int, *, sentence: str) -> Item:
    """An item of a planned meeting within reach (404), if the reader writes its agenda (403 with `sentence`)."""
    planned = meetings_within(reach).filter(state=Meeting.State.PLANNED).order_by()
    items = Item.objects.filter(meeting__in=planned).select_related("meeting__forum__cluster", "proposer")
    return open_door(
        items, may=lambda r, item: rules.can_write_agenda(r, item.meeting), reach=reach, sentence=sentence, pk=pk
    )


def standing_items_of(forum: Forum) -> Sequence[StandingItem]:
    """What stands on every agenda of the forum, in order."""
    return list(StandingItem.objects.filter(forum=forum).order_by("position", "pk"))


def standing_key(row: StandingItem) -> str:
    """The `source` of the items that a standing item became."""
    return f"standing:{row.pk}"


def standing_to_add(forum: Forum, sources: Collection[str]) -> Sequence[StandingItem]:
    """What stands on every agenda and is missing on one whose items have `sources`, as far as there is room."""
    fresh = [row for row in standing_items_of(forum) if standing_key(row) not in sources]
    return fresh[: max(rules.MOST_ON_AGENDA - len(sources), 0)]


def standing_item_for(reach: Reach, pk: int, *, sentence: str) -> StandingItem:
    """One standing item of a forum that the reader is a part of (404), if they write up there (403)."""
    forums = rules.forums_inside(reach) | rules.forums_written_up(reach)
    items = StandingItem.objects.filter(forum__in=forums).select_related("forum__cluster")
    return open_door(
        items, may=lambda r, item: rules.can_write_up_forum(r, item.forum), reach=reach, sentence=sentence, pk=pk
    )


def proposers_of(forum: Forum, *, on: date) -> list[User]:
    """Whose item it can be: everybody inside the forum who can sign in."""
    cluster = getattr(forum, "cluster", None)
    if cluster:
        return list(people_inside(cluster, on=on))
    return list({seat.person.pk: seat.person for seat in seats_of(forum, on=on) if seat.person}.values())


def next_planned(forum: Forum, *, on: date) -> Meeting | None:
    """The forum's next planned meeting from a day on."""
    ahead = Meeting.objects.filter(forum=forum, state=Meeting.State.PLANNED, held_on__gte=on)
    return ahead.order_by("held_on", "starts_at", "pk").first()


def mark_of(row: Item | StandingItem) -> int:
    """A number that stands for what a row says now: a form that was opened on other words has another one."""
    names = ON_AGENDA if isinstance(row, Item) else STANDING
    return crc32(repr([row.serializable_value(name) for name in names]).encode())


def _slots(meeting: Meeting, items: Iterable[Item]) -> Iterable[Slot]:
    begins = meeting.starts_at
    for item in items:
        yield Slot(
            pk=item.pk,
            title=item.title,
            kind=item.get_kind_display(),
            begins=None if item.is_parked else begins,
            minutes=item.minutes_allowed,
            proposer=item.proposer.called_on(meeting.held_on) if item.proposer else "",
            paper_title=item.paper_title or item.paper_link,
            paper_link=item.paper_link if item.paper_link.startswith(WEB) else "",
            topic=item.topic_id,
            is_parked=item.is_parked,
            is_contract=item.kind == Item.Kind.CONTRACT,
            is_peer_talk=item.kind == Item.Kind.PEER_SUPPORT,
        )
        if not item.is_parked:
            begins = _later(begins, item.minutes_allowed)


def _later(begins: time | None, minutes: int | None) -> time | None:
    """When the next one begins: after an item without a length nobody knows."""
    if begins is None or minutes is None:
        return None
    return (datetime.combine(date.min, begins) + timedelta(minutes=minutes)).time()


def _in_minutes(number: Any) -> str:
    return f"{number} minute{'' if number == 1 else 's'}"
