"""The words under a chart say how often pure noise fires: that is what our rules do, and what others found."""

import pytest

from measures.analysis.chance import false_signals
from measures.analysis.kinds import Chart, Ruleset
from tests.measures.noise import SIZES, WAYS, share_of_noise

# 40,000 normal series each, of others.
THEIRS = {
    Ruleset.PERLA: {12: 13.5, 24: 37.1, 36: 56.7},
    Ruleset.ANHOEJ: {12: 1.3, 24: 3.0, 36: 4.4},
    Ruleset.MDC: {12: 7.1, 24: 18.8, 36: 29.5},
}


@pytest.mark.parametrize(
    ("ruleset", "kind"), [way for way in WAYS if way[1] in (Chart.RUN, Chart.XMR) and way[0] in THEIRS]
)
def test_our_figures_are_those_of_others(ruleset, kind):
    for size, theirs in THEIRS[ruleset].items():
        assert abs(false_signals(ruleset, kind, size)[1] - theirs) < 1.5


@pytest.mark.parametrize(("ruleset", "kind"), WAYS)
def test_our_figures_are_what_our_rules_do(ruleset, kind):
    """400 series of 24 points: four standard errors are at most ten in a hundred."""
    found = share_of_noise(ruleset, kind, 24, series=400, seed=7)
    for signals, share in enumerate(found, start=1):
        near, told = false_signals(ruleset, kind, 24, signals=signals)
        assert near == 24
        assert abs(100 * share - told) < 10 / signals


def test_the_nearest_known_length_is_said():
    for kind in Chart:
        for ruleset in kind.rulesets:
            assert [false_signals(ruleset, kind, size)[0] for size in SIZES] == list(SIZES)
            assert false_signals(ruleset, kind, 500)[0] == 120
            assert false_signals(ruleset, kind, 11)[0] == 10
