"""Whether the one way in to the analysis says of a case what the ruleset's own function says of it."""

from datetime import date, timedelta
from decimal import Decimal

from measures.analysis import making_data_count
from measures.analysis.anhoej import crossings_by_phase
from measures.analysis.better import Better, Variation
from measures.analysis.kinds import Chart, Ruleset
from measures.analysis.limits import Kind, limits_of_shares
from measures.analysis.making_data_count import Cause
from measures.analysis.phs import flags_of
from measures.analysis.reading import Point, read
from measures.analysis.rulesets import CAUSES, Rule
from measures.analysis.run_chart import Verdict, analyse

START = date(2024, 1, 1)


def day(row):
    return START + timedelta(weeks=row)


def points_of(values, denominators=None, excluded=()):
    """A point a week; with denominators the values are what they are shares of."""
    if denominators is None:
        return [Point(day(row), value, is_excluded=row in excluded) for row, value in enumerate(values)]
    pairs = enumerate(zip(values, denominators, strict=True))
    return [Point(day(row), None, top, bottom, row in excluded) for row, (top, bottom) in pairs]


def typed(column):
    """As a person typed it."""
    return column and [None if value is None else Decimal(repr(value)) for value in column]


def shown(reading, *rules):
    return [(s.way, s.rows) for s in reading.signals if s.rule in rules]


def agrees(series, case):
    """Fails where the two part."""
    args = case["args"]
    split = args.get("part", args.get("rebase_at")) or []
    splits = split if isinstance(split, list) else [split]
    if case["engine"] in ("definition.perla2011_exact", "phs.runchart_flags+perla_preprocess"):
        agrees_with_perla(series, args)
    elif case["engine"] == "phs.runchart_flags":
        agrees_with_phs(series, args)
    elif args.get("chart") == "run":
        agrees_with_crossings(series, args, splits)
    elif args.get("chart") in ("p", "u"):
        agrees_with_shares(series, args)
    else:
        agrees_with_making_data_count(series, args, splits, case["expect"])


def agrees_with_perla(series, args):
    values, baseline = typed(series["y"]), args.get("median_from_first")
    reading = read(points_of(values), ruleset=Ruleset.PERLA, kind=Chart.RUN, baseline=baseline)
    own = analyse(values, median_from_first=baseline)
    (phase,) = reading.phases
    assert (phase.centre, phase.useful, phase.above, phase.below) == (own.median, own.useful, own.above, own.below)
    assert (phase.runs, phase.longest_run, phase.runs_expected) == (own.runs, own.longest_run, own.expected_runs)
    assert (reading.is_enough, bool(reading.signals)) == (own.has_enough, own.has_signal)
    if own.has_enough:
        assert shown(reading, Rule.SHIFT) == [(s.way, s.points) for s in own.shifts]
        assert shown(reading, Rule.TREND) == [(s.way, s.points) for s in own.trends]
        assert bool(shown(reading, Rule.TOO_FEW_RUNS)) == (own.runs_verdict is Verdict.TOO_FEW)
        assert bool(shown(reading, Rule.TOO_MANY_RUNS)) == (own.runs_verdict is Verdict.TOO_MANY)


def agrees_with_phs(series, args):
    values, baseline = typed(series["y"]), args.get("median_from_first")
    reading = read(points_of(values), ruleset=Ruleset.PHS, kind=Chart.RUN, baseline=baseline)
    own, (phase,) = flags_of(values, median_from_first=baseline), reading.phases
    assert phase.centre == own.median
    for rule, rows in ((Rule.SHIFT, own.shift), (Rule.TREND, own.trend)):
        flagged = {row for _, stretch in shown(reading, rule) for row in stretch}
        assert flagged == (set(rows) if phase.is_enough else set())


def agrees_with_crossings(series, args, splits):
    tops, bottoms, excluded = typed(series["y"]), typed(series["n"]), args.get("exclude", ())
    reading = read(
        points_of(tops, bottoms, excluded),
        ruleset=Ruleset.ANHOEJ,
        kind=Chart.RUN,
        phases=[day(row) for row in splits],
        baseline=args.get("freeze"),
    )
    own = crossings_by_phase(reading.plotted, splits=splits, frozen=args.get("freeze"), excluded=excluded)
    for phase, found in zip(reading.phases, own, strict=True):
        assert (phase.first, phase.last, phase.centre) == (found.first, found.last, found.centre)
        assert (phase.useful, phase.longest_run) == (found.useful, found.longest_run or 0)
        assert phase.longest_run_expected == found.longest_run_expected
        assert (phase.crossings, phase.crossings_expected) == (found.crossings or 0, found.crossings_expected)
        within = [s for s in reading.signals if phase.first <= s.first <= s.last <= phase.last]
        assert bool(within) == (found.has_signal and phase.is_enough)


def agrees_with_making_data_count(series, args, splits, expected):
    values, excluded = typed(series["y"]), args.get("exclude", ())
    baseline = args.get("freeze", args.get("fix_after_n_points"))
    screened = args.get("screen_outliers", args.get("screened_mr", False))
    how = {"phases": [day(row) for row in splits], "baseline": baseline, "screened": screened}
    reading = read(points_of(values, None, excluded), ruleset=Ruleset.MDC, kind=Chart.XMR, **how)
    counted = [None if row in excluded else value for row, value in enumerate(values)]
    own = making_data_count.read(counted, splits=splits, frozen=baseline, screened=screened)
    enough = set()
    for phase, found in zip(reading.phases, own.phases, strict=True):
        assert phase.centre == found.mean
        lines = {(reading.lower[row], reading.upper[row]) for row in range(phase.first, phase.last + 1)}
        assert lines == {(None, None) if found.upper is None else (float(found.lower), float(found.upper))}
        if phase.is_enough:
            enough |= set(range(phase.first, phase.last + 1))
    # Of several signals on one point the ruleset's own function names the first by the order of the causes.
    assert named(reading) == {p.row: p.cause for p in own.points if p.cause and p.row in enough}
    last_is_enough = bool(reading.phases) and reading.phases[-1].is_enough
    for asked in expected.get("assurance", ()):
        told = read(
            points_of(values), ruleset=Ruleset.MDC, kind=Chart.XMR, better=Better.LOWER, target=asked["target"], **how
        )
        assured = own.assurance(asked["target"], higher_is_better=False)
        assert told.assurance == (assured if last_is_enough else None)
        assert told.variation == (variation(own.latest) if last_is_enough else None)


def variation(cause):
    """Where lower is better."""
    if cause is None:
        return Variation.COMMON
    return Variation.CONCERN if cause.is_high else Variation.IMPROVEMENT


def named(reading):
    """Of each row with a signal the cause that comes first."""
    order, back = list(Cause), {told: cause for cause, told in CAUSES.items()}
    each = [(row, back[s.rule, s.way]) for s in reading.signals for row in s.rows]
    ends = {s.last for s in reading.signals if s.rule is Rule.TREND}
    starts = {s.first: back[s.rule, s.way] for s in reading.signals if s.rule is Rule.TREND}
    firsts = {row: min((cause for r, cause in each if r == row), key=order.index) for row, _ in each}
    meet = {row: starts[row] for row in ends & set(starts) if firsts[row] in (Cause.RISING, Cause.FALLING)}
    return firsts | meet


def agrees_with_shares(series, args):
    tops, bottoms, kind = typed(series["y"]), typed(series["n"]), Chart(args["chart"])
    reading = read(points_of(tops, bottoms), ruleset=Ruleset.MDC, kind=kind, baseline=args.get("freeze"))
    (own,), (phase,) = limits_of_shares(tops, bottoms, kind=Kind(kind), frozen=args.get("freeze")), reading.phases
    assert (reading.plotted, reading.lower, reading.upper) == (own.plotted, own.lower, own.upper)
    assert (phase.centre, phase.useful) == (own.centre, own.runs.useful)
    outside = sorted(row for _, rows in shown(reading, Rule.OUTSIDE) for row in rows)
    assert outside == (list(own.outside) if phase.is_enough else [])
