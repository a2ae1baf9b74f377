"""What an agenda should hold that other floors know of. Setting: `AGENDA_SOURCES`."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from accounts.reach import Reach
from clusters.models import Forum
from shared.plugs import plugged


class Group(StrEnum):
    """The parts of the agenda that fills itself, in their order."""

    PARKED = "Left from last time"
    TOPICS = "Topics that members proposed"
    REPLIES = "Answers that came back"
    LATE = "Actions due before the meeting"
    OPEN = "Open actions"
    PLAN = "From the quality improvement plan"
    LOOK_BACK = "Decisions to look back on"
    FROM_ABOVE = "From the forums around"
    CLUSTERS = "From the clusters"


@dataclass(frozen=True)
class Suggested:
    """One line of the agenda that nobody has typed. `key` names the thing ("action:17"), `path` leads to it.

    `day` is when it is or was due. `is_kept` marks what no reader above the forum may know of, `is_private` what not
    everybody inside of it may open: only those who may see the line.
    """

    key: str
    group: Group
    text: str
    path: str
    detail: str = ""
    day: date | None = None
    is_kept: bool = False
    is_private: bool = False


def suggestions_for(forum: Forum, *, on: date, reach: Reach | None = None) -> list[Suggested]:
    """All that the next agenda of `forum` should hold, as of the day of that meeting, group by group.

    Each function named in `AGENDA_SOURCES` takes the forum, the day and the reader's reach and gives a list. Without
    a reach it says nothing that whoever is inside the forum may not read; with one also what that reader may open.
    A thing that several name is listed once, in the first of its groups.
    """
    found = [line for source in plugged("AGENDA_SOURCES") for line in source(forum, on=on, reach=reach)]
    groups = list(Group)
    in_order = sorted(found, key=lambda line: (groups.index(line.group), line.day or date.max, line.key))
    first: dict[str, Suggested] = {}
    for line in in_order:
        first.setdefault(line.key, line)
    return list(first.values())
