"""Two sentences of a chart, a third where there are phases, and the short form for lists."""

from collections.abc import Sequence
from dataclasses import dataclass

from measures.analysis.reading import PhaseReading, Reading
from measures.analysis.run_chart import ENOUGH
from measures.analysis.words.comparing import compared
from measures.analysis.words.names import OF_ALL, RULES, centre_name, short_name
from measures.analysis.words.telling import Telling, Write


@dataclass(frozen=True)
class Said:
    """What is said of a chart. `verdict` is the short form for lists; `before_after` is empty with one phase."""

    verdict: str
    shows: str
    how_sure: str
    before_after: str = ""


def said_of(reading: Reading, *, periods: Sequence[str], write: Write, since: str = "") -> Said:
    """Say what a chart shows. `periods` names each row, `write` a figure; `since` is what the latest phase is called.

    What is said is of the latest phase: of those before, only how it compares.
    """
    beside = compared(reading, write, since)
    phase = reading.phases[-1] if reading.phases else None
    if phase is None or phase.centre is None or not phase.is_enough:
        return _too_early(reading, phase, since, beside)
    told = Telling(reading, phase, periods, write)
    signals = [signal for signal in reading.signals if signal.first >= phase.first]
    if not signals:
        return Said("no signal", told.calm(), told.sure_of_nothing(), beside)
    signal = max(signals, key=lambda s: (s.rule not in OF_ALL, s.last, len(s.rows)))
    return Said(short_name(signal), told.signal(signal, len(signals)), told.sure_of_signal(len(signals)), beside)


def _too_early(reading: Reading, phase: PhaseReading | None, since: str, beside: str) -> Said:
    useful, centre = (phase.useful if phase else 0), centre_name(reading.kind)
    have = "1 point lies" if useful == 1 else f"{useful} points lie"
    where = f" since {since}" if len(reading.phases) > 1 and since else ""
    return Said(
        "not enough data yet",
        f"Not enough data yet{where}: {have} off the {centre} and {ENOUGH} are needed.",
        f"Until then none of {RULES[reading.ruleset]} is applied and no signal is shown; a rise or fall so far may be "
        "chance.",
        beside,
    )
