"""What a row shows at first, from what is stored."""

from datetime import date
from typing import Any

from meetings.selectors import ItemEntry, MinuteEntry


def of_head(entry: MinuteEntry | None, held_on: date) -> dict[str, Any]:
    if entry is None:
        return {"held_on": held_on, "mode": "VIDEO"}
    data = {True: "yes", False: "no", None: None}[entry.was_data_present]
    return {"held_on": entry.held_on, "mode": entry.mode, "was_data_present": data, "next_on": entry.next_on}


def of_presence(entry: Any) -> dict[str, Any] | None:
    if entry is None:
        return None
    return {"presence": entry.presence, **({"name": entry.name} if entry.name else {})}


def of_item(entry: ItemEntry | None) -> dict[str, Any] | None:
    if entry is None:
        return None
    return {
        "title": entry.title,
        "kind": entry.kind,
        "discussion": entry.discussion,
        "decision": entry.decision,
        "decision_reason": entry.decision_reason,
        "keep": entry.is_kept_in_cluster,
    }


def of_action(entry: ItemEntry | None, n: int) -> dict[str, Any] | None:
    if entry is None or n >= len(entry.actions):
        return None
    action = entry.actions[n]
    owner = f"person:{action.owner}" if action.owner else f"practice:{action.owner_practice}"
    return {"what": action.what, "owner": owner, "due_on": action.due_on}


def of_ask(entry: ItemEntry | None) -> dict[str, Any] | None:
    return vars(entry.asks[0]) if entry and entry.asks else None
