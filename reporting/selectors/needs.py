"""What needs a person today: one line each, with a shape, a word and one button."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.urls import reverse
from django.utils import timezone

from accounts.reach import Reach
from clusters.models import Forum
from escalations.models import Escalation
from escalations.selectors import age_of, escalations_within, needs_you
from escalations.selectors.doors import spoken_for
from meetings.models import Action, Meeting
from meetings.rules import can_close, forums_inside, forums_written_up
from meetings.selectors import actions_of, answers_to, asks_sent, asks_to, days_waited
from meetings.selectors.issued import replies_to_answer
from reporting.selectors.need import Need, Shape, late, said_due, shape_of
from reporting.selectors.needs_figures import figure_needs
from reporting.selectors.needs_people import people_needs
from reporting.selectors.needs_projects import analyst_needs, asked_topic_needs, project_needs, vote_needs
from reporting.selectors.needs_registry import registry_needs
from reporting.selectors.needs_rhythm import rhythm_needs
from reporting.selectors.timetable import Date, Timetable
from shared.dates import in_words, relative, working_days_between

SOON = timedelta(days=7)
NEWS = timedelta(days=14)


@dataclass(frozen=True)
class Owed:
    """What a person waits for: replies and decisions from above, decisions in their own cluster.

    `days` is how many working days the oldest from above has waited.
    """

    replies: int
    decisions: int
    days: int
    in_cluster: int
    replies_path: str
    decisions_path: str
    in_cluster_path: str


def needs_of(reach: Reach, timetable: Timetable | None) -> list[Need]:
    """Everything that waits for the reader, the most pressing first; without a timetable all but the meetings."""
    escalations = list(needs_you(reach))
    lines = [
        *(_meetings(timetable) if timetable else ()),
        *_to_correct(reach),
        *_questions(reach),
        *_decisions(reach, escalations),
        *_replies(reach),
        *_actions(reach),
        *_answers(reach),
        *_escalation_news(reach, escalations),
        *people_needs(reach),
        *registry_needs(reach),
        *rhythm_needs(reach),
        *figure_needs(reach),
        *project_needs(reach),
        *asked_topic_needs(reach),
        *vote_needs(reach),
        *analyst_needs(reach),
    ]
    return sorted(lines, key=lambda need: need.shape)


def owed_to(reach: Reach) -> Owed | None:
    """Replies and decisions that the reader waits for; None when nobody owes anything. Two queries."""
    asks = [(reverse("meetings:ask", args=[pk]), at) for pk, at in asks_sent(reach).values_list("pk", "asked_at")]
    raised = list(escalations_within(reach).filter(spoken_for(reach.person_id), state__in=Escalation.WAITING))
    above = [(_path(e.reference), e.raised_at) for e in raised if _is_above(e)]
    below = [(_path(e.reference), e.raised_at) for e in raised if not _is_above(e)]
    if not asks and not raised:
        return None
    oldest = min((timezone.localdate(at) for _, at in [*asks, *above]), default=reach.day)
    return Owed(
        replies=len(asks),
        decisions=len(above),
        days=working_days_between(oldest, reach.day),
        in_cluster=len(below),
        replies_path=_to_all(asks, "meetings:action_list"),
        decisions_path=_to_all(above, "escalations:escalation_list"),
        in_cluster_path=_to_all(below, "escalations:escalation_list"),
    )


def _is_above(escalation: Escalation) -> bool:
    """Whether it waits above the cluster. A confidential one waits for a lead there, whatever rung it names."""
    return escalation.is_confidential or escalation.forum.kind != Forum.Kind.CLUSTER


def _to_all(waits: list[tuple[str, datetime]], page: str) -> str:
    """To the thing itself where it is one, else to the page that lists them all."""
    return waits[0][0] if len(waits) == 1 else reverse(page)


def _meetings(timetable: Timetable) -> Iterator[Need]:
    yield from minutes_needs(timetable)
    for due in timetable.unlogged():
        if due.on == timetable.day:
            said = f"Today {due.time}".rstrip()
            yield Need(Shape.TODAY, said, f"{due.name} meeting", "Log the meeting", log_path(due))


def minutes_needs(timetable: Timetable) -> Iterator[Need]:
    """Minutes that the reader brings to an end, and meetings of earlier days that have none yet."""
    for draft in timetable.drafts:
        yield _draft(draft, timetable.day)
    for due in timetable.unlogged():
        if due.on < timetable.day:
            said = f"{due.name} meeting of {in_words(due.on)} has no minutes yet"
            yield Need(Shape.LATE, late(due.on, timetable.day), said, "Log the meeting", log_path(due))


def log_path(due: Date) -> str:
    """Where the minutes of a meeting are begun that is planned, or that was only spoken of."""
    if due.meeting:
        return reverse("meetings:meeting_edit", args=[due.meeting.pk])
    return reverse("meetings:meeting_log", args=[due.forum])


def _draft(meeting: Meeting, day: date) -> Need:
    edit, share = (reverse(f"meetings:{name}", args=[meeting.pk]) for name in ("meeting_edit", "meeting_share"))
    said = f"{meeting.forum} meeting of {in_words(meeting.held_on)}"
    if meeting.held_on == day and meeting.state == Meeting.State.DRAFT:
        at = f" {meeting.starts_at:%H:%M}" if meeting.starts_at else ""
        return Need(Shape.TODAY, f"Today{at}", f"{meeting.forum} meeting", "Go on with the minutes", edit)
    if meeting.state == Meeting.State.DRAFT:
        return Need(Shape.SOON, "Draft", f"{said} is not published", "Go on with the minutes", edit)
    if meeting.state == Meeting.State.CIRCULATED:
        return _circulated(meeting, said, day)
    return Need(Shape.SOON, meeting.get_state_display(), f"{said} is not published", "Publish", share)


def _circulated(meeting: Meeting, said: str, day: date) -> Need:
    """Minutes that are with the members: corrections to answer, else to be agreed once their day has passed."""
    path, waiting = reverse("meetings:meeting", args=[meeting.pk]), meeting.unanswered  # type: ignore[attr-defined]
    if waiting:
        words = f"{waiting} correction{'s' if waiting > 1 else ''}"
        return Need(Shape.SOON, "To answer", f"{said}: {words} proposed", "Answer", f"{path}#corrections")
    until = meeting.corrections_until or day
    if until >= day:
        return Need(Shape.SOON, "With the members", f"{said}, for corrections until {in_words(until)}", "Read", path)
    agree = reverse("meetings:meeting_agree", args=[meeting.pk])
    return Need(Shape.SOON, "To agree", f"{said}: corrections were asked for until {in_words(until)}", "Agree", agree)


def _to_correct(reach: Reach) -> Iterator[Need]:
    """Minutes that were sent round, for those who read them and did not write them."""
    inside = forums_inside(reach) - forums_written_up(reach, past=True)
    if not inside:
        return
    circulated = Meeting.objects.filter(forum__in=inside, state=Meeting.State.CIRCULATED)
    for meeting in circulated.filter(corrections_until__gte=reach.day).select_related("forum"):
        until = meeting.corrections_until or reach.day
        said = f"{meeting.forum} minutes of {in_words(meeting.held_on)}, until {in_words(until)}"
        yield Need(Shape.SOON, "For correction", said, "Read", reverse("meetings:meeting", args=[meeting.pk]))


def _actions(reach: Reach) -> Iterator[Need]:
    """One press says that it is done, by the rule of the lists of actions; what every practice does is opened."""
    for action in actions_of(reach).filter(state=Action.State.OPEN, due_on__lte=reach.day + SOON):
        shape, said = shape_of(action.due_on, reach.day), said_due(action.due_on, reach.day)
        page = reverse("meetings:action", args=[action.pk])
        if action.is_for_every_practice or not can_close(reach, action):
            yield Need(shape, said, action.what, "Open", page)
            continue
        is_press = action.kind == Action.Kind.AGREED
        path = reverse("meetings:action_done" if is_press else "meetings:action_close", args=[action.pk])
        yield Need(shape, said, action.what, "Done" if is_press else "Reply", path, page=page, is_press=is_press)


def _answers(reach: Reach) -> Iterator[Need]:
    """Replies have no mark "read": they stay on the page for two weeks."""
    since = timezone.now() - NEWS
    for ask in answers_to(reach).filter(replied_at__gte=since).exclude(replied_by=reach.person_id):
        path = reverse("meetings:ask", args=[ask.pk])
        yield Need(Shape.SOON, "Answer arrived", f"“{ask.question}”: {ask.replied_by} replied", "Read", path)


def _escalation_news(reach: Reach, escalations: list[Escalation]) -> Iterator[Need]:
    for escalation in escalations:
        if escalation.speaker_id != reach.person_id:
            continue
        said = f"“{escalation.title}”: {escalation.forum} {escalation.get_state_display().lower()}, reasons inside"
        if escalation.state == Escalation.State.ASKED:
            said = f"“{escalation.title}”: {escalation.forum} asks you for information"
            yield Need(Shape.SOON, "Question", said, "Answer", _path(escalation.reference))
        else:
            yield Need(Shape.SOON, "Answer arrived", said, "Read", _path(escalation.reference))


def _questions(reach: Reach) -> Iterator[Need]:
    for ask in asks_to(reach):
        waited = days_waited(ask, on=reach.day)
        said = f"{ask.forum} asks: “{ask.question}” ({_since(waited)})"
        word = (
            late(ask.reply_by, reach.day)
            if ask.reply_by < reach.day
            else f"Reply {relative(ask.reply_by, to=reach.day)}"
        )
        path = reverse("meetings:ask", args=[ask.pk])
        yield Need(shape_of(ask.reply_by, reach.day), word, said, "Reply", path)


def _decisions(reach: Reach, escalations: list[Escalation]) -> Iterator[Need]:
    waiting = [e for e in escalations if e.speaker_id != reach.person_id]
    for escalation in sorted(waiting, key=lambda e: e.due_on):
        waited = age_of(escalation, on=reach.day)
        said = f"{escalation.cluster} escalation “{escalation.title}” ({_since(waited)})"
        due, day = escalation.due_on, reach.day
        word = late(due, day) if due < day else f"Decide {relative(due, to=day)}"
        yield Need(shape_of(due, day), word, said, "Decide", _path(escalation.reference))


def _replies(reach: Reach) -> Iterator[Need]:
    """What clusters answered to a request or a mandated action: who asked says whether it is enough."""
    for action in replies_to_answer(reach):
        waited = working_days_between(timezone.localdate(action.closed_at), reach.day) if action.closed_at else 0
        said = f"{action.forum} replied to “{action.what}” ({_since(waited)})"
        yield Need(Shape.SOON, "Reply arrived", said, "Answer", reverse("meetings:action", args=[action.pk]))


def _path(reference: str) -> str:
    return reverse("escalations:escalation", args=[reference])


def _since(days: int) -> str:
    return "since today" if days < 1 else f"{days} working day{'s' if days != 1 else ''}"
