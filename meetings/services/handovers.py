"""What somebody holds in meetings when they leave a role, and how it passes on."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import QuerySet

from accounts import audit
from accounts.models import User
from accounts.reach import Reach
from accounts.roles import Role
from clusters.plugs.handovers import Bundle, Leaving, Passing
from meetings.models import Action, Ask, Meeting
from meetings.rules import forums_of_today
from meetings.selectors.gathering import spoken_for
from shared.dates import in_words

# Roles held inside a cluster.
INSIDE = (Role.CQL, Role.PQL, Role.DEPUTY, Role.PRACTICE_MANAGER, Role.CLUSTER_SUPPORT, Role.MDT_MEMBER)


def open_actions(leaving: Leaving) -> Bundle:
    """Actions that they have not closed."""
    actions = Action.objects.filter(owner=leaving.person, state=Action.State.OPEN, forum__in=leaving.forums)
    rows = list(actions.values_list("forum", "due_on"))
    return Bundle(
        "actions",
        "Open actions",
        len(rows),
        alone=_alone((forum for forum, _ in rows), leaving),
        note=_due([due for _, due in rows], leaving.from_day),
        pass_to=lambda to, within, by: _pass(actions, "owner", "action.handed_over", to, within, by),
    )


def questions_to_answer(leaving: Leaving) -> Bundle:
    """Questions from clusters that were put to them by name and wait for a reply."""
    asks = Ask.objects.filter(to=leaving.person, state=Ask.State.WAITING, forum__in=leaving.forums)
    rows = list(asks.values_list("forum", "reply_by"))
    return Bundle(
        "questions",
        "Questions waiting for their reply",
        len(rows),
        alone=_alone((forum for forum, _ in rows), leaving),
        note=_due([day for _, day in rows], leaving.from_day),
        pass_to=lambda to, within, by: _pass(
            asks.exclude(asked_by=to).exclude(spokesperson=to), "to", "ask.handed_over", to, within, by
        ),
    )


def questions_asked(leaving: Leaving) -> Bundle:
    """Their questions to the HSCP that wait: somebody must be told the reply, and may take them back or go on."""
    asks = Ask.objects.filter(spoken_for(leaving.person.pk), state=Ask.State.WAITING, forum__in=leaving.forums)
    rows = list(asks.values_list("forum", flat=True))
    return Bundle(
        "asked",
        "Their questions to the HSCP that wait for a reply",
        len(rows),
        alone=_alone(rows, leaving),
        pass_to=lambda to, within, by: _pass(asks.exclude(to=to), "spokesperson", "ask.handed_over", to, within, by),
    )


def drafts(leaving: Leaving) -> Bundle:
    """Minutes that they began: whoever writes up for the cluster goes on with them."""
    begun = Meeting.objects.filter(logged_by=leaving.person, state=Meeting.State.DRAFT, forum__in=leaving.forums)
    note = "Whoever writes up for the cluster can go on with them."
    return Bundle("drafts", "Minutes begun and not published", begun.count(), note=note, passing=Passing.WITH_ROLE)


def meetings_ahead(leaving: Leaving) -> Bundle:
    """Meetings that have a date: they stay with the forum."""
    ahead = Meeting.objects.filter(forum__in=leaving.forums & _led(leaving), next_on__gte=leaving.from_day)
    days = {forum: day for forum, day in ahead.order_by("-next_on").values_list("forum", "next_on") if day}
    planned = Meeting.objects.filter(forum__in=leaving.forums & _led(leaving), state=Meeting.State.PLANNED)
    coming = planned.filter(held_on__gte=leaving.from_day).order_by("-held_on").values_list("forum", "held_on")
    days |= {forum: min(day, days.get(forum, day)) for forum, day in coming}
    note = f"The next on {in_words(min(days.values()))}." if days else ""
    return Bundle("meetings", "Meetings ahead", len(days), note=note, passing=Passing.WITH_ROLE)


def _led(leaving: Leaving) -> frozenset[int]:
    """Meetings are named for roles inside: above, every cluster of the HSCP would be."""
    inside = leaving.clusters and leaving.role in INSIDE
    return leaving.forums if inside else frozenset()


def _alone(forums: Iterable[int], leaving: Leaving) -> int:
    return sum(forum not in leaving.kept for forum in forums)


def _due(days: list[date], on: date) -> str:
    if not days:
        return ""
    late = sum(day < on for day in days)
    return f"The earliest due {in_words(min(days))}{f'; {late} late by then' if late else ''}."


def _pass(rows: QuerySet[Any], column: str, verb: str, to: User, within: Reach, by: User | None) -> int:
    """Give what lies in forums where `to` has a part; each change is told with who had it before."""
    given = list(rows.filter(forum__in=forums_of_today(within)).select_for_update(of=("self",)).order_by("pk"))
    for row in given:
        before = audit.snapshot(row)
        setattr(row, column, to)
        row.save(update_fields=[column])
        audit.record(verb, row, by=by, before=before)
    return len(given)
