"""What a chart is drawn from, and where its places and values lie in the picture."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

FONT = "Roboto, 'Helvetica Neue', Helvetica, Arial, 'DejaVu Sans Condensed', 'DejaVu Sans', sans-serif"
INK, FAINT, GREY, LINE, GOAL, LIMIT = "#333333", "#d9d9d9", "#5e5e5e", "#0065bd", "#3b7a1e", "#8a4b00"
WIDE, HIGH = 720, 400
FOOT, LEGEND_ROW = 56, 18  # room below the picture: for its axis, and for each row of the legend

Height = Decimal | Fraction | float


class Look(StrEnum):
    """How a point is drawn; the value is what the legend says of it."""

    PLAIN = ""
    SHIFT = "part of a shift or long run"
    TREND = "part of a trend"
    OUTSIDE = "outside the limits"
    NEAR = "two of three near a limit"
    LEFT_OUT = "left out of lines and rules"
    STANDS_OUT = "out of line, as a person says"


@dataclass(frozen=True)
class Mark:
    """One period on the axis. `value` None is a gap; `said` is what a reader is told of the point besides its figure;
    `note` is a number or "".
    """

    label: str
    value: Height | None
    look: Look = Look.PLAIN
    said: str = ""
    note: str = ""


@dataclass(frozen=True)
class Stretch:
    """Places `first` to `last` with a centre line of their own; `name` says why the phase began."""

    first: int
    last: int
    centre: Height | None
    name: str = ""


@dataclass(frozen=True)
class Drawn:
    """What a chart is drawn from. `key` makes its ids unique in the page; `write` says a figure to so many places.

    `lower` and `upper` are limits with a height for each mark, or empty. `title` names the kind of chart.
    """

    key: str
    name: str
    summary: str
    axis: str
    marks: Sequence[Mark]
    write: Callable[[Height, int], str]
    write_rounded: Callable[[Height], str]
    title: str = "Run chart"
    centre_name: str = "Median"
    stretches: Sequence[Stretch] = ()
    lower: Sequence[float | None] = ()
    upper: Sequence[float | None] = ()
    goal: Decimal | None = None

    @property
    def centre(self) -> Height | None:
        """The centre line of the latest phase, which is the one that is named."""
        return self.stretches[-1].centre if self.stretches else None

    @property
    def heights(self) -> list[Decimal]:
        """Everything that the picture must have room for."""
        values: list[Height | None] = [mark.value for mark in self.marks]
        values += [self.goal, *self.lower, *self.upper, *(stretch.centre for stretch in self.stretches)]
        return [as_decimal(value) for value in values if value is not None]


@dataclass(frozen=True)
class Plane:
    """Turns places and values into points of the picture."""

    left: float
    right: float
    top: float
    floor: float
    ticks: Sequence[Decimal]
    count: int
    wide: float = WIDE

    @property
    def edge(self) -> float:
        """Where the picture ends and the names of its lines begin."""
        return self.wide - self.right

    @property
    def spacing(self) -> float:
        return (self.edge - self.left) / max(self.count, 1)

    def x(self, place: float) -> float:
        """The middle of a place; half a place less is where it begins."""
        return round(self.left + self.spacing * (place + 0.5), 1)

    def y(self, value: Height) -> float:
        low, high = self.ticks[0], self.ticks[-1]
        share = (Fraction(value) - Fraction(low)) / (Fraction(high) - Fraction(low))
        return round(self.top + (self.floor - self.top) * (1 - float(share)), 1)


def as_decimal(value: Height) -> Decimal:
    """A height as a figure that an axis can count with."""
    if isinstance(value, Fraction):
        return Decimal(value.numerator) / Decimal(value.denominator)
    return value if isinstance(value, Decimal) else Decimal(repr(value))
