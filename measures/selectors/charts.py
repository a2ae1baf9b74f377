"""Charts of measures: figures, what their ruleset finds in them, the picture and the words."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.db.models import Max

from accounts.reach import Reach
from measures.analysis import periods
from measures.analysis.better import Better
from measures.analysis.figures import rounded, with_unit
from measures.analysis.kinds import Chart as Kind
from measures.analysis.kinds import Ruleset
from measures.analysis.reading import PhaseReading, Point, Reading, read
from measures.analysis.words import EXPLAINED, RULES, Said, centre_name, icons_of, said_of
from measures.drawing import Drawn, Height, Mark, Stretch, Svg, draw_chart, draw_icon, draw_sparkline
from measures.models import Measure, Phase, SoWhat
from measures.selectors.lines import Figure, cluster_lines
from measures.selectors.rows import Row, rows_of

FACTORS = {Measure.Unit.PERCENT: 100, Measure.Unit.RATE: 1000}  # from a share to the figure that is shown


@dataclass(frozen=True)
class PhaseLine:
    """A stretch with a centre line of its own, in words. `pk` None: nobody began it, it is how the chart starts."""

    pk: int | None
    name: str
    period: str
    centre: str
    useful: int
    reading: PhaseReading


@dataclass(frozen=True)
class Chart:
    """A measure as a reader sees it. Picture and sparkline are drawn when a page asks for them.

    `discussed_to` is the last period that somebody has said the meaning of.
    """

    measure: Measure
    rows: list[Row]
    phases: list[PhaseLine]
    reading: Reading
    said: Said
    discussed_to: date | None = None

    @property
    def is_undiscussed(self) -> bool:
        """Whether it has enough data to mean something, and figures since somebody last said what (DAT-16)."""
        latest = self.latest
        return self.is_enough and latest is not None and (self.discussed_to is None or latest.day > self.discussed_to)

    @property
    def is_enough(self) -> bool:
        return self.reading.is_enough

    @property
    def rules(self) -> str:
        return EXPLAINED[self.reading.ruleset]

    @property
    def is_annotated(self) -> bool:
        """Whether its reader has a note to read on any of its figures."""
        return any(row.mark for row in self.rows)

    @property
    def has_phases(self) -> bool:
        return len(self.phases) > 1

    @property
    def centre_name(self) -> str:
        return centre_name(self.reading.kind)

    @property
    def centre(self) -> str:
        """The line in the middle of the latest phase, in words."""
        return self.phases[-1].centre if self.phases else ""

    @property
    def goal(self) -> str:
        return with_unit(self.measure.goal, self.measure.unit) if self.measure.goal is not None else ""

    @property
    def latest(self) -> Row | None:
        """The last period that has a figure."""
        return next((row for row in reversed(self.rows) if row.value is not None), None)

    @property
    def values(self) -> list[Height | None]:
        """What is drawn for each row, in the unit of the measure."""
        return [in_unit(self.measure, height) for height in self.reading.plotted]

    @property
    def title(self) -> str:
        return "Run chart" if self.reading.kind is Kind.RUN else "Control chart"

    @property
    def told(self) -> str:
        """All sentences in a row: what the picture shows, for those who don't see it."""
        return " ".join(filter(None, (self.said.shows, self.said.how_sure, self.said.before_after)))

    @property
    def read_by(self) -> str:
        """What is drawn and by whose rules it is read, in a line."""
        return f"{self.measure.get_chart_display()}, read by {RULES[self.reading.ruleset]}"

    @property
    def icons(self) -> list[tuple[Svg, str]]:
        """Of control charts the icons of variation and assurance, and their words."""
        told = icons_of(self.reading)
        return [(draw_icon(icon.letter, points=icon.points, is_filled=icon.is_filled), icon.words) for icon in told]

    @cached_property
    def picture(self) -> Svg:
        measure = self.measure
        lower, upper = _drawn_limits(measure, self.reading)
        return draw_chart(
            Drawn(
                key=f"chart-{measure.pk}",
                name=measure.name,
                summary=self.told,
                write=lambda value, places: with_unit(value, measure.unit, places=places),
                write_rounded=lambda value: rounded(value, measure.unit),
                axis=f"{measure.get_unit_display()}, {measure.get_frequency_display().lower()}",
                marks=[
                    Mark(row.short, value, row.look, row.said, row.mark)
                    for row, value in zip(self.rows, self.values, strict=True)
                ],
                title=self.title,
                centre_name=self.centre_name.capitalize(),
                stretches=[
                    Stretch(p.reading.first, p.reading.last, in_unit(measure, p.reading.centre), p.name)
                    for p in self.phases
                ],
                lower=lower,
                upper=upper,
                goal=measure.goal,
            )
        )

    @cached_property
    def sparkline(self) -> Svg:
        latest = self.latest
        last = f", last {latest.figure} in {latest.period}" if latest else ""
        label = f"{self.measure.name}: {self.said.verdict}{last}"
        return draw_sparkline([row.value for row in self.rows], label=label)


def chart_of(measure: Measure, *, with_notes: bool = True, reach: Reach | None = None) -> Chart:
    """The chart of one measure, as the holder of `reach` sees it. Without notes for who sees the figures only."""
    return charts_of([measure], with_notes=with_notes, reach=reach)[measure.pk]


def charts_of(measures: Iterable[Measure], *, with_notes: bool = True, reach: Reach | None = None) -> dict[int, Chart]:
    """Charts of cluster lines by measure id, in as many queries as for one.

    What a reader could work out of a single practice depends on whose figures they know: pages pass their `reach`.
    """
    wanted = {m.pk: m for m in measures}
    if not wanted:
        return {}
    lines, phases = cluster_lines(wanted.values(), inside=with_notes, reach=reach), phases_of(wanted)
    said = dict(SoWhat.objects.filter(measure__in=wanted).order_by().values_list("measure").annotate(Max("reaches_to")))
    return {
        pk: chart_from(m, lines[pk].figures, phases[pk], with_notes=with_notes, discussed_to=said.get(pk))
        for pk, m in wanted.items()
    }


def phases_of(measures: Iterable[int]) -> dict[int, list[Phase]]:
    """Phases by measure id, each measure's in order of their days."""
    found: dict[int, list[Phase]] = defaultdict(list)
    for phase in Phase.objects.filter(measure__in=list(measures)):
        found[phase.measure_id].append(phase)
    return found


def chart_from(
    measure: Measure,
    figures: Sequence[Figure],
    phases: Sequence[Phase],
    *,
    with_notes: bool = True,
    discussed_to: date | None = None,
) -> Chart:
    """The chart of one line, whose figures stand in order of their periods, and of the measure's phases."""
    by_day = {figure.period_on: figure for figure in figures}
    days = periods.all_between(figures[0].period_on, figures[-1].period_on, measure.frequency) if figures else []
    shown = [(day, by_day.get(day)) for day in days]
    reading = read(
        [_read_point(day, figure) for day, figure in shown],
        ruleset=Ruleset(measure.ruleset),
        kind=Kind(measure.chart),
        phases=[phase.starts_on for phase in phases],
        baseline=measure.baseline,
        better=Better(measure.direction),
        target=measure.goal,
    )
    told = [_phase_line(measure, days, reading, part, phases, with_notes) for part in reading.phases]
    begun = {line.reading.first: line.name for line in told[1:]}
    rows = rows_of(measure, shown, reading, begun, with_notes=with_notes)
    since = told[-1].name if told else ""
    said = said_of(
        reading,
        periods=[row.period for row in rows],
        write=lambda height: rounded(in_unit(measure, height) or 0, measure.unit),
        since=f"“{since}” ({told[-1].period})" if with_notes and since else told[-1].period if told else "",
    )
    return Chart(measure, rows, told, reading, said, discussed_to)


def in_unit(measure: Measure, height: Height | None) -> Height | None:
    """A height as the analysis has it, in the unit of the measure: a share becomes per cent, or so many in 1,000."""
    if height is None or not Kind(measure.chart).is_of_shares:
        return height
    return height * FACTORS.get(Measure.Unit(measure.unit), 1)


def _read_point(day: date, figure: Figure | None) -> Point:
    if figure is None:
        return Point(day)
    is_excluded = figure.point is not None and figure.point.is_excluded
    return Point(day, figure.value, figure.numerator, figure.denominator, is_excluded)


def _phase_line(
    measure: Measure,
    days: Sequence[date],
    reading: Reading,
    part: PhaseReading,
    phases: Sequence[Phase],
    with_notes: bool,
) -> PhaseLine:
    """The phase that was begun last before, or with, the first row of the part."""
    begun = [phase for phase in phases if phase.starts_on <= days[part.first]]
    phase = max(begun, key=lambda p: p.starts_on) if begun else None
    number = f"Phase {reading.phases.index(part) + 1}"
    return PhaseLine(
        pk=phase.pk if phase else None,
        name=phase.name if phase and with_notes else number,
        period=periods.name_of(days[part.first], measure.frequency),
        centre="" if part.centre is None else rounded(in_unit(measure, part.centre) or 0, measure.unit),
        useful=part.useful,
        reading=part,
    )


def _drawn_limits(measure: Measure, reading: Reading) -> tuple[list[float | None], list[float | None]]:
    """The limits that figures could pass: no figure lies below nought, none in per cent above 100."""
    ceiling = 100 if measure.unit == Measure.Unit.PERCENT else float("inf")
    lines = ([_float(in_unit(measure, height)) for height in line] for line in (reading.lower, reading.upper))
    lower, upper = (
        [height if height is not None and 0 < height < ceiling else None for height in line] for line in lines
    )
    return lower, upper


def _float(height: Height | None) -> float | None:
    return None if height is None else float(height)
