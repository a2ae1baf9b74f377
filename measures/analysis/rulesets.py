"""The rules of each ruleset asked of one phase, and their answers in the same words.

Every function takes the rows of one phase, a gap or a row that is left out being None, and how many of the first set
the lines. What is found is found however few points there are: `reading` says what may be shown.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction

from measures.analysis import making_data_count, phs, run_chart
from measures.analysis.anhoej import crossings_by_phase
from measures.analysis.exact import Number, exact, whole_numbers
from measures.analysis.limits import Kind, Line, drawn, limits_of_shares, spread_of
from measures.analysis.making_data_count import ALL_ZONES, Cause, Zone
from measures.analysis.signs import sides_of, stretches


class Rule(StrEnum):
    """What fired."""

    SHIFT = "shift"
    TREND = "trend"
    TOO_FEW_RUNS = "too few runs"
    TOO_MANY_RUNS = "too many runs"
    LONG_RUN = "unusually long run"
    FEW_CROSSINGS = "unusually few crossings"
    OUTSIDE = "outside the limits"
    TWO_OF_THREE = "two of three near a limit"


@dataclass(frozen=True)
class Hit:
    """`rule` fired on these rows of the phase; `way` is above, below, up, down, or "" where it has none."""

    rule: Rule
    way: str
    rows: tuple[int, ...]


@dataclass(frozen=True)
class Found:
    """What one phase shows: the line in its middle, on which side of it each row lies, and what fired.

    `sides` has a sign for each row, "0" on the line or without a figure. The lines have a height for each row; they
    are empty where the chart has no limits. What chance gives is None where the ruleset does not ask.
    """

    centre: Fraction | None
    sides: str
    hits: tuple[Hit, ...]
    lower: Line = ()
    upper: Line = ()
    runs_expected: tuple[int, int] | None = None
    longest_run_expected: int | None = None
    crossings_expected: int | None = None
    latest: Cause | None = None
    mdc: making_data_count.Reading | None = field(default=None, repr=False)


RUNS = {run_chart.Verdict.TOO_FEW: Rule.TOO_FEW_RUNS, run_chart.Verdict.TOO_MANY: Rule.TOO_MANY_RUNS}
CAUSES = {
    Cause.ABOVE_LIMIT: (Rule.OUTSIDE, "above"),
    Cause.BELOW_LIMIT: (Rule.OUTSIDE, "below"),
    Cause.RISING: (Rule.TREND, "up"),
    Cause.FALLING: (Rule.TREND, "down"),
    Cause.NEAR_UPPER: (Rule.TWO_OF_THREE, "above"),
    Cause.NEAR_LOWER: (Rule.TWO_OF_THREE, "below"),
    Cause.SHIFT_ABOVE: (Rule.SHIFT, "above"),
    Cause.SHIFT_BELOW: (Rule.SHIFT, "below"),
}
LETTERS = {zone: letter for letter, zone in ALL_ZONES.items()}


def perla(values: Sequence[Number | None], baseline: int | None) -> Found:
    """A run chart by Perla and colleagues."""
    chart = run_chart.analyse(values, median_from_first=baseline)
    sides = _sides(values, chart.median)
    hits = _stretches(chart.shifts, chart.trends)
    if rule := RUNS.get(chart.runs_verdict):
        hits += (Hit(rule, "", _off(sides)),)
    return Found(chart.median, sides, hits, runs_expected=chart.expected_runs)


def public_health_scotland(values: Sequence[Number | None], baseline: int | None) -> Found:
    """A run chart as Public Health Scotland's code reads it."""
    flags = phs.flags_of(values, median_from_first=baseline)
    return Found(flags.median, _sides(values, flags.median), _stretches(flags.shifts, flags.trends))


def anhoej(values: Sequence[Number | None], baseline: int | None) -> Found:
    """A run chart by Anhøj and Olesen."""
    (found,) = crossings_by_phase(values, frozen=baseline)
    sides = _sides(values, found.centre)
    off, hits = _off(sides), list[Hit]()
    if found.longest_run_expected is not None:
        hits += [
            Hit(Rule.LONG_RUN, "above" if side == "+" else "below", off[start:after])
            for side, start, after in stretches(sides.replace("0", ""), found.longest_run_expected + 1)
        ]
    if found.crossings is not None and found.crossings_expected is not None:
        hits += [Hit(Rule.FEW_CROSSINGS, "", off)] * (found.crossings < found.crossings_expected)
    return Found(
        found.centre,
        sides,
        tuple(hits),
        longest_run_expected=found.longest_run_expected,
        crossings_expected=found.crossings_expected,
    )


def xmr(values: Sequence[Number | None], baseline: int | None, *, screened: bool) -> Found:
    """An XmR chart by Making Data Count; `screened` as in `limits.moving_ranges`."""
    reading = making_data_count.read(values, frozen=baseline, screened=screened)
    if not reading.phases:
        nothing = (None,) * len(values)
        return Found(None, "0" * len(values), (), nothing, nothing)
    (phase,) = reading.phases
    return Found(
        phase.mean,
        _sides(values, phase.mean),
        _hits(_figures(values), reading.rows, reading.zones),
        lower=(drawn(phase.lower),) * len(values),
        upper=(drawn(phase.upper),) * len(values),
        latest=reading.latest,
        mdc=reading,
    )


def shares(
    numerators: Sequence[Number | None],
    denominators: Sequence[Number | None],
    baseline: int | None,
    *,
    kind: Kind,
    excluded: Collection[int],
) -> Found:
    """A p or u chart, its points judged by the rules of Making Data Count; near a limit is beyond two sigma.

    The limits of a row that is left out are known too, as they hang on its denominator only.
    """
    (found,) = limits_of_shares(numerators, denominators, kind=kind, frozen=baseline, excluded=excluded)
    centre = found.centre
    counted = [None if row in excluded else share for row, share in enumerate(found.plotted)]
    rows, zones, outside = list[int](), "", frozenset(found.outside)
    for row, (share, base) in enumerate(zip(counted, map(exact, denominators), strict=True)):
        if centre is not None and share is not None and base:
            rows.append(row)
            zones += LETTERS[_zone(share - centre, _variance(centre, base, kind), is_outside=row in outside)]
    figures = _figures(counted) if rows else []
    return Found(
        centre,
        _sides(counted, centre),
        _hits(figures, rows, zones),
        lower=found.lower,
        upper=found.upper,
        latest=(making_data_count.causes_of(figures, zones) or [None])[-1],
    )


def _variance(centre: Fraction, base: Fraction, kind: Kind) -> Fraction | None:
    """Of a share of `base`, around `centre`; None where there is no such proportion or rate."""
    variance = Fraction(spread_of(centre.numerator, centre.denominator, kind), centre.denominator**2) / base
    return variance if variance >= 0 else None


def _zone(apart: Fraction, variance: Fraction | None, *, is_outside: bool) -> Zone:
    side = (apart > 0) - (apart < 0)
    if variance is None:
        return Zone(side, None, None)
    return Zone(side, is_outside, not is_outside and apart * apart > 4 * variance)


def _figures(values: Sequence[Number | None]) -> list[int]:
    return [figure for figure in whole_numbers(values)[0] if figure is not None]


def _hits(figures: Sequence[int], rows: Sequence[int], zones: str) -> tuple[Hit, ...]:
    """The rules of Making Data Count; `rows` are those with a figure, `zones` the letter of each."""
    specials = making_data_count.specials_of(figures, zones)
    return tuple([Hit(*CAUSES[cause], tuple([rows[place] for place in places])) for cause, places in specials])


def _stretches(shifts: Sequence[run_chart.Signal], trends: Sequence[run_chart.Signal]) -> tuple[Hit, ...]:
    return (
        *(Hit(Rule.SHIFT, shift.way, shift.points) for shift in shifts),
        *(Hit(Rule.TREND, trend.way, trend.points) for trend in trends),
    )


def _sides(values: Sequence[Number | None], centre: Fraction | None) -> str:
    if centre is None:
        return "0" * len(values)
    figures, scale = whole_numbers(values)
    return sides_of(figures, centre.numerator * scale, centre.denominator)


def _off(sides: str) -> tuple[int, ...]:
    return tuple([row for row, side in enumerate(sides) if side != "0"])
