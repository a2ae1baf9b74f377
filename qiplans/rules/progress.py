"""The progress that a project's own evidence speaks for, on the IHI scale of 0.5 to 5.0. Plain Python.

Set by hand the score goes stale, so it is proposed from what is there; a person confirms or says otherwise.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from statistics import median

SCALE = {
    "0.5": "Intent to take part",
    "1.0": "Charter and team are there",
    "1.5": "Planning has begun",
    "2.0": "Activity, no change yet",
    "2.5": "Changes tested, no improvement yet",
    "3.0": "Modest improvement",
    "3.5": "Improvement",
    "4.0": "Significant improvement",
    "4.5": "Sustained improvement",
    "5.0": "Outstanding sustained results",
}
MODEST, SIGNIFICANT = Decimal("0.2"), Decimal("0.5")
AT_START, LATELY = 6, 3  # figures that stand for "then" and for "now"


@dataclass(frozen=True)
class Evidence:
    """What there is of a project. `share` is how much of the way to the goal is gone, None where it can't be said."""

    has_charter: bool
    has_team: bool
    has_plan: bool
    tests: int
    figures: int
    has_enough: bool
    is_better: bool
    share: Decimal | None
    is_sustained: bool


@dataclass(frozen=True)
class Proposed:
    """A score, what it means, and the evidence for it and against a higher one in words."""

    score: Decimal
    means: str
    reasons: tuple[str, ...]


def propose_progress(found: Evidence) -> Proposed:
    """The highest step of the scale that the evidence reaches, with its reasons."""
    score = _score(found)
    return Proposed(Decimal(score), SCALE[score], tuple(_reasons(found)))


def share_of_goal(values: Sequence[Decimal], goal: Decimal | None) -> Decimal | None:
    """How much of the way from the first figures to the goal the latest ones have gone; below 0 is away from it.

    None without a goal, with too few figures, or where the work began at its goal.
    """
    if goal is None or len(values) < AT_START + LATELY:
        return None
    start, now = median(values[:AT_START]), median(values[-LATELY:])
    return None if goal == start else (now - start) / (goal - start)


def _score(found: Evidence) -> str:
    share = found.share if found.share is not None else Decimal(0)
    if found.is_better and share >= SIGNIFICANT:
        if found.is_sustained:
            return "5.0" if share >= 1 else "4.5"
        return "4.0"
    if found.is_better:
        return "3.5" if share >= MODEST else "3.0"
    if found.tests and found.has_enough:
        return "3.0" if share >= MODEST else "2.5"
    if found.tests or found.figures:
        return "2.0"
    if found.has_plan:
        return "1.5"
    return "1.0" if found.has_charter and found.has_team else "0.5"


def _reasons(found: Evidence) -> list[str]:
    said = [
        "The charter is written." if found.has_charter else "The charter is not complete: aim in four parts and why.",
        "A lead and practices are named." if found.has_team else "No lead or no practice is named yet.",
        f"{found.tests} test{'' if found.tests == 1 else 's'} of change logged."
        if found.tests
        else "No test of change is logged.",
        f"{found.figures} figure{'' if found.figures == 1 else 's'} on the chart." if found.figures else "No figures.",
    ]
    if found.is_better:
        said.append("The chart shows a signal for the better.")
    elif found.has_enough:
        said.append("The chart shows no signal for the better.")
    elif found.figures:
        said.append("Too few figures yet for the chart to say anything.")
    if found.share is not None:
        said.append(f"{max(0, round(found.share * 100))}% of the way from the first figures to the goal.")
    return said
