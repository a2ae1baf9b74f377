"""Whether a figure is so far from the others that it was perhaps mistyped: a digit, a point, a column."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from statistics import median

from measures.analysis.figures import rounded

ENOUGH = 3  # other figures, below which nothing is usual
LATEST = 12
TIMES = 5  # a digit too many or too few is ten times; figures vary by less than this


def far_from_others(value: Decimal | None, period_on: date, others: Mapping[date, Decimal], unit: str) -> str:
    """Why to look at a figure again, in a sentence; nothing for a likely one, or where too few others are known.

    It is held against the median of the latest dozen `others` (by period; its own period does not count).
    """
    latest = [others[day] for day in sorted(others) if day != period_on][-LATEST:]
    if value is None or len(latest) < ENOUGH:
        return ""
    usual = median(latest)
    if usual <= 0 or usual / TIMES < value < usual * TIMES:
        return ""
    way = "above" if value > usual else "below"
    return f"{rounded(value, unit)} is far {way} the other figures, which lie around {rounded(usual, unit)}."
