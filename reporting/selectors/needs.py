"""What needs a person today: one line each, with a shape, a word and one button."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import IntEnum

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from accounts.reach import Reach
from accounts.roles import Right
from clusters.models import Forum, PracticeList
from clusters.selectors import Vacancy, clusters_within, vacancies
from escalations.models import Escalation
from escalations.selectors import age_of, escalations_within, needs_you
from meetings.models import Action, Meeting
from meetings.selectors import actions_of, answers_to, asks_sent, asks_to, days_waited
from practices.models import Practice
from reporting.selectors.timetable import Timetable
from shared.dates import in_words, relative, working_days_between

SOON = timedelta(days=7)
NEWS = timedelta(days=14)
FEW = 2


class Shape(IntEnum):
    """How pressing a line is: its order, and the shape it is drawn with."""

    TODAY = 1
    LATE = 2
    SOON = 3

    @property
    def sign(self) -> str:
        return "■▲●"[self - 1]


@dataclass(frozen=True)
class Need:
    """One line: "▲ Late 3 days  Send recall letter template  [Done]"."""

    shape: Shape
    word: str
    text: str
    button: str
    path: str


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


def needs_of(reach: Reach, timetable: Timetable) -> list[Need]:
    """Everything that waits for the reader, the most pressing first."""
    escalations = list(needs_you(reach))
    lines = [
        *_meetings(timetable),
        *_questions(reach),
        *_decisions(reach, escalations),
        *_actions(reach),
        *_answers(reach),
        *_escalation_news(reach, escalations),
        *_vacancies(reach),
        *_registry(reach),
    ]
    return sorted(lines, key=lambda need: need.shape)


def owed_to(reach: Reach) -> Owed | None:
    """Replies and decisions that the reader waits for; None when nobody owes anything. Two queries."""
    asks = [(reverse("meetings:ask", args=[pk]), at) for pk, at in asks_sent(reach).values_list("pk", "asked_at")]
    raised = list(escalations_within(reach).filter(raised_by=reach.person_id, state__in=Escalation.WAITING))
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
    for draft in timetable.drafts:
        yield _draft(draft, timetable.day)
    for due in timetable.unlogged():
        path = reverse("meetings:meeting_log", args=[due.slug])
        if due.on == timetable.day:
            yield Need(Shape.TODAY, "Today", f"{due.name} meeting", "Log the meeting", path)
        else:
            said = f"{due.name} meeting of {in_words(due.on)} has no minutes yet"
            yield Need(Shape.LATE, _late(due.on, timetable.day), said, "Log the meeting", path)


def _draft(meeting: Meeting, day: date) -> Need:
    edit, share = (reverse(f"meetings:{name}", args=[meeting.pk]) for name in ("meeting_edit", "meeting_share"))
    said = f"{meeting.forum} meeting of {in_words(meeting.held_on)}"
    if meeting.held_on == day:
        at = f" {meeting.starts_at:%H:%M}" if meeting.starts_at else ""
        return Need(Shape.TODAY, f"Today{at}", f"{meeting.forum} meeting", "Go on with the minutes", edit)
    if meeting.state == Meeting.State.DRAFT:
        return Need(Shape.SOON, "Draft", f"{said} is not published", "Go on with the minutes", edit)
    return Need(Shape.SOON, meeting.get_state_display(), f"{said} is not published", "Publish", share)


def _actions(reach: Reach) -> Iterator[Need]:
    for action in actions_of(reach).filter(state=Action.State.OPEN, due_on__lte=reach.day + SOON):
        path = reverse("meetings:action_close", args=[action.pk])
        yield Need(_shape(action.due_on, reach.day), _due(action.due_on, reach.day), action.what, "Done", path)


def _answers(reach: Reach) -> Iterator[Need]:
    """Replies have no mark "read": they stay on the page for two weeks."""
    since = timezone.now() - NEWS
    for ask in answers_to(reach).filter(replied_at__gte=since).exclude(replied_by=reach.person_id):
        path = reverse("meetings:ask", args=[ask.pk])
        yield Need(Shape.SOON, "Answer arrived", f"“{ask.question}”: {ask.replied_by} replied", "Read", path)


def _escalation_news(reach: Reach, escalations: list[Escalation]) -> Iterator[Need]:
    for escalation in escalations:
        if escalation.raised_by_id != reach.person_id:
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
            _late(ask.reply_by, reach.day)
            if ask.reply_by < reach.day
            else f"Reply {relative(ask.reply_by, to=reach.day)}"
        )
        path = reverse("meetings:ask", args=[ask.pk])
        yield Need(_shape(ask.reply_by, reach.day), word, said, "Reply", path)


def _decisions(reach: Reach, escalations: list[Escalation]) -> Iterator[Need]:
    waiting = [e for e in escalations if e.raised_by_id != reach.person_id]
    for escalation in sorted(waiting, key=lambda e: e.due_on):
        waited = age_of(escalation, on=reach.day)
        said = f"{escalation.cluster} escalation “{escalation.title}” ({_since(waited)})"
        due, day = escalation.due_on, reach.day
        word = _late(due, day) if due < day else f"Decide {relative(due, to=day)}"
        yield Need(_shape(due, day), word, said, "Decide", _path(escalation.reference))


def _vacancies(reach: Reach) -> Iterator[Need]:
    """A line for each practice without a PQL; one line for the cluster where there are many."""
    led = reach.clusters(Right.LEAD)
    gaps = vacancies(clusters_within(reach).filter(pk__in=led), on=reach.day) if led else []
    by_cluster: dict[str, list[Vacancy]] = defaultdict(list)
    for gap in gaps:
        if gap.practice is not None:
            by_cluster[gap.cluster.forum.slug].append(gap)
    for slug, found in by_cluster.items():
        if len(found) > FEW:
            said = f"{len(found)} practices of {found[0].cluster} have no Practice Quality Lead"
            path = reverse("reporting:cluster", args=[slug]) + "#practices"
            yield Need(Shape.SOON, "Gaps", said, "Find successors", path)
        else:
            yield from (_gap(gap) for gap in found)


def _gap(gap: Vacancy) -> Need:
    code = gap.practice.code if gap.practice else ""
    since = f"has had no Practice Quality Lead since {in_words(gap.since)}" if gap.since else ""
    said = f"{gap.practice} {since or 'has no Practice Quality Lead'}"
    return Need(Shape.SOON, "Gap", said, "Find a successor", reverse("reporting:practice", args=[code]))


def _registry(reach: Reach) -> Iterator[Need]:
    if not reach.everywhere(Right.KEEP_REGISTRY):
        return
    for waiting in PracticeList.objects.filter(state=PracticeList.State.PREVIEWED).defer("rows", "outcome"):
        path = reverse("clusters:import_preview", args=[waiting.pk])
        yield Need(Shape.SOON, "Preview", f"{waiting} waits for a decision", "See it", path)
    missing = _missing_practices().count()
    if missing:
        some = "practice is" if missing == 1 else "practices are"
        said = f"{missing} {some} missing from the latest practice list: closed, merged or a mistake?"
        path = reverse("clusters:registry_practices") + "?lacks=missing"
        yield Need(Shape.SOON, "Missing", said, "Decide", path)


def _missing_practices() -> QuerySet[Practice]:
    return Practice.objects.filter(missing_since__isnull=False, closed_on__isnull=True)


def _path(reference: str) -> str:
    return reverse("escalations:escalation", args=[reference])


def _shape(due: date, day: date) -> Shape:
    return Shape.LATE if due < day else Shape.TODAY if due == day else Shape.SOON


def _late(due: date, day: date) -> str:
    days = (day - due).days
    return f"Late {days} day{'s' if days != 1 else ''}"


def _due(due: date, day: date) -> str:
    return _late(due, day) if due < day else f"Due {relative(due, to=day)}"


def _since(days: int) -> str:
    return "since today" if days < 1 else f"{days} working day{'s' if days != 1 else ''}"
