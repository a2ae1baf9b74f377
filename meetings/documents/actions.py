"""The log of a forum's actions, for those inside it."""

from accounts.models import User
from accounts.reach import Reach
from clusters.models import Forum
from meetings.documents.sheets import action_table, members_only, printed_for
from meetings.models import Action
from meetings.selectors import actions_of_forum
from shared.dates import in_words
from shared.documents import Block, Document, Facts, Heading, Line, Paragraph


def action_log_document(forum: Forum, reach: Reach, *, reader: User) -> Document:
    """Every action of the forum that is out of draft: first what is open, by due date, then what was closed, newest
    first. For a reader who is inside of it: the door checks that.
    """
    on, every = reach.day, list(actions_of_forum(forum))
    still_open = [action for action in every if action.state == Action.State.OPEN]
    late = sum(action.due_on < on for action in still_open)
    closed = [action for action in every if action.closed_at]
    closed.sort(key=lambda action: (action.closed_at, action.pk), reverse=True)
    counts = (("Open", f"{len(still_open)}, {late} of them late"), ("Closed", str(len(closed))))
    return Document(
        title=f"Actions of {forum}",
        about=f"{forum} · {in_words(on)}",
        printed=printed_for(reader, on=on),
        readers=members_only(forum),
        blocks=(
            Facts(counts),
            *_part("Open", still_open, "No action is open.", forum, reach),
            *_part("Closed", closed, "No action has been closed yet.", forum, reach),
        ),
    )


def _part(title: str, actions: list[Action], empty: str, forum: Forum, reach: Reach) -> tuple[Block, ...]:
    body: Block = action_table(actions, forum=forum, on=reach.day) if actions else Paragraph(Line(empty))
    return Heading(title), body
