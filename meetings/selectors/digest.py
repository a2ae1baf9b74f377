"""What meetings, actions, questions and decisions remind people of: one query for everybody; the rules decide who."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, datetime, time
from typing import Any

from django.db.models import Count, OuterRef, Q, Subquery
from django.urls import reverse
from django.utils import timezone

from accounts.reach import Reach
from meetings import rules
from meetings.models import Action, ActionStep, Ask, Correction, Item, LookBack, Meeting, PracticeReturn
from office.plugs import Asked, Line, Section
from shared.dates import in_words

State = Meeting.State
Told = dict[int, list[Line]]
AGREE_WITHIN = 14  # days after which minutes that nobody finished are late


def people_in(asked: Asked, forums: Callable[[Reach], Iterable[int]]) -> dict[int, list[int]]:
    """By forum id, the people for whom `forums` names it."""
    found: dict[int, list[int]] = defaultdict(list)
    for pk in asked.people:
        for forum in forums(asked.reaches[pk]):
            found[forum].append(pk)
    return found


# --- Actions -------------------------------------------------------------------------------------


def actions_to_tell(asked: Asked) -> Told:
    """Open actions of theirs that are late, due soon, or new since they were last told; and for who answers for the
    HSCP, replies to what was requested or mandated.
    """
    mine = people_in(asked, rules.forums_of_today)
    practices = people_in(asked, lambda reach: reach.practices_held(*rules.FOR_THE_PRACTICE))
    told: Told = defaultdict(list)
    actions = list(_actions(asked))
    done = _done_by(actions)
    answering = people_in(asked, rules.forums_issued_to)
    for action in actions:
        if action.state == Action.State.DONE:
            _tell_return(action, answering[action.forum_id], asked, told)
            continue
        near = [*mine[action.forum_id], *practices[action.owner_practice_id or 0]]
        for pk in [action.owner_id] if action.owner_id else dict.fromkeys(near):
            if pk in asked.people and _is_theirs(asked.reaches[pk], action, done):
                section = asked.section(
                    pk, due_on=action.due_on, told_at=_known_at(action, action.handed_at or action.added_at)
                )
                if section:
                    told[pk].append(_action(action, section))
    return told


def _tell_return(action: Action, answering: Iterable[int], asked: Asked, told: Told) -> None:
    for pk in answering:
        if action.closed_at and action.closed_at > asked.since[pk] and action.closed_by_id != pk:
            text, path = f"{action.forum} replied: {action.what}", reverse("meetings:action", args=[action.pk])
            told[pk].append(Line(Section.NEW, text, path, f"return:{action.pk}"))


def _is_theirs(reach: Reach, action: Action, done: Mapping[int, Iterable[int]]) -> bool:
    """They hold it, or it is for every practice and theirs has not done it."""
    return rules.is_mine(reach, action) or rules.waits_for_practice(reach, action, [*done.get(action.pk, ())])


def _done_by(actions: Iterable[Action]) -> dict[int, list[int]]:
    """Of actions for every practice the ids of those that have done them; one query, and none without such."""
    done: dict[int, list[int]] = defaultdict(list)
    for_all = [action.pk for action in actions if action.is_for_every_practice]
    if for_all:
        told = PracticeReturn.objects.filter(action__in=for_all, is_done=True)
        for action, practice in told.values_list("action", "practice"):
            done[action].append(practice)
    return done


def _actions(asked: Asked) -> Iterable[Any]:
    """Each with `handed_at`, when it was last given to somebody else: for them it is new then."""
    handed = ActionStep.objects.filter(action=OuterRef("pk"), kind=ActionStep.Kind.HANDED_OVER).order_by("-at")
    is_new = Q(added_at__gt=asked.oldest) | Q(handed_at__gt=asked.oldest) | _came_out_after(asked.oldest)
    still_open = Q(state=Action.State.OPEN) & (Q(due_on__lte=asked.soon) | is_new)
    came_back = Q(state=Action.State.DONE, verdict="", closed_at__gt=asked.oldest) & ~Q(kind=Action.Kind.AGREED)
    told_of = Action.objects.live().annotate(handed_at=Subquery(handed.values("at")[:1]))
    return told_of.filter(still_open | came_back).select_related("forum", "item__meeting")


def _came_out_after(moment: datetime) -> Q:
    """Minutes left their draft after `moment`, and what was typed in them with them."""
    deeds = ("circulated", "agreed", "published")
    return Q(*((f"item__meeting__{deed}_at__gt", moment) for deed in deeds), _connector=Q.OR)


def _known_at(thing: Action | Ask, made_at: datetime) -> datetime:
    """Since when others know of it: not while it stands in a draft."""
    if thing.item is None:
        return made_at
    meeting = thing.item.meeting
    out = [at for at in (meeting.circulated_at, meeting.agreed_at, meeting.published_at) if at]
    return max(made_at, min(out)) if out else made_at


def _action(action: Action, section: Section) -> Line:
    path = reverse("meetings:action", args=[action.pk])
    return Line(
        section,
        f"{action.what} ({action.forum}), by {in_words(action.due_on)}",
        path,
        f"action:{action.pk}",
        day=action.due_on,
    )


# --- Questions -----------------------------------------------------------------------------------


def asks_to_tell(asked: Asked) -> Told:
    """Questions that wait for their reply, and replies that came since they were last told."""
    told: Told = defaultdict(list)
    waiting = Q(state=Ask.State.WAITING) & (
        Q(reply_by__lte=asked.soon) | Q(asked_at__gt=asked.oldest) | _came_out_after(asked.oldest)
    )
    replied = Q(state=Ask.State.ANSWERED, replied_at__gt=asked.oldest)
    asks = Ask.objects.live().filter(waiting | replied).select_related("forum", "item__meeting", "replied_by")
    for ask in asks:
        if ask.state == Ask.State.ANSWERED:
            _tell_reply(ask, asked, told)
            continue
        pk = ask.to_id
        if pk in asked.people and rules.may_answer(asked.reaches[pk], ask):
            section = asked.section(pk, due_on=ask.reply_by, told_at=_known_at(ask, ask.asked_at))
            if section:
                text = f"Question from {ask.forum}: {ask.question}, reply by {in_words(ask.reply_by)}"
                told[pk].append(Line(section, text, _ask_path(ask), f"ask:{ask.pk}", day=ask.reply_by))
    return told


def _tell_reply(ask: Ask, asked: Asked, told: Told) -> None:
    pk = ask.speaker_id
    if pk not in asked.people or not ask.replied_at or ask.replied_at <= asked.since[pk]:
        return
    reach = asked.reaches[pk]
    if ask.forum_id in rules.forums_inside(reach) | rules.forums_of_today(reach):
        told[pk].append(
            Line(Section.NEW, f"{ask.replied_by} replied: {ask.question}", _ask_path(ask), f"reply:{ask.pk}")
        )


def _ask_path(ask: Ask) -> str:
    return reverse("meetings:ask", args=[ask.pk])


# --- Meetings and their minutes ------------------------------------------------------------------


def meetings_to_tell(asked: Asked) -> Told:
    """Meetings ahead and minutes that came out, for those inside; for who writes up, what is left to do with them."""
    inside = people_in(asked, rules.forums_inside)
    writers = people_in(asked, lambda reach: rules.forums_written_up(reach, past=True))
    told: Told = defaultdict(list)
    for meeting in _meetings(asked):
        for line in _to_finish(meeting, asked.on):
            for pk in writers[meeting.forum_id]:
                told[pk].append(line)
        for pk in inside[meeting.forum_id]:
            told[pk] += _for_members(meeting, asked, asked.since[pk])
    return told


def _meetings(asked: Asked) -> Iterable[Meeting]:
    open_ones = Correction.objects.filter(state=Correction.State.OPEN).order_by()
    number = open_ones.filter(meeting=OuterRef("pk")).values("meeting").annotate(n=Count("pk")).values("n")
    news = Q(circulated_at__gt=asked.oldest) | Q(published_at__gt=asked.oldest)
    unfinished = Q(state__in=[State.DRAFT, State.CIRCULATED], held_on__lte=asked.on)
    meetings = Meeting.objects.filter(Q(state=State.PLANNED, held_on__lte=asked.soon) | unfinished | news)
    return meetings.select_related("forum").annotate(corrections_open=Subquery(number))


def _to_finish(meeting: Any, on: date) -> Iterator[Line]:
    path, days = reverse("meetings:meeting", args=[meeting.pk]), (on - meeting.held_on).days
    section = Section.LATE if days > AGREE_WITHIN else Section.DUE
    if meeting.state == State.PLANNED and days > 0:
        yield Line(section, f"{meeting} has no minutes yet", path, f"meeting:{meeting.pk}")
    elif meeting.state == State.DRAFT and days >= 0:
        yield Line(section, f"{meeting}: the minutes are a draft", path, f"meeting:{meeting.pk}")
    elif meeting.state == State.CIRCULATED:
        until = meeting.corrections_until
        if until is None or until < on:
            yield Line(section, f"{meeting}: the minutes wait to be agreed", path, f"meeting:{meeting.pk}")
        if number := meeting.corrections_open:
            said = f"{number} correction{'s wait' if number > 1 else ' waits'} for an answer"
            yield Line(Section.DUE, f"{meeting}: {said}", path, f"corrections:{meeting.pk}")


def _for_members(meeting: Meeting, asked: Asked, since: datetime) -> Iterator[Line]:
    path = reverse("meetings:meeting", args=[meeting.pk])
    if meeting.state == State.PLANNED and meeting.held_on >= asked.on:
        at = f", {meeting.starts_at:%H:%M}" if meeting.starts_at else ""
        text = f"{meeting.forum} meeting on {in_words(meeting.held_on)}{at}"
        over = begins(meeting)
        yield Line(Section.COMING, text, path, f"meeting:{meeting.pk}", day=meeting.held_on, until=over)
    elif meeting.state == State.CIRCULATED and meeting.circulated_at and meeting.circulated_at > since:
        until = meeting.corrections_until
        ask = f", corrections until {in_words(until)}" if until and until >= asked.on else ""
        yield Line(Section.NEW, f"{meeting}: minutes to read{ask}", path, f"circulated:{meeting.pk}")
    elif meeting.state == State.PUBLISHED and meeting.published_at and meeting.published_at > since:
        yield Line(Section.NEW, f"{meeting}: the minutes are published", path, f"published:{meeting.pk}")


def begins(meeting: Meeting) -> datetime:
    """When a meeting begins by the clock in Scotland; the last moment of its day where no time is set."""
    return timezone.make_aware(datetime.combine(meeting.held_on, meeting.starts_at or time.max))


# --- Decisions -----------------------------------------------------------------------------------


def decisions_to_tell(asked: Asked) -> Told:
    """Decisions whose day to look back has come, for who leads the forum."""
    leads = people_in(asked, lambda reach: rules.forums_led(reach, past=True))
    told: Told = defaultdict(list)
    looked = LookBack.objects.filter(item=OuterRef("pk")).order_by("-at", "-pk")
    decided = Item.objects.exclude(decision="").exclude(meeting__state=State.DRAFT)
    asked_again = decided.annotate(
        looked=Subquery(looked.values("pk")[:1]), again=Subquery(looked.values("again_on")[:1])
    )
    due = asked_again.filter(Q(looked=None, review_on__lte=asked.on) | Q(again__lte=asked.on))
    for item in due.select_related("meeting__forum"):
        path = reverse("meetings:meeting", args=[item.meeting_id])
        line = Line(Section.DUE, f"Did it hold? {item.title} ({item.meeting})", path, f"decision:{item.pk}")
        for pk in leads[item.meeting.forum_id]:
            told[pk].append(line)
    return told
