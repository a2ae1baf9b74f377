"""How far the figures of a measure can be relied on, in a word and its reasons: worked out, never ticked."""

from collections.abc import Sequence
from dataclasses import dataclass

GOOD, FAIR, POOR = "Good", "Fair", "Weak"
NEARLY_ALL, MOST = 95, 75  # per cent of the figures that should be there


@dataclass(frozen=True)
class Held:
    """One period: how many figures are there of those that should be, and whether the whole is kept back."""

    there: int
    expected: int
    is_kept_back: bool = False


@dataclass(frozen=True)
class Quality:
    """The word of a badge and the sentences that say why; each is a fact that can be put right."""

    word: str
    reasons: tuple[str, ...]


def quality_of(periods: Sequence[Held], notes: int) -> Quality | None:
    """The quality of the last periods; None where nothing was to come yet. `notes`: how many say what to mind."""
    expected = sum(period.expected for period in periods)
    if not expected:
        return None
    there = sum(min(period.there, period.expected) for period in periods)
    kept_back = sum(period.is_kept_back for period in periods)
    share = 100 * there // expected
    worst = POOR if share < MOST else FAIR if share < NEARLY_ALL or kept_back or notes else GOOD
    reasons = [f"{there} of {expected} figures of the last {_many(len(periods), 'period')} are there"]
    if kept_back:
        reasons.append(f"{_many(kept_back, 'period')} kept back because of small numbers or too few practices")
    if notes:
        reasons.append(f"{_many(notes, 'figure')} with a note on how far to trust it")
    return Quality(worst, tuple(reasons))


def _many(count: int, thing: str) -> str:
    return f"{count} {thing}{'' if count == 1 else 's'}"
