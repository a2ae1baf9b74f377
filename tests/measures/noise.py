"""How often pure noise shows a signal: what the words under a chart say, worked out by the rules as they are here.

`python -m tests.measures.noise` prints the table of `measures.analysis.chance` (about two minutes).
"""

import random
from bisect import bisect_left
from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal
from itertools import accumulate
from math import comb

from measures.analysis.kinds import Chart, Ruleset
from measures.analysis.reading import Point, read

SIZES = (10, 12, 15, 18, 24, 30, 36, 48, 60, 90, 120)
SERIES = 10_000
START = date(2020, 1, 1)
WAYS = (
    (Ruleset.PERLA, Chart.RUN),
    (Ruleset.ANHOEJ, Chart.RUN),
    (Ruleset.PHS, Chart.RUN),
    (Ruleset.MDC, Chart.XMR),
    (Ruleset.MDC, Chart.P),
)
PATIENTS = 100  # of a p chart, of whom three in ten are counted
UP_TO = list(accumulate(comb(PATIENTS, n) * 0.3**n * 0.7 ** (PATIENTS - n) for n in range(PATIENTS)))


def share_of_noise(ruleset: Ruleset, kind: Chart, size: int, *, series: int, seed: int = 0) -> float:
    """The share of charts of so many points of pure noise that show a signal: normal, or binomial for a p chart."""
    chance = random.Random(f"{seed} {ruleset} {kind} {size}")
    days = [START + timedelta(days=n) for n in range(size)]
    make = _shares if kind is Chart.P else _values
    return sum(bool(read(make(chance, days), ruleset=ruleset, kind=kind).signals) for _ in range(series)) / series


def _values(chance: random.Random, days: Iterable[date]) -> list[Point]:
    return [Point(day, value=Decimal(round(chance.gauss(0, 1) * 10**6)).scaleb(-4)) for day in days]


def _shares(chance: random.Random, days: Iterable[date]) -> list[Point]:
    of = Decimal(PATIENTS)
    counts = (bisect_left(UP_TO, chance.random()) for _ in days)
    return [Point(day, numerator=Decimal(n), denominator=of) for day, n in zip(days, counts, strict=False)]


if __name__ == "__main__":
    for ruleset, kind in WAYS:
        told = {size: round(100 * share_of_noise(ruleset, kind, size, series=SERIES)) for size in SIZES}
        print(ruleset, kind, told, flush=True)  # noqa: T201
