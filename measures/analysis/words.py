"""Two plain sentences under a chart: what it shows and by which rule, and how sure that is."""

from collections.abc import Sequence
from dataclasses import dataclass

from measures.analysis.figures import rounded
from measures.analysis.run_chart import ENOUGH, RunChart, Signal, Verdict

RULES = (
    "Read by the run chart rules of Perla and colleagues (2011), as taught in NHS Scotland: six points in a row on "
    "one side of the median, five in a row all rising or all falling, or more or fewer swings than chance gives."
)
# Of 100 series of pure noise, how many show at least one of the three signals (40,000 simulated series each).
FALSE_SIGNALS = {12: 14, 24: 37, 36: 57}
IN_WORDS = {"above": "above", "below": "below", "up": "rising", "down": "falling"}
BETTER_WAYS = {"UP": ("above", "up"), "DOWN": ("below", "down")}


@dataclass(frozen=True)
class Reading:
    """What is said of a chart. `verdict` is the short form for lists."""

    verdict: str
    shows: str
    how_sure: str


def reading_of(chart: RunChart, *, periods: Sequence[str], unit: str, direction: str) -> Reading:
    """Say what `chart` shows. `periods` names each row; `direction` is UP, DOWN or NONE: which way is better."""
    if not chart.has_enough or chart.median is None:
        return _too_early(chart)
    median = rounded(chart.median, unit)
    if chart.shifts or chart.trends:
        latest = max((*chart.shifts, *chart.trends), key=lambda s: (s.points[-1], len(s.points)))
        return Reading(_short(latest, direction), _stretch(latest, periods, median, direction), _sure(chart))
    if chart.runs_verdict in (Verdict.TOO_FEW, Verdict.TOO_MANY):
        return Reading("unusual pattern", _odd_runs(chart, median), _sure(chart))
    return Reading("no signal", _calm(median), _calm_sure(chart))


def _too_early(chart: RunChart) -> Reading:
    have = "1 point lies" if chart.useful == 1 else f"{chart.useful} points lie"
    return Reading(
        "not enough data yet",
        f"Not enough data yet: {have} off the median and {ENOUGH} are needed.",
        "Until then no rule is applied and no signal is shown; a rise or fall so far may be chance.",
    )


def _stretch(signal: Signal, periods: Sequence[str], median: str, direction: str) -> str:
    first, last = periods[signal.points[0]], periods[signal.points[-1]]
    count = len(signal.points)
    better = _is_better(signal, direction)
    side = "" if better is None else f", the {'better' if better else 'worse'} way"
    if signal.way in ("above", "below"):
        return (
            f"A shift: {count} points in a row from {first} to {last} lie {IN_WORDS[signal.way]} "
            f"the median of {median}{side} (the rule asks for six)."
        )
    way = IN_WORDS[signal.way]
    return f"A trend: {count} points in a row from {first} to {last} are {way}{side} (the rule asks for five)."


def _odd_runs(chart: RunChart, median: str) -> str:
    low, high = chart.expected_runs or (0, 0)
    few = chart.runs_verdict is Verdict.TOO_FEW
    meaning = (
        "the figures stay on one side for long" if few else "the figures swing to and fro, as two mixed sources do"
    )
    return (
        f"Too {'few' if few else 'many'} runs: the line changes sides of the median of {median} in {chart.runs} runs, "
        f"where chance gives {low} to {high}; {meaning}."
    )


def _calm(median: str) -> str:
    return f"No signal: no shift, no trend, runs as chance gives them; the figures vary around a median of {median}."


def _calm_sure(chart: RunChart) -> str:
    return (
        f"With {chart.useful} useful points a large lasting change would probably show; "
        "a small one may be there and need more points."
    )


def _sure(chart: RunChart) -> str:
    near = min(FALSE_SIGNALS, key=lambda n: (abs(n - chart.useful), n))
    more = ", and in longer charts more often" if chart.useful > max(FALSE_SIGNALS) else ""
    return (
        f"This may still be chance: in pure chance data of {near} points one of the three rules fires in about "
        f"{FALSE_SIGNALS[near]} of 100 charts{more}, so ask what changed before you trust it."
    )


def _short(signal: Signal, direction: str) -> str:
    kind = "shift" if signal.way in ("above", "below") else "trend"
    better = _is_better(signal, direction)
    return kind if better is None else f"{kind}, {'better' if better else 'worse'}"


def _is_better(signal: Signal, direction: str) -> bool | None:
    return signal.way in BETTER_WAYS[direction] if direction in BETTER_WAYS else None
