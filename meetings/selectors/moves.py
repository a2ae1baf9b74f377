"""What a move of practices, a merger or a closing touches in meetings: numbers and dates, never words."""

from collections.abc import Iterator
from datetime import date

from django.db.models import Q, QuerySet

from clusters.models import Cluster
from clusters.plugs.moves import Change, Touched
from meetings.models import Action, Meeting
from meetings.selectors.gathering import carried_to, waiting_asks
from meetings.selectors.people import held_above_only
from shared.dates import in_words, today


def meetings_touched(change: Change) -> Iterator[Touched]:
    """Meetings to come of both clusters, those held since a day that is past, and minutes not published yet."""
    for cluster, there in ((change.cluster, False), (change.goes_on_as or change.joining, True)):
        if cluster and (coming := _coming(cluster, change)):
            who = _who_comes(change, joins=there)
            yield Touched(f"Next meeting of {cluster}, {in_words(coming)}", 1, who, is_named=True)
    held = Meeting.objects.filter(forum=change.cluster.forum_id)
    since = held.filter(held_on__gte=change.on, state__in=Meeting.TOLD)
    yield Touched(f"Meetings of {change.cluster} since that day", since.count(), "keep what they say and who was there")
    if change.closes:
        unfinished = held.filter(state__in=Meeting.UNFINISHED).count()
        yield Touched("Minutes not published yet", unfinished, _who_finishes(change))


def _coming(cluster: Cluster, change: Change) -> date | None:
    published = Meeting.objects.filter(forum=cluster.forum_id, state=Meeting.State.PUBLISHED)
    last = published.order_by("-held_on", "-pk").first()
    since = max(change.on, today())
    planned = Meeting.objects.filter(forum=cluster.forum_id, state=Meeting.State.PLANNED, held_on__gte=since)
    days = [*planned.order_by("held_on").values_list("held_on", flat=True)[:1], *_named_by(last)]
    return min((day for day in days if day >= since), default=None)


def _named_by(last: Meeting | None) -> list[date]:
    return [last.next_on] if last and last.next_on else []


def _who_comes(change: Change, *, joins: bool) -> str:
    if joins:
        return "these practices are at the table"
    return "is not logged any more" if change.closes else "these practices are no longer at the table"


def _who_finishes(change: Change) -> str:
    if change.goes_on_as:
        return f"are finished by whoever writes up for {change.goes_on_as}"
    return "have to be published before that day: afterwards nobody can"


def actions_touched(change: Change) -> Iterator[Touched]:
    """Open actions: of a cluster that ends all of them, else those that the practices and their people hold."""
    own = Q(forum=change.cluster.forum_id) | carried_to(change.cluster, on=change.on)
    still_open = Action.objects.live().filter(own, state=Action.State.OPEN)
    if change.closes:
        yield from _of_ending(change, still_open)
        return
    theirs = still_open.filter(owner_practice__in=change.practices).count()
    by_name = still_open.filter(owner__in=change.people).count()
    yield Touched(
        "Open actions of these practices",
        theirs,
        f"stay in the list of {change.cluster}; the practices still hold them",
    )
    yield Touched(
        "Open actions that their people hold by name",
        by_name,
        f"stay in the list of {change.cluster}, which closes them or gives them on: who holds no other role there no "
        "longer opens them",
    )


def _of_ending(change: Change, still_open: QuerySet[Action]) -> Iterator[Touched]:
    lost = still_open.filter(owner__isnull=False).exclude(owner__in=change.staying).exclude(owner__in=_above(change))
    heir = change.goes_on_as
    if heir:
        yield Touched("Open actions", still_open.count(), f"go on in the list of {heir}; who holds them still does")
        yield Touched(
            "Of these, held by people who will have no role there", lost.count(), f"are closed by whoever leads {heir}"
        )
        return
    yield Touched("Open actions", still_open.count(), "stay with who holds them; nobody else can close them")
    yield Touched(
        "Of these, held by people whose role ends", lost.count(), "will be nobody’s: let them be closed before that day"
    )


def _above(change: Change) -> list[int]:
    return list(held_above_only(change.cluster, on=change.on))


def asks_touched(change: Change) -> Iterator[Touched]:
    """Questions to the HSCP that wait."""
    waiting = waiting_asks([change.cluster.forum_id])
    if change.closes:
        where = f"read in {change.goes_on_as}" if change.goes_on_as else "read by the practices of its last day"
        yield Touched("Questions that wait for a reply", waiting.count(), f"are still answered; the reply is {where}")
        return
    asked = waiting.filter(asked_by__in=change.people).count()
    stays = f"stay where they are: the reply is read in {change.cluster}"
    yield Touched("Questions that their people asked and that wait", asked, stays)
