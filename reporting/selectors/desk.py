"""The desk of an administrator: what waits in all of their clusters, in one list a subject."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from accounts.reach import Reach
from accounts.roles import Right, Role
from clusters.models import Cluster
from clusters.selectors import clusters_within
from meetings.models import Action
from meetings.selectors.chasing import to_chase
from reporting.selectors.need import Need, Shape, said_due, shape_of
from reporting.selectors.needs import log_path, minutes_needs
from reporting.selectors.timetable import Date, Timetable
from reporting.selectors.waiting import Owed, owed_in
from shared.dates import in_words, relative

MOST_OWED, MOST_CHASED = 10, 6  # lines of a list; what lies beyond them stands on the page that it leads to


@dataclass(frozen=True)
class Rest:
    """How many things more wait in one cluster, and the page that lists them."""

    number: int
    place: str
    path: str


@dataclass(frozen=True)
class Desk:
    """Each list with the most pressing lines first; `owed_number` and `chase_number` count all, shown or
    not. `forums` are those whose meetings stand in `coming`."""

    clusters: int
    forums: frozenset[int]
    coming: tuple[Need, ...]
    minutes: tuple[Need, ...]
    owed: tuple[Need, ...]
    owed_number: int
    owed_rest: tuple[Rest, ...]
    chase: tuple[Need, ...]
    chase_number: int


def desk_of(reach: Reach, timetable: Timetable) -> Desk | None:
    """What waits in the clusters of a cluster administrator; None for everybody else. Six queries, however many."""
    if Role.CLUSTER_SUPPORT not in reach.roles():
        return None
    clusters = list(clusters_within(reach).filter(pk__in=reach.clusters(Right.WRITE_UP)))
    owed, chased = owed_in(reach.forums(Right.WRITE_UP, past=True), reach), to_chase(reach)
    return Desk(
        clusters=len(clusters),
        forums=frozenset(cluster.forum_id for cluster in clusters),
        coming=tuple(_coming(clusters, timetable)),
        minutes=tuple(sorted(minutes_needs(timetable), key=lambda need: need.shape)),
        owed=tuple(_owed(line, reach.day) for line in owed[:MOST_OWED]),
        owed_number=len(owed),
        owed_rest=tuple(_rest(clusters, owed[MOST_OWED:])),
        chase=tuple(_chase(reach, chased[:MOST_CHASED])),
        chase_number=chased.count(),
    )


def _coming(clusters: Iterable[Cluster], timetable: Timetable) -> Iterator[Need]:
    """One line a cluster: when it meets next, the earliest first; then those that don't know."""
    dates = {d.forum.pk: d for d in [*_said_in_drafts(timetable), *timetable.coming()]}
    known = [dates[c.forum_id] for c in clusters if c.forum_id in dates]
    for due in sorted(known, key=lambda d: (d.on, d.time, d.name)):
        yield _meets(due, timetable)
    for cluster in clusters:
        if cluster.forum_id not in dates:
            path = reverse("meetings:meeting_plan", args=[cluster.forum])
            met = _met(cluster.forum_id, timetable)
            yield Need(Shape.LATE, "None planned", met, "Plan a meeting", path, str(cluster))


def _said_in_drafts(timetable: Timetable) -> Iterator[Date]:
    """What minutes say of the next meeting that only their writers know of yet."""
    for draft in reversed(timetable.drafts):
        said = (draft.forum_id, draft.next_on)
        if draft.next_on and draft.next_on >= timetable.day and said not in timetable.called_off:
            yield Date(draft.forum, draft.next_on, draft.held_on)


def _meets(due: Date, timetable: Timetable) -> Need:
    on, met = timetable.day, _met(due.forum.pk, timetable)
    word = ", ".join(filter(None, (in_words(due.on), due.time)))
    if due.on == on:
        return Need(Shape.TODAY, f"Today {due.time}".rstrip(), met, "Log the meeting", log_path(due), due.name)
    said = f"{relative(due.on, to=on).capitalize()}. {met}"
    if due.meeting:
        return Need(Shape.SOON, word, said, "Agenda", reverse("meetings:meeting", args=[due.meeting.pk]), due.name)
    return Need(Shape.SOON, word, said, "Plan it", reverse("meetings:meeting_plan", args=[due.forum]), due.name)


def _met(forum_id: int, timetable: Timetable) -> str:
    """When a forum met last: as its latest minutes say, a draft among them."""
    begun = [m.held_on for m in timetable.drafts if m.forum_id == forum_id and m.held_on <= timetable.day]
    days = [*begun, *([timetable.last[forum_id]] if forum_id in timetable.last else [])]
    return f"Last met {in_words(max(days))}." if days else "No meeting is on file yet."


def _chase(reach: Reach, actions: Iterable[Action]) -> Iterator[Need]:
    for action in actions:
        path, due = reverse("meetings:action", args=[action.pk]), action.due_on
        said = f"{action.what} ({action.holder})"
        yield Need(shape_of(due, reach.day), said_due(due, reach.day), said, "Open", path, str(action.forum))


def _owed(line: Owed, day: date) -> Need:
    word = f"{line.days} working day{'' if line.days == 1 else 's'}" if line.days else "Since today"
    whom = f" ({line.whom})" if line.whom else ""
    wanted = f"wanted by {in_words(line.due_on)}" if line.due_on >= day else f"was wanted by {in_words(line.due_on)}"
    shape = Shape.LATE if line.is_late else Shape.SOON
    return Need(shape, word, f"{line.kind}: {line.what}{whom}, {wanted}", "Open", line.path, line.place)


def _rest(clusters: Iterable[Cluster], lines: Iterable[Owed]) -> Iterator[Rest]:
    """Where the lines stand that are not shown, cluster by cluster."""
    numbers = Counter(line.place for line in lines)
    for cluster in clusters:
        if number := numbers[str(cluster)]:
            yield Rest(number, str(cluster), reverse("reporting:cluster_waiting", args=[cluster.forum.slug]))
