"""One line of what needs a person."""

from dataclasses import dataclass
from datetime import date
from enum import IntEnum

from shared.dates import relative


class Shape(IntEnum):
    """How pressing a line is: its order, and the shape it is drawn with."""

    TODAY = 1
    LATE = 2
    SOON = 3

    @property
    def sign(self) -> str:
        return "■▲●"[self - 1]


@dataclass(frozen=True)
class Need:
    """One line: "▲ Late 3 days  Send recall letter template  [Done]". `place` is said first, where lines of several
    clusters stand together. `page` is that of the thing itself, where the button leads elsewhere; `is_press`: the
    button does it at once (POST), and leads to no page that asks.
    """

    shape: Shape
    word: str
    text: str
    button: str
    path: str
    place: str = ""
    page: str = ""
    is_press: bool = False


def shape_of(due: date, day: date) -> Shape:
    """How pressing a thing is that is due on a day."""
    return Shape.LATE if due < day else Shape.TODAY if due == day else Shape.SOON


def late(due: date, day: date) -> str:
    """ "Late 3 days"."""
    days = (day - due).days
    return f"Late {days} day{'s' if days != 1 else ''}"


def said_due(due: date, day: date) -> str:
    """ "Late 3 days", "Due tomorrow"."""
    return late(due, day) if due < day else f"Due {relative(due, to=day)}"
