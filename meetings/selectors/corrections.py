"""Corrections of minutes, for those inside."""

from django.db.models import QuerySet

from accounts.reach import Reach
from meetings import rules
from meetings.models import Correction, Item, Meeting
from meetings.selectors.doors import meetings_within
from shared.doors import open_door


def corrections_of(reach: Reach, meeting: Meeting) -> QuerySet[Correction]:
    """What was proposed for these minutes, oldest first; nothing for a reader who is no part of the forum."""
    found = Correction.objects.filter(meeting=meeting).select_related("item", "proposed_by", "answered_by")
    return found if rules.can_see_inside(reach, meeting) else found.none()


def correction_for(reach: Reach, pk: int, *, sentence: str) -> Correction:
    """A correction of minutes inside of which the reader is (404), if they settle them (403)."""
    inside = _inside(reach)
    found = Correction.objects.filter(meeting__in=inside).select_related("meeting__forum", "item", "proposed_by")
    return open_door(found, may=lambda r, c: rules.can_settle(r, c.meeting), reach=reach, sentence=sentence, pk=pk)


def item_to_correct(reach: Reach, pk: int, *, sentence: str) -> Item:
    """An item of minutes that are out of draft, inside of which the reader is (404), if they settle them (403)."""
    found = Item.objects.filter(meeting__in=_inside(reach)).exclude(meeting__state=Meeting.State.DRAFT)
    return open_door(
        found.select_related("meeting__forum"),
        may=lambda r, i: rules.can_settle(r, i.meeting),
        reach=reach,
        sentence=sentence,
        pk=pk,
    )


def _inside(reach: Reach) -> QuerySet[Meeting]:
    within = meetings_within(reach).filter(forum__in=rules.forums_inside(reach))
    return within.order_by().values("pk")  # type: ignore[return-value]
