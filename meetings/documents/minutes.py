"""The minutes as their reader may read them: what is withheld from them is not in the file."""

from collections.abc import Iterator

from django.http import Http404
from django.utils.timezone import localdate

from accounts.models import User
from accounts.reach import Reach
from meetings import rules
from meetings.documents.sheets import members_only, printed_for
from meetings.models import Audience, Meeting
from meetings.selectors import ActionSeen, AskSeen, AttendanceSeen, ItemSeen, MinutesSeen, what_reader_sees
from meetings.selectors.seen import NoteSeen
from shared.dates import in_words
from shared.documents import Block, Bullets, Document, Facts, Heading, Line, Paragraph, Table

State = Meeting.State
MARKS = {State.DRAFT: "Draft", State.CIRCULATED: "For correction"}
SHARED_WITH = {
    Audience.HSCP: "its HSCP",
    Audience.BOARD: "its HSCP and health board",
    Audience.AROUND: "the clusters around it",
}


def minutes_document(meeting: Meeting, reach: Reach, *, reader: User) -> Document:
    """The minutes of a meeting that the reader may open. Raises Http404 where there are none for them."""
    seen = what_reader_sees(meeting, reach)
    if seen is None or meeting.state in (State.PLANNED, State.CANCELLED):
        raise Http404
    return Document(
        title=f"Minutes of {meeting.forum}, {in_words(meeting.held_on)}",
        about=f"{meeting.forum} · {in_words(meeting.held_on)}",
        printed=printed_for(reader, on=reach.day),
        readers=_readers(meeting, seen),
        mark=MARKS.get(State(meeting.state), ""),
        blocks=(*_facts(meeting, seen), *_there(seen), *_covered(seen)),
    )


def _readers(meeting: Meeting, seen: MinutesSeen) -> str:
    if seen.is_draft:
        return f"A draft, for those who write up the minutes of {meeting.forum} only."
    if seen.is_inside:
        return members_only(meeting.forum)
    return f"This is what {meeting.forum} shares with {SHARED_WITH[seen.audience]}; for nobody else."


def _facts(meeting: Meeting, seen: MinutesSeen) -> Iterator[Block]:
    there = f"{seen.represented} of {seen.practices} {seen.seat_word}"
    there += f", {seen.guests} guest{'s' if seen.guests > 1 else ''}" if seen.guests else ""
    data = {None: "", True: "Was looked at", False: "Was not looked at"}
    pairs = [
        ("State", _state(meeting)),
        ("Who may read it", _who(meeting) if seen.is_inside and meeting.published_at else ""),
        ("How", ", ".join(filter(None, [meeting.mode_in_words, meeting.place if seen.is_inside else ""]))),
        ("There" if seen.seat_word == "members" else "Represented", there),
        ("Actions", f"{seen.open_actions} open, {seen.done_actions} done"),
        ("Data", data[seen.was_data_present]),
        ("Next meeting", in_words(seen.next_on) if seen.next_on else ""),
    ]
    yield Facts(tuple((name, value) for name, value in pairs if value))


def _who(meeting: Meeting) -> str:
    return rules.readers_in_words(meeting.forum, meeting.share_level, is_for_clusters=meeting.is_for_clusters)


def _state(meeting: Meeting) -> str:
    for word, at in (("Published", meeting.published_at), ("Agreed", meeting.agreed_at)):
        if at:
            return f"{word} on {in_words(localdate(at))}"
    until = meeting.corrections_until if meeting.state == State.CIRCULATED else None
    return f"For correction until {in_words(until)}" if until else str(meeting.get_state_display())


def _there(seen: MinutesSeen) -> Iterator[Block]:
    if seen.is_inside and seen.attendances:
        who = "Member" if seen.seat_word == "members" else "Practice"
        rows = tuple((a.who, _presence(a), a.name) for a in seen.attendances)
        yield from (Heading("Who was there"), Table((f"{who} or guest", "How", "Who came"), rows, (6, 3, 6)))


def _presence(attendance: AttendanceSeen) -> str:
    return f"{attendance.presence}, for the HSCP" if attendance.is_from_hscp else attendance.presence


def _covered(seen: MinutesSeen) -> Iterator[Block]:
    yield Heading("What was covered")
    for number, item in enumerate(seen.items, 1):
        yield from _item(number, item, seen)
    if not seen.items:
        yield Paragraph(Line("Nothing was written down." if seen.is_inside else "No item is shared."))
    yield from (_note(note, seen) for note in seen.notes)


def _item(number: int, item: ItemSeen, seen: MinutesSeen) -> Iterator[Block]:
    yield Heading(f"{number}. {item.title}", 2)
    kept = seen.kept_word if item.is_kept else ""
    yield Paragraph(Line(", ".join(filter(None, [item.kind, item.tag, kept]))), is_quiet=True)
    if item.discussion:
        yield Paragraph(Line(item.discussion))
    if item.decision:
        yield Paragraph(Line(item.decision, label="Decision"))
    if item.decision_reason:
        yield Paragraph(Line(item.decision_reason, label="Because"))
    lines = (*map(_action, item.actions), *(_ask(ask, seen) for ask in item.asks))
    if lines:
        yield Bullets(lines)
    yield from (_note(note, seen) for note in item.notes)


def _action(action: ActionSeen) -> Line:
    closed = "" if action.is_open else f" ({action.state.lower()})"
    return Line(f"{action.what} → {action.owner}, {in_words(action.due_on)}{closed}", label="Action")


def _ask(ask: AskSeen, seen: MinutesSeen) -> Line:
    state = "goes out with the minutes" if seen.is_draft else ask.state.lower()
    return Line(f"{ask.question} → {ask.to}, reply by {in_words(ask.reply_by)} ({state})", label="Asked the HSCP")


def _note(note: NoteSeen, seen: MinutesSeen) -> Paragraph:
    kept = f" ({seen.kept_word})" if note.is_kept and seen.is_inside else ""
    return Paragraph(Line(f"{note.text}{kept}", label=f"Note added {in_words(note.on)} by {note.by}"))
