"""How many runs chance alone gives, by the exact distribution (Swed and Eisenhart 1943), two-sided 5 %.

Fewer runs than the first figure or more than the second are each seen in at most 2.5 of 100 chance series.
The table holds the case of as many points above the median as below; `limits` works out any other split.
"""

from functools import lru_cache
from math import comb

TAIL = (25, 1000)  # 2.5 % on each side, as a ratio: compared in whole numbers

# Useful points: (fewest, most) runs that chance is expected to give.
BALANCED: dict[int, tuple[int, int]] = {
    10: (3, 9),
    11: (4, 9),
    12: (4, 10),
    13: (4, 11),
    14: (4, 12),
    15: (5, 12),
    16: (5, 13),
    17: (6, 13),
    18: (6, 14),
    19: (6, 15),
    20: (7, 15),
    21: (7, 16),
    22: (8, 16),
    23: (8, 17),
    24: (8, 18),
    25: (9, 18),
    26: (9, 19),
    27: (10, 19),
    28: (10, 20),
    29: (10, 21),
    30: (11, 21),
    31: (11, 22),
    32: (12, 22),
    33: (12, 23),
    34: (12, 24),
    35: (13, 24),
    36: (13, 25),
    37: (14, 25),
    38: (14, 26),
    39: (14, 26),
    40: (15, 27),
    41: (15, 28),
    42: (16, 28),
    43: (16, 29),
    44: (17, 29),
    45: (17, 30),
    46: (17, 31),
    47: (18, 31),
    48: (18, 32),
    49: (19, 32),
    50: (19, 33),
    51: (20, 33),
    52: (20, 34),
    53: (20, 35),
    54: (21, 35),
    55: (21, 36),
    56: (22, 36),
    57: (22, 37),
    58: (23, 37),
    59: (23, 38),
    60: (24, 38),
}


def balanced_limits(useful: int) -> tuple[int, int]:
    """Limits for `useful` points split evenly over both sides of the median."""
    return BALANCED.get(useful) or limits(useful // 2, useful - useful // 2)


@lru_cache(maxsize=4096)
def limits(above: int, below: int) -> tuple[int, int]:
    """Fewest and most runs expected by chance of `above` points on one side and `below` on the other."""
    most_possible = 2 * min(above, below) + (above != below)
    total = comb(above + below, above)
    return _from_the_low_end(above, below, total), _from_the_high_end(above, below, total, most_possible)


def ways(above: int, below: int, runs: int) -> int:
    """In how many orders of the points there are exactly `runs` runs."""
    half, odd = divmod(runs, 2)
    if not odd:
        return 2 * comb(above - 1, half - 1) * comb(below - 1, half - 1)
    return comb(above - 1, half) * comb(below - 1, half - 1) + comb(above - 1, half - 1) * comb(below - 1, half)


def _from_the_low_end(above: int, below: int, total: int) -> int:
    runs, seen = 2, 0
    while _rare(seen + ways(above, below, runs), total):
        seen += ways(above, below, runs)
        runs += 1
    return runs


def _from_the_high_end(above: int, below: int, total: int, most_possible: int) -> int:
    runs, seen = most_possible, 0
    while _rare(seen + ways(above, below, runs), total):
        seen += ways(above, below, runs)
        runs -= 1
    return runs


def _rare(seen: int, total: int) -> bool:
    return seen * TAIL[1] <= total * TAIL[0]
