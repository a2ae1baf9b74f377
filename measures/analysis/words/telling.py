"""What the latest phase of a chart shows and how sure that is, in one sentence each."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from measures.analysis.chance import false_signals
from measures.analysis.kinds import Chart, Ruleset
from measures.analysis.making_data_count import FEW
from measures.analysis.reading import PhaseReading, Reading, Signal
from measures.analysis.rulesets import Rule
from measures.analysis.words.names import CALM, HEADS, OF_ALL, RULES, WAYS, centre_name, side_of

# How signals are weighed: up to so many of 100 charts of pure noise, what is said first, and what to ask.
WEIGHED = (
    (1, "Chance hardly ever does this", "what changed"),
    (5, "Chance seldom does this", "what changed"),
    (100, "This may still be chance", "what changed before you trust it"),
)
MANY = {2: "two or more signals", 3: "three or more signals"}
Write = Callable[[Decimal | Fraction | float], str]


@dataclass(frozen=True)
class Telling:
    """Puts the latest phase of a reading into words."""

    reading: Reading
    phase: PhaseReading
    periods: Sequence[str]
    write: Write

    @property
    def centre(self) -> str:
        return f"{centre_name(self.reading.kind)} of {self.write(self.phase.centre or Fraction(0))}"

    def signal(self, signal: Signal, count: int) -> str:
        """What fired, where, and what its rule asks for."""
        more = f"; it is one of {count} signals here" if count > 1 else ""
        return f"{HEADS[signal.rule]} by {RULES[self.reading.ruleset]}: {self._body(signal)}{more}."

    def calm(self) -> str:
        rules = self.reading.ruleset
        return f"No signal by {RULES[rules]}: {CALM[rules]}; the figures vary around a {self.centre}."

    def sure_of_signal(self, count: int) -> str:
        """How far to trust what fired, by how often pure noise shows so many signals."""
        fires = self._chance(count)[1]
        weighed, then = next((words, then) for most, words, then in WEIGHED if fires <= most)
        return f"{weighed}: by these rules {self._noise(count)}, so ask {then}."

    def sure_of_nothing(self) -> str:
        """How far to trust that nothing fired."""
        return (
            f"With {self.phase.useful} points off the {centre_name(self.reading.kind)} a large lasting change would "
            f"probably show, a small one may need more; by these rules {self._noise()}."
        )

    def _chance(self, count: int = 1) -> tuple[int, int]:
        return false_signals(self.reading.ruleset, self.reading.kind, self.phase.useful, signals=count)

    def _noise(self, count: int = 1) -> str:
        """How often noise of about so many points fires, and where limits rest on few points, that too."""
        near, fires = self._chance()
        several = f" and {MANY[min(count, 3)]} in {_of_100(self._chance(count)[1])}" if count > 1 else ""
        longer = ", and in longer charts more often" if self.phase.useful > 1.2 * near else ""
        is_rough = self.reading.kind is not Chart.RUN and self.phase.useful < FEW
        rough = f", and limits of fewer than {FEW} points are rough" if is_rough else ""
        return f"pure noise of {near} points shows a signal in {_of_100(fires)} charts{several}{longer}{rough}"

    def _body(self, signal: Signal) -> str:
        if signal.rule in OF_ALL:
            return self._of_all(signal.rule)
        if signal.rule in (Rule.OUTSIDE, Rule.TWO_OF_THREE):
            return self._at_a_limit(signal)
        count, stretch = len(signal.rows), f"from {self.periods[signal.first]} to {self.periods[signal.last]}"
        side = side_of(signal.meaning)
        if signal.rule is Rule.TREND:
            return f"{count} points in a row {stretch} are {WAYS[signal.way]}{side} ({self._asks(signal.rule)})"
        return f"{count} points in a row {stretch} lie {signal.way} the {self.centre}{side} ({self._asks(signal.rule)})"

    def _asks(self, rule: Rule) -> str:
        if rule is Rule.LONG_RUN:
            return f"chance gives at most {self.phase.longest_run_expected}"
        if self.reading.ruleset is Ruleset.MDC:
            return "the rule asks for seven"
        return f"the rule asks for {'six' if rule is Rule.SHIFT else 'five'}"

    def _of_all(self, rule: Rule) -> str:
        if rule is Rule.FEW_CROSSINGS:
            return (
                f"the line crosses the {self.centre} {_times(self.phase.crossings)}, where chance gives at least "
                f"{self.phase.crossings_expected}; the figures stay on one side for long"
            )
        low, high = self.phase.runs_expected or (0, 0)
        few = rule is Rule.TOO_FEW_RUNS
        meaning = "stay on one side for long" if few else "swing to and fro, as two mixed sources do"
        return (
            f"the line changes sides of the {self.centre} in {self.phase.runs} runs, where chance gives {low} to "
            f"{high}; the figures {meaning}"
        )

    def _at_a_limit(self, signal: Signal) -> str:
        line = self.reading.upper if signal.way == "above" else self.reading.lower
        height, name = line[signal.last], "upper" if signal.way == "above" else "lower"
        limit = f"the {name} limit" + ("" if height is None else f" of {self.write(height)}")
        side = side_of(signal.meaning)
        named = [f"{self.periods[row]} ({self._figure(row)})" for row in signal.rows]
        if signal.rule is Rule.OUTSIDE:
            return f"{named[0]} lies {signal.way} {limit}{side}"
        return f"{named[0]} and {named[1]} lie near {limit}{side}"

    def _figure(self, row: int) -> str:
        figure = self.reading.plotted[row]
        return "" if figure is None else self.write(figure)


def _times(count: int) -> str:
    return {0: "never", 1: "once", 2: "twice"}.get(count, f"{count} times")


def _of_100(count: int) -> str:
    return f"about {count} of 100" if count else "fewer than 1 of 100"
