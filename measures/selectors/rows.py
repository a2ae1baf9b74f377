"""The periods of a chart, one by one: what the table under it says and what the picture marks."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from measures.analysis import periods
from measures.analysis.reading import Reading
from measures.analysis.rulesets import Rule
from measures.analysis.words import flag_of
from measures.drawing import Look
from measures.models import DataPoint, Measure
from measures.selectors.lines import Figure

LOOKS = {
    Rule.TWO_OF_THREE: Look.NEAR,
    Rule.TREND: Look.TREND,
    Rule.LONG_RUN: Look.SHIFT,
    Rule.SHIFT: Look.SHIFT,
    Rule.OUTSIDE: Look.OUTSIDE,
}
NOT_ENTERED = "not entered"


@dataclass(frozen=True)
class Row:
    """One period of a chart and of the table under it. Without `value` there is none to draw: `figure` says why.

    `point` is the figure as it was entered, where one row holds it. `said` is what the rules and people say of the
    point, `mark` the number of its note on the chart; `phase` is what the phase is called that begins here,
    `told_by` how many practices a figure is of, where that is not all of them.
    """

    day: date
    period: str
    short: str
    value: Decimal | None
    point: DataPoint | None
    figure: str
    look: Look
    said: str
    mark: str
    phase: str
    told_by: str = ""


def rows_of(
    measure: Measure,
    shown: Sequence[tuple[date, Figure | None]],
    reading: Reading,
    phases: Mapping[int, str],
    *,
    with_notes: bool,
) -> list[Row]:
    """A row for each period; `phases` names the row that each later phase begins with."""
    looks, flags = _looks(reading), _flags(reading)
    found, notes = list[Row](), 0
    for place, (day, figure) in enumerate(shown):
        point = figure.point if figure else None
        has_note = bool(with_notes and point and point.note)
        notes += has_note
        told_by = _told_by(figure)
        said = [*filter(None, [told_by]), *_said_by_people(point, with_notes=with_notes), *flags.get(place, ())]
        found.append(
            Row(
                day=day,
                period=periods.name_of(day, measure.frequency),
                short=periods.short_name_of(day, measure.frequency),
                value=figure.value if figure else None,
                point=point,
                figure=figure.label if figure else NOT_ENTERED,
                look=_look_of(point) or looks.get(place, Look.PLAIN),
                said="; ".join(said),
                mark=str(notes) if has_note else "",
                phase=phases.get(place, ""),
                told_by=told_by,
            )
        )
    return found


def _told_by(figure: Figure | None) -> str:
    if figure is None or figure.value is None or figure.is_whole:
        return ""
    return f"{figure.behind} of {figure.expected} practices"


def _looks(reading: Reading) -> dict[int, Look]:
    """How a row is drawn that several rules flag: the last of `LOOKS` that does."""
    order = list(LOOKS)
    named = sorted((s for s in reading.signals if s.rule in LOOKS), key=lambda s: order.index(s.rule))
    return {row: LOOKS[signal.rule] for signal in named for row in signal.rows}


def _flags(reading: Reading) -> dict[int, list[str]]:
    found: dict[int, list[str]] = {}
    for signal in reading.signals:
        flag = flag_of(signal)
        for row in signal.rows:
            said = found.setdefault(row, [])
            if flag and flag not in said:
                said.append(flag)
    return found


def _look_of(point: DataPoint | None) -> Look | None:
    if point is None:
        return None
    return Look.LEFT_OUT if point.is_excluded else Look.STANDS_OUT if point.is_astronomical else None


def _said_by_people(point: DataPoint | None, *, with_notes: bool) -> Iterator[str]:
    if point and point.is_excluded:
        yield f"left out: {point.excluded_because}" if with_notes else "left out"
    if point and point.is_astronomical:
        yield "out of line, as a person says"
