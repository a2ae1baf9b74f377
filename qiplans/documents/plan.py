"""The plan of a cluster as a document of one page where it fits: priorities, projects, and how they stand."""

from collections.abc import Iterator
from datetime import date

from accounts.models import User
from meetings.documents.sheets import members_only, printed_for
from qiplans.documents.emergencies import told_of
from qiplans.models import Emergency, Plan
from qiplans.selectors.plans import PlanPage, PriorityBlock, ProjectLine
from shared.dates import in_words
from shared.documents import Block, Document, Facts, Heading, Line, Paragraph, Table

WIDTHS = (6, 10, 4, 7)


def plan_document(page: PlanPage, emergencies: list[Emergency], *, reader: User, on: date) -> Document:
    """The plan as its reader sees it on the page: from above, what a meeting agreed and what is shared."""
    forum = page.cluster.forum
    is_draft = page.plan is None or page.plan.state == Plan.State.DRAFT
    return Document(
        title=f"{forum} plan {page.years_label}",
        about=f"{forum} · QI plan {page.years_label}",
        printed=printed_for(reader, on=on),
        readers=members_only(forum) if page.is_inside else "As the cluster shares it above.",
        mark="Draft" if is_draft else "",
        blocks=(
            *told_of(emergencies),
            *_facts(page),
            *(part for block in page.blocks for part in _priority(block)),
            *_others(page),
        ),
    )


def _facts(page: PlanPage) -> Iterator[Block]:
    plan = page.plan
    pairs = []
    if plan and plan.agreed_at_meeting:
        since = ", changed since" if page.is_inside and plan.has_changed_since_agreed else ""
        pairs.append(("Agreed", f"at the meeting of {in_words(plan.agreed_at_meeting.held_on)}{since}"))
    if plan and plan.review_on:
        pairs.append(("Looked at again", in_words(plan.review_on)))
    if page.blocks:
        pairs.append(("Priorities", f"{page.intrinsic} intrinsic, {page.extrinsic} extrinsic"))
    if pairs:
        yield Facts(tuple(pairs))
    if not page.blocks:
        yield Paragraph(Line("No priority can be read here yet."))


def _priority(block: PriorityBlock) -> Iterator[Block]:
    yield Heading(block.title)
    yield Paragraph(Line(block.purpose))
    yield Paragraph(Line(f"{block.orientation}. Chosen by: {block.chosen_by}"), is_quiet=True)
    if block.projects:
        yield _table(block.projects)


def _others(page: PlanPage) -> Iterator[Block]:
    if page.loose:
        yield from (Heading("Projects shared"), _table(page.loose))
    if page.kept:
        counted = ", ".join(f"{n} {state.lower()}" for state, n in page.kept.items())
        yield Paragraph(Line(counted, label="Projects that stay in the cluster"))


def _table(lines: list[ProjectLine]) -> Table:
    return Table(("Project", "Aim", "State", "Latest"), tuple(_row(line) for line in lines), WIDTHS)


def _row(line: ProjectLine) -> tuple[str, ...]:
    told = [line.update]
    if line.chart and line.has_picture:
        told.append(line.chart.said.verdict)
    latest = "\n".join(part for part in told if part) or "No update yet"
    return line.project.title, line.project.aim, str(line.project.get_state_display()), latest
