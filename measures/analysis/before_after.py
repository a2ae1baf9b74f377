"""Whether the latest phase differs from the one before it, and whether the difference has lasted so far.

The points of the phase are held against the centre line of the phase before, as though that line had been frozen: a
shift against it, as the ruleset knows shifts, is a change; one that the latest points are still part of is sustained.
"""

from dataclasses import dataclass
from enum import StrEnum

from measures.analysis import making_data_count, run_chart
from measures.analysis.anhoej import longest_run_expected
from measures.analysis.better import Meaning, meaning_of
from measures.analysis.kinds import Ruleset
from measures.analysis.reading import PhaseReading, Reading
from measures.analysis.signs import stretches


class Change(StrEnum):
    """What can be said of two phases."""

    NO_BASELINE = "too few points before"
    TOO_EARLY = "too few points since"
    NONE = "no change shown"
    NOT_HELD = "a change that has not held"
    SUSTAINED = "a change, sustained so far"


@dataclass(frozen=True)
class BeforeAfter:
    """The latest phase against the one before it. `count` points in a row lie `way` (above, below) the old line.

    `since` points of the latest phase lie off that line; `needed` of them in a row make a change.
    """

    before: PhaseReading
    after: PhaseReading
    change: Change
    since: int
    needed: int
    way: str = ""
    count: int = 0
    meaning: Meaning = Meaning.NEITHER


def before_and_after(reading: Reading) -> BeforeAfter | None:
    """The comparison; None where there is one phase only, or one of the two has no figure."""
    if len(reading.phases) < 2:
        return None
    before, after = reading.phases[-2:]
    if before.centre is None or after.centre is None:
        return None
    sides = _sides(reading, before, after)
    needed = _needed(reading.ruleset, len(sides))
    if not before.is_enough:
        return BeforeAfter(before, after, Change.NO_BASELINE, len(sides), needed)
    if len(sides) < needed:
        return BeforeAfter(before, after, Change.TOO_EARLY, len(sides), needed)
    found = list(stretches(sides, needed))
    if not found:
        return BeforeAfter(before, after, Change.NONE, len(sides), needed)
    side, start, end = found[-1]
    way = "above" if side == "+" else "below"
    change = Change.SUSTAINED if end == len(sides) else Change.NOT_HELD
    meaning = meaning_of(way, reading.better)
    return BeforeAfter(before, after, change, len(sides), needed, way, end - start, meaning)


def _sides(reading: Reading, before: PhaseReading, after: PhaseReading) -> str:
    """On which side of the old line each point of the new phase lies, without those on it and those left out."""
    signs = ""
    for row in range(after.first, after.last + 1):
        figure = reading.plotted[row]
        if figure is not None and before.centre is not None and row not in reading.left_out:
            signs += "+" * (figure > before.centre) + "-" * (figure < before.centre)
    return signs


def _needed(ruleset: Ruleset, useful: int) -> int:
    if ruleset is Ruleset.MDC:
        return making_data_count.SHIFT
    if ruleset is Ruleset.ANHOEJ:
        return longest_run_expected(useful) + 1 if useful else run_chart.SHIFT
    return run_chart.SHIFT
