"""What every document of a forum says on each page, and how it lists actions."""

from collections.abc import Iterable
from datetime import date

from django.utils.timezone import localdate

from accounts.models import User
from clusters.models import Forum
from meetings.models import Action
from shared.dates import in_words
from shared.documents import Table


def printed_for(reader: User, *, on: date) -> str:
    return f"Printed for {reader} on {in_words(on)}."


def members_only(forum: Forum) -> str:
    return f"For the members of {forum} only."


def action_table(actions: Iterable[Action], *, forum: Forum, on: date) -> Table:
    """Actions with who will do them, by when, and how they stand on the day `on`."""
    rows = tuple(
        (_what(action, forum), str(action.holder), in_words(action.due_on), _stands(action, on)) for action in actions
    )
    return Table(("Action", "Who", "Due", "State"), rows, (8, 5, 4, 6))


def _what(action: Action, forum: Forum) -> str:
    lines = [action.what]
    if action.kind != Action.Kind.AGREED:
        lines.append(f"{action.get_kind_display()} by {action.issuer}")
    if action.forum_id != forum.pk:
        lines.append(f"From {action.forum}, which went on here")
    return "\n".join(lines)


def _stands(action: Action, on: date) -> str:
    if action.state != Action.State.OPEN:
        closed = f"{action.get_state_display()} on {in_words(localdate(action.closed_at))}"
        told = [closed, action.evidence, action.learning and f"Learned: {action.learning}"]
        return "\n".join(line for line in told if line)
    late = (on - action.due_on).days
    told = [f"Late by {late} day{'s' if late > 1 else ''}" if late > 0 else "Open"]
    if action.waiting_since:
        told.append(f"Waits for {action.waiting_on} since {in_words(action.waiting_since)}")
    return "\n".join(told)
