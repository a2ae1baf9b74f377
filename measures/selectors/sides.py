"""Where a new phase can begin so that the chart has enough figures on both sides of it to say anything."""

from itertools import accumulate

from measures.analysis.reading import PhaseReading
from measures.analysis.run_chart import ENOUGH
from measures.selectors.charts import Chart


def periods_to_begin(chart: Chart) -> list[str]:
    """Stretches of periods, in words, at which a phase can begin with `ENOUGH` figures on both sides; may be empty.

    The sides reach to the phases next to it. Figures that are left out don't count; whether one lies on the line, and
    so says nothing, is only known once the line is drawn.
    """
    return [words for phase in chart.reading.phases if (words := _stretch(chart, phase))]


def _stretch(chart: Chart, phase: PhaseReading) -> str:
    rows = chart.rows[phase.first : phase.last + 1]
    counts = [row.value is not None and phase.first + n not in chart.reading.left_out for n, row in enumerate(rows)]
    before = [0, *accumulate(counts)]
    fit = [row for row, had in zip(rows, before, strict=False) if ENOUGH <= had <= before[-1] - ENOUGH]
    if not fit:
        return ""
    return fit[0].period if len(fit) == 1 else f"{fit[0].period} to {fit[-1].period}"
