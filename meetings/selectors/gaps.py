"""The action plan of a locality: gaps, what closes them, what that needs, and whether it was given."""

from collections.abc import Callable

from django.db.models import QuerySet
from django.http import Http404

from accounts.reach import Reach
from clusters.models import Forum
from meetings import rules
from meetings.models import Gap
from meetings.selectors.forums import forum_for
from shared.doors import open_door


def locality_forum_for(reach: Reach, slug: str, *, may: Callable[[Reach, Forum], bool], sentence: str) -> Forum:
    """The forum of a locality, by the door of all forums; 404 for one that has no such plan."""
    forum = forum_for(reach, slug)
    if not rules.has_plan_of_action(forum):
        raise Http404
    return forum_for(reach, slug, may=may, sentence=sentence)


def gaps_of(forum: Forum) -> QuerySet[Gap]:
    """Every gap in the forum's plan, what is open first, by the day of its action."""
    related = ("action__owner", "action__owner_practice", "action__forum", "decided_by", "action__closed_by")
    gaps = Gap.objects.filter(action__forum=forum).select_related(*related)
    return gaps.prefetch_related("decided_by__former_names").order_by("-action__state", "action__due_on", "pk")


def gap_for(reach: Reach, pk: int, *, may: Callable[[Reach, Gap], bool], sentence: str) -> Gap:
    """One gap of a forum that the reader is a part of (404), if the rule permits (403 with `sentence`)."""
    within = Gap.objects.filter(action__forum__in=rules.forums_inside(reach)).select_related("action__forum")
    return open_door(within, may=may, reach=reach, sentence=sentence, pk=pk)
