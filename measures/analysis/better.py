"""Which way is good, and so what a signal means for those who look at it."""

from enum import StrEnum

from measures.analysis.making_data_count import Cause

GOOD_WAYS = {"UP": ("above", "up"), "DOWN": ("below", "down")}


class Better(StrEnum):
    """Which way is good; the values are those of `Measure.direction`."""

    HIGHER = "UP"
    LOWER = "DOWN"
    NEITHER = "NONE"


class Meaning(StrEnum):
    """Whether a signal points the good way; neither where no way is good, or the rule has no way."""

    BETTER = "better"
    WORSE = "worse"
    NEITHER = "neither"


class Variation(StrEnum):
    """What the latest point says in the words of Making Data Count; high and low where no way is good."""

    COMMON = "common cause"
    IMPROVEMENT = "improvement"
    CONCERN = "concern"
    HIGH = "high"
    LOW = "low"


def meaning_of(way: str, better: Better) -> Meaning:
    """Which way a signal points that lies or goes `way`: above, below, up, down, or "" for none."""
    if not way or better is Better.NEITHER:
        return Meaning.NEITHER
    return Meaning.BETTER if way in GOOD_WAYS[better] else Meaning.WORSE


def variation_of(cause: Cause | None, better: Better) -> Variation:
    """What the latest point says, `cause` being why it is special."""
    if cause is None:
        return Variation.COMMON
    if better is Better.NEITHER:
        return Variation.HIGH if cause.is_high else Variation.LOW
    return Variation.IMPROVEMENT if cause.is_high == (better is Better.HIGHER) else Variation.CONCERN
