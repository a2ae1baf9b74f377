"""How often pure noise shows a signal by each ruleset: why the words under a chart are modest.

Worked out by our own rules on 10,000 series of noise of each length (`tests/measures/noise.py`); at 12, 24 and 36
points they agree with the figures of others for the same rules.
"""

from collections.abc import Mapping

from measures.analysis.kinds import Chart, Ruleset

# Points: of 100 charts of pure noise, how many show at least one signal.
RUN_CHARTS: Mapping[Ruleset, Mapping[int, int]] = {
    Ruleset.PERLA: {10: 10, 12: 13, 15: 18, 18: 26, 24: 37, 30: 48, 36: 56, 48: 69, 60: 79, 90: 92, 120: 97},
    Ruleset.ANHOEJ: {10: 1, 12: 1, 15: 3, 18: 1, 24: 3, 30: 3, 36: 4, 48: 4, 60: 4, 90: 7, 120: 7},
    Ruleset.PHS: {10: 8, 12: 12, 15: 16, 18: 24, 24: 36, 30: 47, 36: 55, 48: 68, 60: 78, 90: 91, 120: 96},
}
VALUES: Mapping[int, int] = {10: 5, 12: 7, 15: 10, 18: 13, 24: 18, 30: 24, 36: 29, 48: 39, 60: 47, 90: 63, 120: 75}
SHARES = VALUES  # the rules are the same; a test holds it against noise of 24 shares


def false_signals(ruleset: Ruleset, kind: Chart, points: int) -> tuple[int, int]:
    """The number of points nearest to `points` that is known, and of 100 charts of noise how many show a signal."""
    table = RUN_CHARTS[ruleset] if kind is Chart.RUN else VALUES if kind is Chart.XMR else SHARES
    near = min(table, key=lambda known: (abs(known - points), known))
    return near, table[near]
