"""What a chart says by its one ruleset, as facts without sentences: what a page or a picture is made from."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

from measures.analysis import rulesets, signs
from measures.analysis.better import Better, Meaning, Variation, meaning_of, variation_of
from measures.analysis.exact import Number, exact
from measures.analysis.kinds import Chart, Ruleset
from measures.analysis.limits import Kind, Line
from measures.analysis.making_data_count import Assurance
from measures.analysis.phases import phases_of
from measures.analysis.rulesets import Found, Rule
from measures.analysis.run_chart import ENOUGH


@dataclass(frozen=True)
class Point:
    """A point as it was kept: a `value`, or a numerator of a denominator, whose share is charted.

    With an excluded point the chart is drawn, but it sets no line and is part of no signal: it is read as a gap.
    """

    on: date
    value: Decimal | None = None
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    is_excluded: bool = False


@dataclass(frozen=True)
class Signal:
    """`rule` fired on these 0-based rows, of one phase; `way` is above, below, up, down, or "" for runs."""

    rule: Rule
    way: str
    rows: tuple[int, ...]
    meaning: Meaning

    @property
    def first(self) -> int:
        """The first row concerned."""
        return self.rows[0]

    @property
    def last(self) -> int:
        """The last row concerned."""
        return self.rows[-1]


@dataclass(frozen=True)
class PhaseReading:
    """Rows `first` to `last` (0-based, both included), which have a centre line of their own, and their statistics.

    `useful` points lie off the centre. What chance gives is None where the ruleset does not ask, or cannot tell.
    """

    first: int
    last: int
    centre: Fraction | None
    above: int
    below: int
    runs: int
    longest_run: int
    runs_expected: tuple[int, int] | None = None
    longest_run_expected: int | None = None
    crossings_expected: int | None = None

    @property
    def periods(self) -> int:
        """How many rows it has, with a figure or without."""
        return self.last - self.first + 1

    @property
    def useful(self) -> int:
        """Points off the centre line."""
        return self.above + self.below

    @property
    def crossings(self) -> int:
        """How often the line changes sides."""
        return max(0, self.runs - 1)

    @property
    def is_enough(self) -> bool:
        """Whether there are enough useful points to say anything: if not, none of its signals is shown."""
        return self.useful >= ENOUGH


@dataclass(frozen=True)
class Reading:
    """The chart. `days`, `plotted`, `lower` and `upper` have one place for each point, None where nothing is drawn.

    `signals` are what may be shown, in order of their first rows: a phase with too few useful points has none.
    `left_out` are the rows that are drawn only; `better` is which way is good. `variation` and `assurance` are those
    of the latest phase, by Making Data Count: None when it has too few.
    """

    ruleset: Ruleset
    kind: Chart
    days: tuple[date, ...]
    plotted: tuple[Fraction | None, ...]
    lower: Line
    upper: Line
    phases: tuple[PhaseReading, ...]
    signals: tuple[Signal, ...]
    better: Better = Better.NEITHER
    left_out: frozenset[int] = frozenset()
    variation: Variation | None = None
    assurance: Assurance | None = None

    @property
    def is_enough(self) -> bool:
        """Whether any phase has enough useful points; if none has, the chart says "not enough data yet"."""
        return any(phase.is_enough for phase in self.phases)


def read(
    points: Sequence[Point],
    *,
    ruleset: Ruleset,
    kind: Chart,
    phases: Collection[date] = (),
    baseline: int | None = None,
    better: Better | None = None,
    target: Number | None = None,
    screened: bool = True,
) -> Reading:
    """Read `points`, which stand in order of their days, by one ruleset.

    A phase starts with the first point on or after each day of `phases`. `baseline` freezes the lines of each phase
    on its first so many rows; by MDC an XmR chart counts figures, without gaps. Of an XmR chart `target` is what the
    assurance is about, and `screened` leaves out moving ranges that are themselves special, once.

    Raises ValueError when the chart can't be read by this ruleset, the days are out of order, or the baseline is
    below one point. No figure raises.
    """
    if ruleset not in kind.rulesets:
        raise ValueError(f"A chart of kind {kind} can't be read by {ruleset}.")
    if any(later.on < earlier.on for earlier, later in pairwise(points)):
        raise ValueError("The points are not in order of their days.")
    if baseline is not None and baseline < 1:
        raise ValueError("A baseline has one point or more.")
    splits = {sum(point.on < start for point in points) for start in phases}
    parts = [(phase.first, phase.of(points)) for phase in phases_of(len(points), splits=splits)]
    found = [(first, _found(part, ruleset, kind, baseline, screened=screened)) for first, part in parts]
    good, told = better or Better.NEITHER, [_phase(first, each) for first, each in found]
    latest = found[-1][1] if found and told[-1].is_enough else None
    return Reading(
        ruleset=ruleset,
        kind=kind,
        days=tuple([point.on for point in points]),
        plotted=tuple([exact(_figure(point, kind)) for point in points]),
        lower=tuple([height for _, each in found for height in each.lower or (None,) * len(each.sides)]),
        upper=tuple([height for _, each in found for height in each.upper or (None,) * len(each.sides)]),
        phases=tuple(told),
        signals=tuple(
            signal
            for phase, (first, each) in zip(told, found, strict=True)
            if phase.is_enough
            for signal in _signals(first, each, good)
        ),
        better=good,
        left_out=frozenset(row for row, point in enumerate(points) if point.is_excluded),
        variation=variation_of(latest.latest, good) if latest and ruleset is Ruleset.MDC else None,
        assurance=_assurance(latest, good, target),
    )


def _found(part: Sequence[Point], ruleset: Ruleset, kind: Chart, baseline: int | None, *, screened: bool) -> Found:
    if kind.is_of_shares:
        return rulesets.shares(
            [point.numerator for point in part],
            [point.denominator for point in part],
            baseline,
            kind=Kind(kind),
            excluded=frozenset(row for row, point in enumerate(part) if point.is_excluded),
        )
    values = [None if point.is_excluded else _figure(point, kind) for point in part]
    if ruleset is Ruleset.MDC:
        return rulesets.xmr(values, baseline, screened=screened)
    if ruleset is Ruleset.ANHOEJ:
        return rulesets.anhoej(values, baseline)
    return (rulesets.perla if ruleset is Ruleset.PERLA else rulesets.public_health_scotland)(values, baseline)


def _figure(point: Point, kind: Chart) -> Number | None:
    """What the point shows: its value, or else its share of the denominator; p and u charts know shares only."""
    if point.value is not None and kind in (Chart.RUN, Chart.XMR):
        return point.value
    top, bottom = exact(point.numerator), exact(point.denominator)
    return top / bottom if top is not None and bottom else None


def _phase(first: int, found: Found) -> PhaseReading:
    useful = found.sides.replace("0", "")
    return PhaseReading(
        first=first,
        last=first + len(found.sides) - 1,
        centre=found.centre,
        above=useful.count("+"),
        below=useful.count("-"),
        runs=signs.crossings(useful) + 1 if useful else 0,
        longest_run=signs.longest_stretch(useful),
        runs_expected=found.runs_expected,
        longest_run_expected=found.longest_run_expected,
        crossings_expected=found.crossings_expected,
    )


def _signals(first: int, found: Found, better: Better) -> list[Signal]:
    moved = [(hit, tuple([first + row for row in hit.rows])) for hit in found.hits]
    signals = [Signal(hit.rule, hit.way, rows, meaning_of(hit.way, better)) for hit, rows in moved]
    return sorted(signals, key=lambda signal: (signal.first, signal.last))


def _assurance(found: Found | None, better: Better, target: Number | None) -> Assurance | None:
    if found is None or found.mdc is None or target is None or better is Better.NEITHER:
        return None
    return found.mdc.assurance(target, higher_is_better=better is Better.HIGHER)
