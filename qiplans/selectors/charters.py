"""A project's charter as those inside read it, and the doors to what belongs to it."""

from dataclasses import dataclass

from django.db.models import Q, QuerySet

from accounts.reach import Reach
from accounts.roles import Right
from clusters.selectors import members_of
from measures.selectors import Chart
from practices.models import Practice
from qiplans.models import Charter, Cycle, Milestone, OptIn, Partner, Priority, Progress, Project, SupportAsk
from qiplans.rules.aims import PARTS
from qiplans.rules.charters import SPEAKS_FOR_PRACTICE, can_opt, not_engaged, places_answered, purpose_of
from qiplans.rules.progress import Evidence, Proposed, propose_progress, share_of_goal
from shared.doors import open_door

MORE = {
    "team": "Team",
    "problem": "Problem",
    "benefits": "Expected benefits",
    "in_scope": "In scope",
    "out_of_scope": "Out of scope",
    "barriers": "Barriers",
    "stakeholders": "Who has a stake",
    "risks": "Risks",
    "first_test": "First test of change",
}


@dataclass(frozen=True)
class Side:
    """A practice and its own latest word on the project, if it gave one."""

    practice: Practice
    is_in: bool
    said: OptIn | None


@dataclass(frozen=True)
class CharterPage:
    """What those inside read beside the project itself."""

    project: Project
    charter: Charter
    more: list[tuple[str, str]]
    ideas: list[str]
    partners: list[Partner]
    milestones: list[Milestone]
    sides: list[Side]
    mine: list[Practice]
    asks: list[SupportAsk]
    proposed: Proposed
    confirmed: Progress | None

    @property
    def is_extrinsic(self) -> bool:
        return self.project.priority.orientation == Priority.Orientation.EXTRINSIC

    @property
    def lacks_agency(self) -> bool:
        """Extrinsic work that names no partner agency, or nobody who answers for the service (PLN-36)."""
        named = any(partner.kind == Partner.Kind.AGENCY for partner in self.partners)
        return self.is_extrinsic and not (named and self.charter.service_owner)

    @property
    def not_engaged(self) -> list[str]:
        return not_engaged(self.partners)

    @property
    def differs(self) -> bool:
        return self.confirmed is not None and self.confirmed.score != self.proposed.score


def charter_of(project: Project) -> Charter:
    """The charter, or an empty one that is not kept yet."""
    return Charter.objects.filter(project=project).first() or Charter(project=project)


def ideas_written(charter: Charter) -> list[str]:
    """The change ideas of a charter, which has one a line."""
    return [idea.strip() for idea in charter.change_ideas.splitlines() if idea.strip()]


def charter_page(reach: Reach, project: Project, charts: list[Chart]) -> CharterPage:
    """All of it in a fixed number of queries. `charts` are those of the project's page."""
    charter, partners = charter_of(project), list(project.partners.select_related("engaged_by"))
    sides = _sides(reach, project)
    return CharterPage(
        project=project,
        charter=charter,
        more=[(label, text) for name, label in MORE.items() if (text := getattr(charter, name))],
        ideas=ideas_written(charter),
        partners=partners,
        milestones=list(project.milestones.select_related("done_by")),
        sides=sides,
        mine=[side.practice for side in sides if side.practice.pk in reach.practices_held(*SPEAKS_FOR_PRACTICE)],
        asks=list(project.support_asks.select_related("asked_by", "decided_by")),
        proposed=propose_progress(evidence_of(project, charter, charts, sides=sides)),
        confirmed=project.progress.select_related("confirmed_by").first(),
    )


def evidence_of(project: Project, charter: Charter, charts: list[Chart], *, sides: list[Side]) -> Evidence:
    """What there is of a project, from its own rows: nothing is asked for."""
    first = charts[0] if charts else None
    values = [line.value for line in first.rows if line.value is not None] if first else []
    state = Project.State(project.state)
    return Evidence(
        has_charter=all(getattr(charter, name) for name in PARTS) and bool(purpose_of(project)),
        has_team=bool(charter.team or (project.lead_id and any(side.is_in for side in sides))),
        has_plan=bool(charts or charter.change_ideas or state != Project.State.IDEA),
        tests=_tests(project),
        figures=len(values),
        has_enough=first is not None and first.is_enough,
        is_better=first is not None and "better" in first.said.verdict,
        share=share_of_goal(values, first.measure.goal) if first else None,
        is_sustained=state in (Project.State.SUSTAINED, Project.State.COMPLETED),
    )


def _tests(project: Project) -> int:
    """Tests of change that were carried out."""
    return Cycle.objects.filter(ramp__project=project, done_at__isnull=False).count()


def _sides(reach: Reach, project: Project) -> list[Side]:
    """Every practice of the cluster and whoever takes part, with the latest word of each."""
    latest = {said.practice_id: said for said in project.opt_ins.select_related("said_by")}
    taking_part = {practice.pk for practice in project.practices.all()}
    here = members_of(project.priority.plan.cluster, on=reach.day).values("pk")
    practices = Practice.objects.filter(Q(pk__in=here) | Q(pk__in=taking_part)).order_by("name", "code")
    return [Side(practice, practice.pk in taking_part, latest.get(practice.pk)) for practice in practices]


def latest_word(project: Project, practice: Practice) -> OptIn | None:
    """What a practice said last of whether it takes part."""
    return project.opt_ins.filter(practice=practice).order_by("said_at", "pk").last()


def practice_to_opt(reach: Reach, project: Project, code: str) -> Practice:
    """The practice with `code`, of those of the cluster (404); whether the reader speaks for it (403)."""
    here = members_of(project.priority.plan.cluster, on=reach.day).values("pk")

    def speaks(reach: Reach, practice: Practice) -> bool:
        return can_opt(reach, project, practice)

    sentence = "Whether a practice takes part is said by its quality lead, deputy or manager."
    return open_door(Practice.objects.filter(pk__in=here), may=speaks, reach=reach, code=code, sentence=sentence)


def support_within(reach: Reach) -> QuerySet[SupportAsk]:
    """What projects asked for: of the reader's own clusters, and where they answer for the HSCP.

    What is asked is told upward with the project's title and aim, whatever else of it is shared.
    """
    of = "project__priority__plan__cluster"
    seen = Q(**{f"{of}__in": reach.clusters(Right.SEE_INSIDE)}) | _answered_by(reach)
    return SupportAsk.objects.filter(seen).select_related(f"{of}__forum", f"{of}__lead_hscp", "asked_by", "decided_by")


def support_for(reach: Reach, pk: int) -> SupportAsk:
    """One of them (404)."""
    return open_door(support_within(reach), reach=reach, pk=pk)


def support_waiting(reach: Reach) -> QuerySet[SupportAsk]:
    """What waits for the reader to decide, the oldest first."""
    return support_within(reach).filter(_answered_by(reach), decision="").order_by("asked_at")


def _answered_by(reach: Reach) -> Q:
    """As `answers_support`, in SQL."""
    of, (hscps, localities) = "project__priority__plan__cluster", places_answered(reach)
    return Q(**{f"{of}__lead_hscp__in": hscps}) | Q(**{f"{of}__locality__in": localities})
