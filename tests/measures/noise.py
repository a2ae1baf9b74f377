"""How often pure noise shows a signal: what the words under a chart say, worked out by the rules as they are here.

`python -m tests.measures.noise` prints the table of `measures.analysis.chance` (a few minutes).
"""

import random
from bisect import bisect_left
from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal
from functools import partial
from itertools import accumulate
from math import comb, exp, factorial

from measures.analysis.kinds import Chart, Ruleset
from measures.analysis.reading import Point, read

SIZES = (10, 12, 15, 18, 24, 30, 36, 48, 60, 90, 120)
SERIES = 10_000
SERIES_OF_SHARES = 2_000  # they take longer
START = date(2020, 1, 1)
WAYS = (
    (Ruleset.PERLA, Chart.RUN),
    (Ruleset.ANHOEJ, Chart.RUN),
    (Ruleset.PHS, Chart.RUN),
    (Ruleset.MDC, Chart.XMR),
    (Ruleset.MDC, Chart.P),
    (Ruleset.MDC, Chart.U),
)
PATIENTS = 100  # of a p or u chart, among whom thirty are counted on average
UP_TO = list(accumulate(comb(PATIENTS, n) * 0.3**n * 0.7 ** (PATIENTS - n) for n in range(PATIENTS)))
EVENTS = list(accumulate(exp(-30) * 30**n / factorial(n) for n in range(PATIENTS)))


def share_of_noise(ruleset: Ruleset, kind: Chart, size: int, *, series: int, seed: int = 0) -> tuple[float, ...]:
    """The shares of charts of so many points of pure noise that show one signal or more, two or more, three or more.

    Noise is normal, binomial for a p chart, Poisson for a u chart.
    """
    chance = random.Random(f"{seed} {ruleset} {kind} {size}")
    days = [START + timedelta(days=n) for n in range(size)]
    make = partial(_shares, up_to=EVENTS if kind is Chart.U else UP_TO) if kind in (Chart.P, Chart.U) else _values
    found = [len(read(make(chance, days), ruleset=ruleset, kind=kind).signals) for _ in range(series)]
    return tuple(sum(signals >= least for signals in found) / series for least in (1, 2, 3))


def _values(chance: random.Random, days: Iterable[date]) -> list[Point]:
    return [Point(day, value=Decimal(round(chance.gauss(0, 1) * 10**6)).scaleb(-4)) for day in days]


def _shares(chance: random.Random, days: Iterable[date], *, up_to: list[float]) -> list[Point]:
    of = Decimal(PATIENTS)
    counts = (bisect_left(up_to, chance.random()) for _ in days)
    return [Point(day, numerator=Decimal(n), denominator=of) for day, n in zip(days, counts, strict=False)]


if __name__ == "__main__":
    for ruleset, kind in WAYS:
        series = SERIES_OF_SHARES if kind in (Chart.P, Chart.U) else SERIES
        told = {
            size: tuple(round(100 * share) for share in share_of_noise(ruleset, kind, size, series=series))
            for size in SIZES
        }
        print(ruleset, kind, told, flush=True)  # noqa: T201
