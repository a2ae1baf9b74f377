"""A chart on one page: what is counted, the picture of the page, its sentences, the figures and what they mean."""

from collections.abc import Iterator, Sequence
from datetime import date

from accounts.models import User
from measures.drawing import Look
from measures.plugs import Circumstance
from measures.selectors import Chart, Row, SoWhatBox
from meetings.documents.sheets import members_only, printed_for
from shared.dates import in_words
from shared.documents import Block, Document, Facts, Heading, Line, Paragraph, Picture, Table

LATEST = 24  # periods in the table: more would not fit on the page
ABREAST = 3
SHORT = {
    Look.SHIFT: "shift",
    Look.TREND: "trend",
    Look.OUTSIDE: "outside",
    Look.NEAR: "near a limit",
    Look.LEFT_OUT: "left out",
    Look.STANDS_OUT: "out of line",
}
ABOVE = "Shared above the cluster, without the cluster’s own notes."


def chart_document(
    chart: Chart, box: SoWhatBox | None, circumstances: list[Circumstance], *, reader: User, on: date
) -> Document:
    """The chart as its reader sees it on the page; `box` is None for those above the cluster."""
    measure = chart.measure
    forum = measure.cluster.forum
    return Document(
        title=measure.name,
        about=f"{forum} · {in_words(on)}",
        printed=printed_for(reader, on=on),
        readers=members_only(forum) if box else ABOVE,
        blocks=(*(Paragraph(Line(one.told, label=one.name)) for one in circumstances), *_blocks(chart, box)),
    )


def _blocks(chart: Chart, box: SoWhatBox | None) -> Iterator[Block]:
    if chart.measure.ended_on:
        yield Paragraph(Line(f"Ended on {in_words(chart.measure.ended_on)}."))
    if not chart.rows:
        yield Paragraph(Line("No figures yet."))
    if chart.latest:
        yield Picture(chart.picture, chart.told)
    if chart.rows:
        yield Paragraph(Line(chart.said.how_sure, label=chart.said.shows.rstrip(".")))
    if chart.said.before_after:
        yield Paragraph(Line(chart.said.before_after))
    for _, words in chart.icons:
        yield Paragraph(Line(words))
    if box and box.latest:
        yield from (Heading("So what?"), Paragraph(Line(box.latest.meaning)))
        if box.latest.action:
            action = box.latest.action
            yield Paragraph(Line(f"{action.what}: {action.holder}, by {in_words(action.due_on)}", label="Action"))
    elif box and box.is_due:
        yield Paragraph(Line("Not discussed yet.", label="So what"))
    yield Facts(tuple(_facts(chart)))
    if chart.rows:
        yield from _figures(chart)


def _facts(chart: Chart) -> Iterator[tuple[str, str]]:
    measure = chart.measure
    counted = " out of ".join(filter(None, (measure.numerator, measure.denominator)))
    told = (
        ("Counted", counted),
        ("Defined as", measure.definition),
        ("Source", measure.source),
        ("Better", measure.get_direction_display()),
        ("Goal", chart.goal),
        ("Read as", chart.read_by),
    )
    yield from ((name, value) for name, value in told if value)


def _figures(chart: Chart) -> Iterator[Block]:
    """The latest periods, three beside each other, so that two years fit on the page; then the notes on them."""
    latest = chart.rows[-LATEST:]
    deep = -(-len(latest) // ABREAST)
    cells = [_cells(row) for row in latest] + [("", "")] * (deep * ABREAST - len(latest))
    rows = tuple(tuple(text for n in range(ABREAST) for text in cells[n * deep + row]) for row in range(deep))
    yield Table(("Period", "Figure") * ABREAST, rows, (3, 5) * ABREAST, is_dense=True)
    begun = [f"“{row.phase}” with {row.period}" for row in latest if row.phase]
    if begun:
        yield Paragraph(Line("; ".join(begun), label="A phase begins"), is_quiet=True)
    yield from notes_under(latest)
    if len(chart.rows) > LATEST:
        said = f"The latest {LATEST} of {len(chart.rows)} periods; all of them stand on the page in the portal."
        yield Paragraph(Line(said), is_quiet=True)


def notes_under(rows: Sequence[Row]) -> Iterator[Block]:
    """The notes that stand on a drawing as numbers, in words; nothing where it has none."""
    notes = [f"{row.mark} ({row.period}): {row.point.note}" for row in rows if row.mark and row.point]
    if notes:
        yield Paragraph(Line("; ".join(notes), label="Notes"), is_quiet=True)


def _cells(row: Row) -> tuple[str, str]:
    return row.period, ", ".join(filter(None, (row.figure, row.told_by, SHORT.get(row.look, ""))))
