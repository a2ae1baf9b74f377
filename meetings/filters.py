"""Narrowing of lists of actions; what is chosen stays in the address."""

from datetime import timedelta
from typing import Any

import django_filters as filters
from django.db.models import Q, QuerySet
from django.http import HttpRequest

from accounts.reach import Reach
from clusters.models import Forum
from meetings.models import Action
from meetings.selectors import actions_of
from meetings.selectors.doors import mine_among_actions
from shared.filters import PortalFilterSet

SOON = timedelta(days=7)
OPEN = Q(state=Action.State.OPEN)
STATES = {"": OPEN, "done": Q(state=Action.State.DONE), "dropped": Q(state=Action.State.DROPPED), "all": Q()}
HELD_BY = {
    "person": Q(owner__isnull=False),
    "practice": Q(owner_practice__isnull=False),
    "role": ~Q(owner_role=""),
    "every": Q(is_for_every_practice=True),
}


class ActionFilter(PortalFilterSet):
    """Actions by words, state, kind and day. Where no state is chosen, those that are open."""

    q = filters.CharFilter(label="Words", field_name="what", lookup_expr="icontains")
    show = filters.ChoiceFilter(
        label="State",
        choices=[("done", "Done"), ("dropped", "Given up"), ("all", "All")],
        empty_label="Open",
        method="by_state",
    )
    due = filters.ChoiceFilter(
        label="Day",
        choices=[
            ("late", "Late"),
            ("soon", "Due in 7 days"),
            ("waits", "Waiting for somebody"),
            ("hscp", "For the HSCP"),
        ],
        empty_label="Any",
        method="by_day",
    )
    kind = filters.ChoiceFilter(label="Kind", choices=Action.Kind.choices, empty_label="All")

    class Meta:
        model = Action
        fields: list[str] = []

    def __init__(self, *args: Any, reach: Reach, **kwargs: Any) -> None:
        self.reach = reach
        super().__init__(*args, **kwargs)

    @property
    def shows_closed(self) -> bool:
        """Whether closed ones alone are shown: the newest come first then."""
        return self.shown in ("done", "dropped")

    @property
    def shown(self) -> str:
        """The state that was chosen; none for open, and for what is no choice."""
        chosen = self.data.get("show", "")
        return chosen if chosen in STATES else ""

    @property
    def is_narrowed(self) -> bool:
        """Whether anything but the state was chosen."""
        return any(self.data.get(name) for name in self.filters if name != "show")

    def filter_queryset(self, queryset: QuerySet[Action]) -> QuerySet[Action]:
        found: QuerySet[Action] = super().filter_queryset(queryset.filter(STATES[self.shown]))
        return found

    def by_state(self, found: QuerySet[Action], name: str, value: str) -> QuerySet[Action]:
        return found  # `filter_queryset` asks, as what is open is shown without a choice

    def by_day(self, found: QuerySet[Action], name: str, value: str) -> QuerySet[Action]:
        today = self.reach.day
        days = {
            "late": OPEN & Q(due_on__lt=today),
            "soon": OPEN & Q(due_on__range=(today, today + SOON)),
            "waits": Q(waiting_since__isnull=False),
            "hscp": Q(waits_for_hscp=True),
        }
        return found.filter(days[value])


def _forums_of_mine(request: HttpRequest | None) -> QuerySet[Forum]:
    if request is None:
        return Forum.objects.none()
    mine = actions_of(request.reach).order_by().values("forum")  # type: ignore[attr-defined]
    return Forum.objects.filter(pk__in=mine).order_by("name")


class MyActionFilter(ActionFilter):
    """What is the reader's own, also by where it comes from."""

    forum = filters.ModelChoiceFilter(
        label="From", queryset=_forums_of_mine, to_field_name="slug", empty_label="Everywhere"
    )


class ForumActionFilter(ActionFilter):
    """Those of a forum, also by who holds them."""

    whose = filters.ChoiceFilter(
        label="Who",
        choices=[
            ("mine", "Mine"),
            ("person", "A person"),
            ("practice", "A practice"),
            ("role", "A role"),
            ("every", "Every practice"),
        ],
        empty_label="Anybody",
        method="by_holder",
    )

    def by_holder(self, found: QuerySet[Action], name: str, value: str) -> QuerySet[Action]:
        return found.filter(mine_among_actions(self.reach) if value == "mine" else HELD_BY[value])
