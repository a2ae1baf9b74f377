"""Intrinsic or extrinsic: the tag of items, actions and questions, marked or derived, worked out in one place.

An item with a question to the HSCP is extrinsic; else peer support, learning, data and significant events are
intrinsic; other items carry no tag until somebody marks them. An action follows its item. A question is extrinsic.
"""

from typing import Any

from django.db.models import Case, CharField, Exists, F, OuterRef, Q, QuerySet, Value, When

from accounts.reach import Reach
from clusters.models.orientation import Orientation
from meetings import rules
from meetings.models import Action, Ask, Audience, Item, Meeting
from meetings.selectors.doors import action_for, ask_for, meetings_within
from shared.doors import open_door

INTRINSIC_KINDS = (Item.Kind.PEER_SUPPORT, Item.Kind.LEARNING, Item.Kind.DATA, Item.Kind.SIGNIFICANT_EVENT)
IN, OUT = Value(Orientation.INTRINSIC.value), Value(Orientation.EXTRINSIC.value)


def _case(*whens: When, default: Any) -> Case:
    return Case(*whens, default=default, output_field=CharField())


def _asks(item: str) -> Exists:
    return Exists(Ask.objects.filter(item=OuterRef(item)).exclude(state=Ask.State.WITHDRAWN))


def _of_item(column: str, prefix: str = "") -> list[When]:
    """The tag of an item: marked, else by its question, else by its kind; `column` is its id in the outer row."""
    return [
        When(~Q(**{f"{prefix}orientation": ""}), then=F(f"{prefix}orientation")),
        When(_asks(column), then=OUT),
        When(**{f"{prefix}kind__in": INTRINSIC_KINDS}, then=IN),
    ]


def tagged_items(items: QuerySet[Item]) -> QuerySet[Item]:
    """The items, each with its `tag`: a code of `Orientation`, or nothing."""
    return items.annotate(tag=_case(*_of_item("pk"), default=Value("")))


def tagged_actions(actions: QuerySet[Action]) -> QuerySet[Action]:
    """The actions, each with its `tag`: marked, else that of the item it was written under."""
    own = When(~Q(orientation=""), then=F("orientation"))
    return actions.annotate(
        tag=_case(own, When(item__isnull=True, then=Value("")), *_of_item("item", "item__"), default=Value(""))
    )


def word_of(tag: str) -> str:
    """The tag as a word in a sentence; nothing for no tag."""
    return Orientation(tag).label.lower() if tag else ""


def item_to_tag(reach: Reach, pk: int, *, sentence: str) -> Item:
    """An item of minutes that the reader may open (404), if they may mark it (403)."""
    within = Item.objects.filter(meeting__in=meetings_within(reach).order_by().values("pk"))
    seen = within if reach.person_id else within.none()
    inside = seen.filter(meeting__forum__in=rules.forums_seen_from(reach, Audience.CLUSTER))
    return open_door(
        inside.filter(meeting__state__in=Meeting.TOLD).select_related("meeting__forum"),
        may=rules.can_tag_item,
        reach=reach,
        sentence=sentence,
        pk=pk,
    )


def action_to_tag(reach: Reach, pk: int, *, sentence: str) -> Action:
    """An action that the reader may open (404), if they may mark it (403)."""
    return action_for(reach, pk, may=rules.can_tag, sentence=sentence)


def ask_to_tag(reach: Reach, pk: int, *, sentence: str) -> Ask:
    """A question that the reader may open (404), if they may mark it (403)."""
    return ask_for(reach, pk, may=rules.can_tag, sentence=sentence)
