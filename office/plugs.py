"""What each person is reminded of: only upper floors know. Setting: `DIGEST_SOURCES`."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from accounts.models import User
from accounts.reach import Reach
from shared.plugs import plugged

AHEAD = timedelta(days=7)


class Section(StrEnum):
    """The parts of a reminder, in their order."""

    LATE = "Late"
    DUE = "Due soon"
    NEW = "New for you"
    COMING = "Coming up"


@dataclass(frozen=True)
class Line:
    """One line of a reminder: what and by when, its day to sort by, and the path of the page that shows it.

    `key` names the thing ("action:17"); `until` is the moment from which the line is of no use any more (F20).
    """

    section: Section
    text: str
    path: str
    key: str
    day: date | None = None
    until: datetime | None = None


@dataclass(frozen=True)
class Asked:
    """Whom the lines are for: people and how far each reaches `on` that day, by id.

    New for somebody is what came after `since`, the moment of their last reminder.
    """

    people: Mapping[int, User]
    reaches: Mapping[int, Reach]
    on: date
    since: Mapping[int, datetime]

    @property
    def oldest(self) -> datetime:
        """Nothing older is new for any of them."""
        return min(self.since.values())

    @property
    def soon(self) -> date:
        """The last day of what is due or coming up."""
        return self.on + AHEAD

    def section(self, person: int, *, due_on: date, told_at: datetime) -> "Section | None":
        """Where something with a day belongs for somebody who learned of it at `told_at`; None where it can wait."""
        if due_on <= self.soon:
            return Section.LATE if due_on < self.on else Section.DUE
        return Section.NEW if told_at > self.since[person] else None


def lines_for(asked: Asked) -> dict[int, list[Line]]:
    """By person id, what `DIGEST_SOURCES` has to tell them; each source asks once for all of them."""
    found: dict[int, list[Line]] = defaultdict(list)
    for source in plugged("DIGEST_SOURCES"):
        for person, lines in source(asked).items():
            found[person] += lines
    return {person: lines for person, lines in found.items() if lines}
