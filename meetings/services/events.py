"""Writes the analysis of a significant event (MTG-22, TOO-25)."""

from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F
from django.utils.timezone import localdate

from accounts import audit
from accounts.models import User
from clusters.selectors import reach_of
from meetings import rules
from meetings.models import Item, SignificantEvent

WHO_WRITES = "Those who write up the meetings write down the analysis; everybody in the cluster reads it."


class EventChangedMeanwhile(Exception):
    """Somebody else wrote it since. `event` is as it is now."""

    def __init__(self, event: SignificantEvent) -> None:
        super().__init__(f"Significant event {event.pk} was written meanwhile")
        self.event = event


@transaction.atomic
def write_event(
    *, by: User, item: Item, at: datetime, version: int, what_happened: str, why: str, learning: str, change_agreed: str
) -> SignificantEvent:
    """Keep the analysis of `item`, and give it back; the same words again change nothing.

    `version` is the one that was opened, 0 where nothing was written yet. Raises EventChangedMeanwhile when
    somebody else wrote since, and PermissionDenied unless `by` writes up for the forum and the item is such an event.
    """
    words = {"what_happened": what_happened, "why": why, "learning": learning, "change_agreed": change_agreed}
    # The item is locked: of two who write the first analysis at once the second is told.
    item = Item.objects.select_for_update(of=("self",)).select_related("meeting__forum").get(pk=item.pk)
    if not rules.can_write_event(reach_of(by, on=localdate(at)), item):
        raise PermissionDenied(WHO_WRITES)
    stamp = {"written_at": at, "written_by": by}
    there = SignificantEvent.objects.filter(item=item).first()
    if there is None:
        made = SignificantEvent.objects.create(item=item, **words, **stamp)
        audit.record("significant_event.written", made, by=by)
        return made
    if all(getattr(there, name) == text for name, text in words.items()):
        return there
    before = audit.snapshot(there)
    kept = SignificantEvent.objects.filter(pk=there.pk, version=version)
    if not kept.update(version=F("version") + 1, **words, **stamp):
        raise EventChangedMeanwhile(there)
    there.refresh_from_db()
    audit.record("significant_event.rewritten", there, by=by, before=before)
    return there
