"""Meetings, actions and questions as tests need them: always made by the real services."""

from datetime import timedelta
from uuid import uuid4

from django.utils import timezone

from meetings.models import Action, Ask, Item, Meeting
from meetings.services import (
    ActionEntry,
    AskEntry,
    AttendanceEntry,
    GuestEntry,
    ItemEntry,
    MinuteEntry,
    add_action,
    ask_hscp,
    publish_meeting,
    save_minute,
)

AWAY = "Elm"


def entry(w, **changes) -> MinuteEntry:
    """Rowan's meeting: five present, Ash by a deputy, Elm away, a guest; two items, one kept in the cluster."""
    seats = [w.alder, w.ash, w.beech, w.elm, w.hazel, w.holly, w.willow]
    how = {w.ash.pk: ("DEPUTY", "Ann Lee"), w.elm.pk: ("APOLOGY", "")}
    fields = {
        "held_on": w.today,
        "attendances": tuple(
            AttendanceEntry(p.pk, *how.get(p.pk, ("PRESENT", "")), person=w.asha.pk if p == w.alder else None)
            for p in seats
        ),
        "guests": (GuestEntry("Gordon Visitor", "Diabetes team"),),
        "items": (
            ItemEntry(
                title="Diabetes recall",
                discussion="Recall rate is up",
                decision="All practices send texts",
                decision_reason="Texts help",
                actions=(
                    ActionEntry("Share text template", w.today + timedelta(days=21), owner_practice=w.alder.pk),
                    ActionEntry("Fund the texts", w.today + timedelta(days=30), owner=w.heather.pk),
                ),
                asks=(AskEntry("Who pays for the texts?", w.heather.pk, w.today + timedelta(days=14)),),
            ),
            ItemEntry(
                title="How a colleague copes",
                kind=Item.Kind.PEER_SUPPORT,
                discussion="Private talk",
                decision="Private decision",
                actions=(ActionEntry("Private action", w.today + timedelta(days=7), owner=w.callum.pk),),
            ),
        ),
        "was_data_present": True,
    }
    return MinuteEntry(**{**fields, **changes})


def logged(w, **changes) -> Meeting:
    """A draft of Rowan's meeting, logged by Callum."""
    return save_minute(by=w.callum, forum=w.rowan.forum, entry=entry(w, **changes), nonce=uuid4(), at=timezone.now())


def published(w, *, share_level="CLUSTER", kept=(), **changes) -> Meeting:
    meeting = logged(w, **changes)
    return publish(w, meeting, share_level=share_level, kept_items=kept)


def publish(w, meeting, *, by=None, **chosen) -> Meeting:
    """Publish a draft as it stands."""
    chosen = {"at": timezone.now(), "version": meeting.version, **chosen}
    return publish_meeting(by=by or w.callum, meeting=meeting, **chosen)


def an_action(w, *, due_in=10, what="Audit recall list", **owner) -> Action:
    """An action of Rowan outside any meeting."""
    owner = owner or {"owner": w.callum}
    ids = {key: thing.pk for key, thing in owner.items()}
    made = ActionEntry(what, w.today + timedelta(days=due_in), **ids)
    return add_action(by=w.callum, forum=w.rowan.forum, entry=made, at=timezone.now())


def an_ask(w, *, by=None, question="Who pays for the texts?", to=None) -> Ask:
    return ask_hscp(
        by=by or w.callum,
        forum=w.rowan.forum,
        question=question,
        to=to or w.heather,
        reply_by=w.today + timedelta(days=14),
        at=timezone.now(),
    )


def log_fields(w, **changes) -> dict[str, str]:
    """What the log of a meeting posts: all present, one item with a decision and an action."""
    seats = [w.alder, w.ash, w.beech, w.elm, w.hazel, w.holly, w.willow]
    fields = {
        "nonce": str(uuid4()),
        "version": "1",
        "held_on": str(w.today),
        "mode": "VIDEO",
        "guests": "1",
        "items": "3",
        "item-0-actions": "3",
        "item-0-title": "Diabetes recall",
        "item-0-kind": "DISC",
        "item-0-decision": "All practices send texts",
        "item-0-action-0-what": "Alder: share text template by 31 Dec",
        **{f"practice-{p.pk}-presence": "PRESENT" for p in seats},
        "do": "preview",
    }
    return {**fields, **changes}
