"""What a row shows at first, from what is stored."""

from datetime import date
from typing import Any

from meetings.selectors import ActionEntry, AskEntry, ItemEntry, MinuteEntry


def of_head(entry: MinuteEntry | None, held_on: date) -> dict[str, Any]:
    """The head of the minutes; of minutes that are new the day alone, and video as most meetings are."""
    if entry is None:
        return {"held_on": held_on, "mode": "VIDEO"}
    data = {True: "yes", False: "no", None: None}[entry.was_data_present]
    return {"held_on": entry.held_on, "mode": entry.mode, "was_data_present": data, "next_on": entry.next_on}


def of_presence(entry: Any) -> dict[str, Any] | None:
    """Whether somebody came, and who; None for a row that nobody has filled in yet, as below."""
    if entry is None:
        return None
    came = entry.name if entry.practice else entry.deputy
    return {"presence": entry.presence, **({"name": came} if came else {})}


def of_item(entry: ItemEntry | None) -> dict[str, Any] | None:
    """What was covered under one item."""
    if entry is None:
        return None
    return {
        "title": entry.title,
        "kind": entry.kind,
        "discussion": entry.discussion,
        "decision": entry.decision,
        "decision_reason": entry.decision_reason,
        "keep": entry.is_kept_in_cluster,
        "orientation": entry.orientation,
        "options": entry.options,
        "how_decided": entry.how_decided,
        "dissent": entry.dissent,
        "review_on": entry.review_on,
        "is_parked": entry.is_parked,
        "row": entry.pk,
    }


def of_action(action: ActionEntry | None) -> dict[str, Any] | None:
    """One action of an item."""
    if action is None:
        return None
    return {"what": action.what, "owner": action.who.key, "due_on": action.due_on, "row": action.pk}


def of_ask(ask: AskEntry | None) -> dict[str, Any] | None:
    """The question that an item puts to the HSCP: one at most."""
    return {"question": ask.question, "to": ask.to, "reply_by": ask.reply_by, "row": ask.pk} if ask else None
