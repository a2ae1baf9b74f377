"""A project on one page: aim, where it stands, its chart with its sentences, what was tried, and what comes next."""

from collections.abc import Iterator
from datetime import date

from django.utils.timezone import localdate

from accounts.models import User
from measures.documents import notes_under
from measures.selectors import Chart
from meetings.documents.sheets import members_only, printed_for
from qiplans.documents.emergencies import told_of
from qiplans.models import Emergency
from qiplans.selectors import ProjectPage
from qiplans.selectors.charters import CharterPage
from shared.dates import in_words
from shared.documents import Block, Bullets, Document, Facts, Heading, Line, Paragraph, Picture

ABOVE = "Shared above the cluster, without what the cluster keeps to itself."
MOST = 5  # lines of a list: more would not fit on the page


def project_document(
    page: ProjectPage, more: CharterPage | None, emergencies: list[Emergency], *, reader: User, on: date
) -> Document:
    """The project as its reader sees it on the page; `more` is None for those above the cluster."""
    forum = page.project.priority.plan.cluster.forum
    return Document(
        title=page.project.title,
        about=f"{forum} · {in_words(on)}",
        printed=printed_for(reader, on=on),
        readers=members_only(forum) if more else ABOVE,
        blocks=(*told_of(emergencies), *_blocks(page, more)),
    )


def _blocks(page: ProjectPage, more: CharterPage | None) -> Iterator[Block]:
    yield Paragraph(Line(page.project.aim, label="Aim"))
    yield Facts(tuple(_facts(page, more)))
    if page.charts:
        yield from _chart(page.charts[0])
    if more and more.ideas:
        yield Heading("Change ideas")
        yield Bullets(tuple(Line(idea) for idea in more.ideas[:MOST]))
    if more:
        yield from _next(page, more)


def _facts(page: ProjectPage, more: CharterPage | None) -> Iterator[tuple[str, str]]:
    project = page.project
    yield "State", project.get_state_display()
    if more:
        yield "Led by", str(project.lead or "Nobody yet")
        yield "Practices", ", ".join(practice.name for practice in page.practices) or "None yet"
        yield "Progress", _progress(more)
    if page.latest:
        yield "Latest", f"{page.latest.text} ({in_words(localdate(page.latest.written_at))})"
    if page.why_stopped and project.state == project.State.STOPPED:
        yield "Why it stopped", page.why_stopped
    if project.could_use_help_with:
        yield "Could use help with", project.could_use_help_with


def _progress(more: CharterPage) -> str:
    said = more.confirmed
    if said is None:
        return f"{more.proposed.score} proposed: {more.proposed.means.lower()}"
    return f"{said.score}, confirmed by {said.confirmed_by} on {in_words(localdate(said.confirmed_at))}"


def _chart(chart: Chart) -> Iterator[Block]:
    """The chart of the first measure, as the page draws it."""
    yield Heading(chart.measure.name)
    if chart.latest:
        yield Picture(chart.picture, chart.told)
        yield from notes_under(chart.rows)
    if chart.rows:
        yield Paragraph(Line(chart.said.how_sure, label=chart.said.shows.rstrip(".")))
    else:
        yield Paragraph(Line("No figures yet."))


def _next(page: ProjectPage, more: CharterPage) -> Iterator[Block]:
    actions = [action for action in page.actions if action.state == action.State.OPEN][:MOST]
    milestones = [milestone for milestone in more.milestones if milestone.done_at is None][:MOST]
    if actions or milestones:
        yield Heading("Next")
        yield Bullets(
            (
                *(Line(f"{each.what}, by {in_words(each.due_on)}") for each in milestones),
                *(Line(f"{each.what}: {each.holder}, by {in_words(each.due_on)}") for each in actions),
            )
        )
