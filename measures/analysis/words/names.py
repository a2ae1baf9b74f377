"""The names of rules, lines and ways, and what each ruleset looks for."""

from measures.analysis.better import Meaning
from measures.analysis.kinds import Chart, Ruleset
from measures.analysis.reading import Signal
from measures.analysis.rulesets import Rule

RULES = {
    Ruleset.PERLA: "the run chart rules of Perla and colleagues",
    Ruleset.ANHOEJ: "the run chart rules of Anhøj and Olesen",
    Ruleset.PHS: "the run chart rules of Public Health Scotland",
    Ruleset.MDC: "the rules of Making Data Count",
}
EXPLAINED = {
    Ruleset.PERLA: (
        "Read by the run chart rules of Perla and colleagues (2011), as taught in NHS Scotland: six points in a row on "
        "one side of the median, five in a row all rising or all falling, or more or fewer swings than chance gives."
    ),
    Ruleset.ANHOEJ: (
        "Read by the run chart rules of Anhøj and Olesen (2014), which raise the fewest false alarms: a longer run on "
        "one side of the median, or fewer crossings of it, than chance gives for so many points."
    ),
    Ruleset.PHS: (
        "Read as Public Health Scotland reads its run charts: six points in a row strictly on one side of the median, "
        "or five in a row all rising or all falling; a point on the median, or a repeat, begins the count again."
    ),
    Ruleset.MDC: (
        "Read by the rules of Making Data Count (NHS England): a point outside the limits, seven in a row on one side "
        "of the mean, seven in a row all rising or all falling, or two of three in a row near the same limit."
    ),
}
CALM = {
    Ruleset.PERLA: "no shift, no trend, runs as chance gives them",
    Ruleset.ANHOEJ: "no run longer and no fewer crossings than chance gives",
    Ruleset.PHS: "no shift and no trend",
    Ruleset.MDC: "no point outside the limits, no shift, no trend, no two of three near a limit",
}
HEADS = {
    Rule.SHIFT: "A shift",
    Rule.TREND: "A trend",
    Rule.TOO_FEW_RUNS: "Too few runs",
    Rule.TOO_MANY_RUNS: "Too many runs",
    Rule.LONG_RUN: "An unusually long run",
    Rule.FEW_CROSSINGS: "Unusually few crossings",
    Rule.OUTSIDE: "A point outside the limits",
    Rule.TWO_OF_THREE: "Two of three points near a limit",
}
SHORT = {
    Rule.SHIFT: "shift",
    Rule.TREND: "trend",
    Rule.TOO_FEW_RUNS: "unusual pattern",
    Rule.TOO_MANY_RUNS: "unusual pattern",
    Rule.LONG_RUN: "long run",
    Rule.FEW_CROSSINGS: "unusual pattern",
    Rule.OUTSIDE: "outside the limits",
    Rule.TWO_OF_THREE: "near a limit",
}
IN_TABLES = {
    Rule.SHIFT: "part of a shift",
    Rule.TREND: "part of a trend",
    Rule.LONG_RUN: "part of a long run",
    Rule.OUTSIDE: "outside the limits",
    Rule.TWO_OF_THREE: "one of two near a limit",
}
OF_ALL = frozenset({Rule.TOO_FEW_RUNS, Rule.TOO_MANY_RUNS, Rule.FEW_CROSSINGS})  # said of a phase, not of a stretch
WAYS = {"up": "rising", "down": "falling"}


def centre_name(kind: Chart) -> str:
    """What the line in the middle is called."""
    return "median" if kind is Chart.RUN else "mean"


def side_of(meaning: Meaning) -> str:
    """ ", the better way" or ", the worse way"; empty where neither is."""
    return "" if meaning is Meaning.NEITHER else f", the {meaning} way"


def flag_of(signal: Signal) -> str:
    """What a table says of the rows of a signal; empty for what is said of the whole phase."""
    return f"{IN_TABLES[signal.rule]}{side_of(signal.meaning)}" if signal.rule in IN_TABLES else ""


def short_name(signal: Signal) -> str:
    name = SHORT[signal.rule]
    return name if signal.meaning is Meaning.NEITHER else f"{name}, {signal.meaning}"
