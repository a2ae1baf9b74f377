"""What each reference program was asked, asked of our own analysis, in the program's own words."""

from collections.abc import Callable
from typing import Any

from measures.analysis.anhoej import Crossings, crossings_by_phase
from measures.analysis.exact import exact
from measures.analysis.limits import Kind, Limits, limits_of_shares, limits_of_values
from measures.analysis.making_data_count import Assurance, Cause, Point, read
from measures.analysis.phs import flags_of
from measures.analysis.run_chart import analyse

LABELS = {
    None: "Common Cause",
    Cause.ABOVE_LIMIT: "Above UCL",
    Cause.BELOW_LIMIT: "Below LCL",
    Cause.RISING: "7 Point Trend (Increasing)",
    Cause.FALLING: "7 Point Trend (Decreasing)",
    Cause.NEAR_UPPER: "2 in 3 Above CL",
    Cause.NEAR_LOWER: "2 in 3 Below CL",
    Cause.SHIFT_ABOVE: "7 Points Above CL",
    Cause.SHIFT_BELOW: "7 Points Below CL",
}
ASSURED = {
    Assurance.MET: "consistent_pass",
    Assurance.MISSED: "consistent_fail",
    Assurance.HIT_OR_MISS: "inconsistent",
}


def plain(value):
    return None if value is None else float(value)


def of_perla(series: dict, args: dict, _expected: dict) -> dict:
    chart = analyse(series["y"], median_from_first=args.get("median_from_first"))
    split, balanced = chart.expected_runs or (None, None), chart.expected_runs_balanced or (None, None)
    return {
        "median": plain(chart.median),
        "n_useful": chart.useful,
        "n_above": chart.above,
        "n_below": chart.below,
        "runs": chart.runs,
        "longest_run": chart.longest_run,
        "shift": [{"side": s.way, "points": list(s.points)} for s in chart.shifts],
        "trend": [{"direction": s.way, "points": list(s.points)} for s in chart.trends],
        "runs_lower_exact": split[0],
        "runs_upper_exact": split[1],
        "runs_verdict_exact": str(chart.runs_verdict),
        "runs_lower_balanced": balanced[0],
        "runs_upper_balanced": balanced[1],
        "runs_verdict_balanced": str(chart.runs_verdict_balanced),
    }


def of_phs(series: dict, args: dict, _expected: dict) -> dict:
    flags = flags_of(series["y"], median_from_first=args.get("median_from_first"))
    return {"median": plain(flags.median), "shift": list(flags.shift), "trend": list(flags.trend)}


def of_phs_without_ties(series: dict, args: dict, _expected: dict) -> dict:
    """The same function after points on the median, or repeats, are taken out: that is the rule as taught."""
    chart = analyse(series["y"], median_from_first=args.get("median_from_first"))
    return {
        "median": plain(chart.median),
        "shift": sorted({p for s in chart.shifts for p in s.points}),
        "trend": sorted({p for s in chart.trends for p in s.points}),
    }


def of_qicharts(series: dict, args: dict, _expected: dict) -> dict:
    part = args.get("part")
    how: dict[str, Any] = {
        "splits": part if isinstance(part, list) else [part] if part else [],
        "frozen": args.get("freeze"),
        "excluded": args.get("exclude", []),
    }
    if args["chart"] == "run":
        return {"parts": [_runs(found) for found in crossings_by_phase(_shares(series), **how)]}
    if args["chart"] == "i":
        charts = limits_of_values(series["y"], screened=args.get("screened_mr", False), **how)
        return {"parts": [_limits(found, varying=False) for found in charts]}
    charts = limits_of_shares(series["y"], series["n"], kind=Kind(args["chart"]), **how)
    return {"parts": [_limits(found, varying=True) for found in charts]}


def _shares(series: dict) -> list:
    """The figures themselves, or their share of the denominators where there are any."""
    if series["n"] is None:
        return series["y"]
    pairs = zip(map(exact, series["y"]), map(exact, series["n"]), strict=True)
    return [None if y is None or not n else y / n for y, n in pairs]


def _runs(found: Crossings) -> dict:
    return {
        "from": found.first,
        "to": found.last,
        "n_obs": found.counted,
        "n_useful": found.useful,
        "longest_run": found.longest_run,
        "longest_run_max": found.longest_run_expected,
        "n_crossings": found.crossings,
        "n_crossings_min": found.crossings_expected,
        "runs_signal": found.has_signal,
        "cl": plain(found.centre),
    }


def _limits(found: Limits, *, varying: bool) -> dict:
    def line(values):
        return list(values) if varying and len(set(values)) > 1 else values[0]

    told = {
        "lcl": line(found.lower),
        "ucl": line(found.upper),
        "lcl95": line(found.lower_warning),
        "ucl95": line(found.upper_warning),
        "sigma_signal": list(found.outside),
    }
    if varying:
        told["plotted"] = [plain(value) for value in found.plotted]
    return _runs(found.runs) | told


def of_plotthedots(series: dict, args: dict, expected: dict) -> dict:
    rebase = args.get("rebase_at")
    chart = read(
        series["y"],
        splits=rebase if isinstance(rebase, list) else [rebase] if rebase else [],
        frozen=args.get("fix_after_n_points"),
        screened=args["screen_outliers"],
    )
    points = chart.points
    types = {way: [_type(p, way) for p in points] for way in ("increase", "decrease", "neutral")}
    told = {
        "points_used": [p.row for p in points],
        "groups": [
            {
                "from": g.first,
                "to": g.last,
                "n": g.count,
                "mean": plain(g.mean),
                "lpl": plain(g.lower),
                "upl": plain(g.upper),
            }
            for g in chart.phases
        ],
        "short_group_warning": chart.has_short_phase,
        "relative_to_mean": [p.side for p in points],
        "outside_limits": [p.is_beyond for p in points],
        "close_to_limits": [p.is_near for p in points],
        "special_cause_type": [LABELS[p.cause] for p in points],
        "special_cause_flag": [p.cause is not None for p in points],
        "point_type": types,
        "variation_type": {way: each[-1] for way, each in types.items()},
    }
    if "assurance" in expected:
        told["assurance"] = [
            {
                "target": asked["target"],
                "increase": _assured(chart.assurance(asked["target"], higher_is_better=True)),
                "decrease": _assured(chart.assurance(asked["target"], higher_is_better=False)),
                "neutral": None,
            }
            for asked in expected["assurance"]
        ]
    return told


def _type(point: Point, way: str) -> str:
    if point.cause is None:
        return "common_cause"
    if way == "neutral":
        return f"special_cause_neutral_{'high' if point.cause.is_high else 'low'}"
    return f"special_cause_{'improvement' if point.cause.is_high == (way == 'increase') else 'concern'}"


def _assured(found: Assurance | None) -> str | None:
    return None if found is None else ASSURED[found]


ENGINES: dict[str, Callable[[dict, dict, dict], dict]] = {
    "definition.perla2011_exact": of_perla,
    "phs.runchart_flags": of_phs,
    "phs.runchart_flags+perla_preprocess": of_phs_without_ties,
    "qicharts2.qic": of_qicharts,
    "nhsrplotthedots.ptd_spc": of_plotthedots,
}
