"""What a reader sees of a meeting, as frozen values: whatever they may not see is not in them."""

from dataclasses import dataclass
from datetime import date

from meetings.models import Audience


@dataclass(frozen=True)
class ActionSeen:
    pk: int
    what: str
    owner: str
    due_on: date
    state: str
    is_open: bool
    tag: str = ""


@dataclass(frozen=True)
class AskSeen:
    pk: int
    question: str
    to: str
    reply_by: date
    state: str


@dataclass(frozen=True)
class NoteSeen:
    """A dated note to minutes that don't change any more, under the name that its writer had that day."""

    text: str
    on: date
    by: str
    is_kept: bool


@dataclass(frozen=True)
class ItemSeen:
    pk: int
    title: str
    kind: str
    discussion: str
    decision: str
    decision_reason: str
    is_kept: bool
    is_always_kept: bool
    is_event: bool
    tag: str
    actions: tuple[ActionSeen, ...]
    asks: tuple[AskSeen, ...]
    notes: tuple[NoteSeen, ...] = ()


@dataclass(frozen=True)
class AttendanceSeen:
    who: str
    presence: str
    name: str
    is_from_hscp: bool = False


@dataclass(frozen=True)
class MinutesSeen:
    """A meeting as one audience reads it. Whatever the audience may not see is not in here at all."""

    audience: Audience
    represented: int
    practices: int
    guests: int
    attendances: tuple[AttendanceSeen, ...]
    items: tuple[ItemSeen, ...]
    open_actions: int
    done_actions: int
    was_data_present: bool | None
    next_on: date | None
    is_draft: bool
    seat_word: str = "practices"
    notes: tuple[NoteSeen, ...] = ()

    @property
    def is_inside(self) -> bool:
        return self.audience is Audience.CLUSTER

    @property
    def kept_word(self) -> str:
        """What is said of an item that stays inside."""
        return "kept in the cluster" if self.seat_word == "practices" else "kept by the members"

    @property
    def decisions(self) -> int:
        return sum(bool(item.decision) for item in self.items)
