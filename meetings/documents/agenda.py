"""The agenda of a meeting with what belongs to it: timings, papers, actions, and what else waits to be talked about."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from itertools import groupby

from accounts.models import User
from accounts.reach import Reach
from meetings.documents.sheets import action_table, members_only, printed_for
from meetings.models import Action, Item, Meeting
from meetings.plugs import Group, Suggested, suggestions_for
from meetings.selectors import actions_of_forum
from meetings.selectors.agenda import Agenda, Slot, slots_of
from shared.dates import in_words
from shared.documents import Block, Bullets, Document, Facts, Heading, Line, Paragraph, Table

IN_THE_TABLES = (Group.LATE, Group.OPEN)  # actions have tables of their own, with who and by when, in these parts


def agenda_document(meeting: Meeting, reach: Reach, *, reader: User) -> Document:
    """The agenda pack, for a reader who is inside the forum: the door checks that."""
    items = list(meeting.items.select_related("proposer"))
    return Document(
        title=f"Agenda of {meeting.forum}, {in_words(meeting.held_on)}",
        about=f"{meeting.forum} · {in_words(meeting.held_on)}",
        printed=printed_for(reader, on=reach.day),
        readers=members_only(meeting.forum),
        mark="Called off" if meeting.state == Meeting.State.CANCELLED else "",
        blocks=(
            *_when_and_where(meeting),
            *_items(meeting, items),
            *_actions(meeting, reach),
            *_others(meeting, items),
        ),
    )


def _when_and_where(meeting: Meeting) -> Iterator[Block]:
    when = in_words(meeting.held_on)
    if meeting.starts_at:
        when += f", {meeting.starts_at:%H:%M} to {_after(meeting.starts_at, meeting.minutes_long):%H:%M}"
    pairs = [("When", when), ("How", meeting.mode_in_words), ("Where", meeting.place)]
    yield Facts(tuple((name, value) for name, value in pairs if value))
    if meeting.joining_link:
        yield Paragraph(Line(meeting.joining_link, label="Join", link=meeting.joining_link))


def _items(meeting: Meeting, items: list[Item]) -> Iterator[Block]:
    yield Heading("Agenda")
    if not items:
        yield Paragraph(Line("Nothing is on the agenda yet."))
        return
    agenda = Agenda(meeting, slots_of(meeting, items))
    yield Table(
        ("Time", "What", "Kind", "Length"), tuple(_row(*slot) for slot in enumerate(agenda.slots, 1)), (2, 10, 4, 2)
    )
    if agenda.minutes and meeting.state == Meeting.State.PLANNED:
        yield Paragraph(Line(agenda.time_in_words))
    papers = tuple(
        Line(item.paper_title or item.paper_link, label=item.title, link=item.paper_link)
        for item in items
        if item.paper_title or item.paper_link
    )
    if papers:
        yield from (Heading("Papers"), Bullets(papers))


def _row(number: int, slot: Slot) -> tuple[str, ...]:
    title = f"{number}. {slot.title}" + (f"\nProposed by {slot.proposer}" if slot.proposer else "")
    length = f"{slot.minutes} min" if slot.minutes else ""
    begins = f"{slot.begins:%H:%M}" if slot.begins else ""
    return (begins, title, slot.kind, "Parked" if slot.is_parked else length)


def _actions(meeting: Meeting, reach: Reach) -> Iterator[Block]:
    still_open = actions_of_forum(meeting.forum).filter(state=Action.State.OPEN)
    found: dict[Group, list[Action]] = {group: [] for group in IN_THE_TABLES}
    for action in still_open:
        found[Group.LATE if action.due_on < meeting.held_on else Group.OPEN].append(action)
    for group, actions in found.items():
        if actions:
            yield from (Heading(group.value), action_table(actions, forum=meeting.forum, on=reach.day))


def _others(meeting: Meeting, items: list[Item]) -> Iterator[Block]:
    """What else the agenda could hold, if it stands on it already or was left out neither."""
    settled = {item.source for item in items} | set(meeting.left_out.values_list("key", flat=True))
    waiting = [line for line in suggestions_for(meeting.forum, on=meeting.held_on) if line.key not in settled]
    for group, lines in groupby(waiting, key=lambda line: line.group):
        if group not in IN_THE_TABLES:
            yield from (Heading(group.value), Bullets(tuple(map(_suggested, lines))))


def _suggested(line: Suggested) -> Line:
    return Line(f"{line.text} ({line.detail})" if line.detail else line.text)


def _after(begins: time, minutes: int) -> time:
    return (datetime.combine(date.min, begins) + timedelta(minutes=minutes)).time()
