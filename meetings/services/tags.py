"""Marks items, actions and questions as intrinsic or extrinsic. The words of minutes stay as they are."""

from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import transaction

from accounts import audit
from accounts.models import User
from clusters.selectors import reach_of
from meetings import rules
from meetings.models import Action, Ask, Item

Thing = Item | Action | Ask


@transaction.atomic
def tag(*, by: User, thing: Thing, orientation: str, on: date) -> Thing:
    """Mark `thing` (a code of `Orientation`; blank: as it follows by itself). The same again changes nothing.

    Published minutes may be marked: the tag says how the work is counted, not what was said.
    Raises PermissionDenied unless `by` writes up for its forum.
    """
    related = ("meeting",) if isinstance(thing, Item) else ("forum",)
    now = type(thing)._default_manager.select_for_update(of=("self",)).select_related(*related).get(pk=thing.pk)
    reach = reach_of(by, on=on)
    allowed = rules.can_tag_item(reach, now) if isinstance(now, Item) else rules.can_tag(reach, now)
    if not allowed:
        raise PermissionDenied(rules.WHO_TAGS)
    if now.orientation == orientation:
        return now
    before = audit.snapshot(now)
    now.orientation = orientation
    now.save(update_fields=["orientation"])
    audit.record(f"{now._meta.model_name}.tagged", now, by=by, before=before)
    return now
