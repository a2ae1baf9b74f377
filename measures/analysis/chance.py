"""How often pure noise shows a signal by each ruleset: why the words under a chart are modest.

Worked out by our own rules on 10,000 series of noise of each length (`tests/measures/noise.py`, with a fixed seed); at
12, 24 and 36 points they agree with the figures of others for the same rules. Those of p and u charts are of 2,000
series of shares of 100 with 30 counted on average: with smaller or larger numbers they are about the same, no more.
"""

from collections.abc import Mapping

from measures.analysis.kinds import Chart, Ruleset

# Points: of 100 charts of pure noise, how many show one signal or more, two or more, three or more.
Table = Mapping[int, tuple[int, int, int]]
RUN_CHARTS: Mapping[Ruleset, Table] = {
    Ruleset.PERLA: {
        10: (10, 0, 0),
        12: (13, 2, 1),
        15: (18, 2, 0),
        18: (26, 4, 1),
        24: (37, 9, 2),
        30: (48, 14, 4),
        36: (56, 20, 6),
        48: (69, 33, 11),
        60: (79, 46, 20),
        90: (92, 71, 44),
        120: (97, 86, 66),
    },
    Ruleset.ANHOEJ: {
        10: (1, 0, 0),
        12: (1, 0, 0),
        15: (3, 0, 0),
        18: (1, 0, 0),
        24: (3, 0, 0),
        30: (3, 0, 0),
        36: (4, 1, 0),
        48: (4, 0, 0),
        60: (4, 1, 0),
        90: (7, 1, 0),
        120: (7, 1, 0),
    },
    Ruleset.PHS: {
        10: (8, 0, 0),
        12: (12, 1, 0),
        15: (16, 1, 0),
        18: (24, 4, 0),
        24: (36, 9, 1),
        30: (47, 14, 3),
        36: (55, 20, 5),
        48: (68, 33, 12),
        60: (78, 45, 20),
        90: (91, 70, 43),
        120: (96, 84, 65),
    },
}
CONTROL_CHARTS: Mapping[Chart, Table] = {
    Chart.XMR: {
        10: (5, 1, 0),
        12: (7, 2, 1),
        15: (10, 2, 1),
        18: (13, 3, 1),
        24: (18, 4, 1),
        30: (24, 6, 2),
        36: (29, 7, 2),
        48: (39, 12, 4),
        60: (47, 16, 5),
        90: (63, 28, 11),
        120: (75, 42, 20),
    },
    Chart.P: {
        10: (2, 0, 0),
        12: (3, 0, 0),
        15: (6, 0, 0),
        18: (9, 0, 0),
        24: (15, 1, 0),
        30: (19, 2, 0),
        36: (26, 4, 0),
        48: (35, 6, 1),
        60: (44, 12, 2),
        90: (63, 25, 7),
        120: (74, 38, 15),
    },
    Chart.U: {
        10: (2, 0, 0),
        12: (4, 0, 0),
        15: (7, 1, 0),
        18: (10, 1, 0),
        24: (15, 1, 0),
        30: (20, 2, 0),
        36: (26, 4, 0),
        48: (36, 7, 1),
        60: (47, 11, 2),
        90: (63, 25, 7),
        120: (75, 40, 14),
    },
}


def false_signals(ruleset: Ruleset, kind: Chart, points: int, *, signals: int = 1) -> tuple[int, int]:
    """The number of points nearest to `points` that is known, and of 100 charts of noise how many show a signal.

    Or how many show so many `signals` or more: of three and of more than three the same is said.
    """
    table = RUN_CHARTS[ruleset] if kind is Chart.RUN else CONTROL_CHARTS[kind]
    near = min(table, key=lambda known: (abs(known - points), known))
    return near, table[near][min(signals, 3) - 1]
