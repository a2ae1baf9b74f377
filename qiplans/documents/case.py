"""The case for a change as a document: why, what the charts show, what was tried, what is asked of the HSCP."""

from collections.abc import Iterator
from datetime import date

from accounts.models import User
from measures.documents import notes_under
from meetings.documents.sheets import members_only, printed_for
from qiplans.documents.project import ABOVE
from qiplans.models import Cycle, SupportAsk
from qiplans.selectors.case import CasePage, Seen, Tried
from shared.dates import in_words
from shared.documents import Block, Bullets, Document, Heading, Line, Paragraph, Picture

PICTURES = 2  # measures whose chart is drawn: the sentences of the others say the same on less paper


def case_document(case: CasePage, *, reader: User, on: date) -> Document:
    """The case as its reader sees it on the page."""
    forum = case.project.priority.plan.cluster.forum
    return Document(
        title=f"The case for “{case.project.title}”",
        about=f"{forum} · {in_words(on)}",
        printed=printed_for(reader, on=on),
        readers=_readers(case),
        blocks=(*_why(case), *_seen(case), *_tried(case), *_help(case), *_decide(case)),
    )


def _readers(case: CasePage) -> str:
    """Who may read the file: what was asked of the HSCP goes no further than to those who answer for it."""
    cluster = case.project.priority.plan.cluster
    if case.is_inside:
        return members_only(cluster.forum)
    return f"For {cluster.forum} and those who answer for its HSCP only." if case.asks else ABOVE


def _why(case: CasePage) -> Iterator[Block]:
    yield from (Heading("Why now"), Paragraph(Line(case.why)))
    yield from (Heading("Aim"), Paragraph(Line(case.project.aim)))


def _seen(case: CasePage) -> Iterator[Block]:
    yield Heading("What the charts show")
    if case.nothing_seen:
        yield Paragraph(Line(case.nothing_seen))
    for place, seen in enumerate(case.seen):
        yield from _chart(seen, case, is_drawn=place < PICTURES)


def _chart(seen: Seen, case: CasePage, *, is_drawn: bool) -> Iterator[Block]:
    chart = seen.chart
    yield Heading(chart.measure.name, level=2)
    if not chart.rows:
        yield Paragraph(Line("No figures yet."))
        return
    if is_drawn and chart.latest:
        yield Picture(chart.picture, chart.told)
        yield from notes_under(chart.rows)
    yield Paragraph(Line(chart.said.how_sure, label=chart.said.shows.rstrip(".")))
    if chart.said.before_after:
        yield Paragraph(Line(chart.said.before_after))
    if case.is_inside:
        yield Paragraph(Line(seen.so_what, label="So what"))


def _tried(case: CasePage) -> Iterator[Block]:
    yield Heading("What was tried, and learned")
    if case.nothing_tried:
        yield Paragraph(Line(case.nothing_tried))
    for tried in case.tried:
        yield Bullets(tuple(_cycle(tried, cycle) for cycle in tried.cycles))


def _cycle(tried: Tried, cycle: Cycle) -> Line:
    better = {True: "made things better", False: "did not make things better", None: ""}[cycle.has_improved]
    told = ", ".join(filter(None, (cycle.stands, better)))
    said = " ".join(filter(None, (f"{told[:1].upper()}{told[1:]}.", cycle.learning)))
    return Line(said, label=f"{tried.idea}, cycle {cycle.number}")


def _help(case: CasePage) -> Iterator[Block]:
    yield Heading("What help is needed")
    yield Paragraph(Line(case.help))
    if case.decided:
        yield Bullets(tuple(_answered(ask) for ask in case.decided))


def _answered(ask: SupportAsk) -> Line:
    return Line(f"{ask.get_decision_display()}: {ask.reasons}", label=ask.what.rstrip("."))


def _decide(case: CasePage) -> Iterator[Block]:
    yield Heading("What the HSCP is asked to decide")
    if case.to_decide:
        lines = (Line(f"Answer by {in_words(ask.reply_by)}.", label=ask.what.rstrip(".")) for ask in case.to_decide)
        yield Bullets(tuple(lines))
    else:
        yield Paragraph(Line(case.nothing_to_decide))
