"""What QI plans put on an agenda: plugged into `AGENDA_SOURCES`."""

from datetime import date

from django.urls import reverse

from accounts.reach import Reach
from clusters.models import Cluster, Forum
from clusters.selectors.around import clusters_around
from meetings.plugs import Group, Suggested
from qiplans import rules
from qiplans.models import Milestone, Plan, Project
from qiplans.selectors.projects import projects_within
from qiplans.selectors.strategy import clusters_in_emergency
from qiplans.selectors.studio import candidates_waiting


def project_lines(forum: Forum, *, on: date, reach: Reach | None) -> list[Suggested]:
    """Projects of a cluster whose day for an update comes by that of the meeting; none in an emergency (PLN-31)."""
    due = Project.objects.filter(priority__plan__cluster__forum=forum, next_review_on__lte=on).exclude(
        state__in=rules.OVER
    )
    return [
        Suggested(
            f"project:{project.pk}",
            Group.PLAN,
            project.title,
            reverse("qiplans:project", args=[project.pk]),
            f"update due{f', {project.lead}' if project.lead else ', nobody leads it'}",
            project.next_review_on,
            is_kept=project.share_level == Project.ShareLevel.CLUSTER,
        )
        for project in due.exclude(priority__plan__cluster__in=clusters_in_emergency(on).values("pk"))
        .select_related("lead")
        .order_by("next_review_on", "pk")
    ]


def plan_lines(forum: Forum, *, on: date, reach: Reach | None) -> list[Suggested]:
    """A cluster's plan of this year that is still to be agreed, changed since it was, or due to be looked at."""
    plan = Plan.objects.filter(cluster__forum=forum, year=rules.plan_year_of(on)).first()
    if plan is None:
        return []
    if plan.state == Plan.State.DRAFT:
        said = "not agreed yet"
    elif plan.has_changed_since_agreed:
        said = "changed since it was agreed"
    elif plan.review_on and plan.review_on <= on:
        said = "to be looked at again"
    else:
        return []
    path = reverse("qiplans:plan", args=[forum.slug])
    return [Suggested(f"plan:{plan.pk}", Group.PLAN, f"The plan for {plan.years}", path, said)]


def help_lines(forum: Forum, *, on: date, reach: Reach | None) -> list[Suggested]:
    """For a deciding forum above clusters: what their shared projects could use help with, for who may open them."""
    if reach is None or forum.kind not in Forum.DECIDING:
        return []
    clusters = Cluster.objects.filter(clusters_around(forum, on=on)).order_by()
    asking = (
        projects_within(reach)
        .filter(priority__plan__cluster__in=clusters.values("pk"))
        .exclude(share_level=Project.ShareLevel.CLUSTER)
        .exclude(state__in=rules.OVER)
        .exclude(could_use_help_with="")
    )
    return [
        Suggested(
            f"project:{project.pk}",
            Group.CLUSTERS,
            f"{project.priority.plan.cluster} could use help: {project.could_use_help_with}"[:300],
            reverse("qiplans:project", args=[project.pk]),
            project.title,
            is_kept=True,
            is_private=True,
        )
        for project in asking.order_by("pk")
    ]


def milestone_lines(forum: Forum, *, on: date, reach: Reach | None) -> list[Suggested]:
    """Milestones of a cluster's projects whose day has passed by that of the meeting."""
    late = Milestone.objects.filter(project__priority__plan__cluster__forum=forum, due_on__lt=on, done_at=None)
    return [
        Suggested(
            f"milestone:{milestone.pk}",
            Group.PLAN,
            milestone.what,
            reverse("qiplans:project", args=[milestone.project_id]) + "#milestones",
            f"milestone of “{milestone.project.title}”",
            milestone.due_on,
            is_kept=True,
        )
        for milestone in late.exclude(project__state__in=rules.OVER).select_related("project")
    ]


def asked_lines(forum: Forum, *, on: date, reach: Reach | None) -> list[Suggested]:
    """Topics that an HSCP asked a cluster to think about and that wait for its answer."""
    return [
        Suggested(
            f"asked:{asked.pk}",
            Group.PLAN,
            asked.title,
            reverse("qiplans:candidate", args=[asked.pk]),
            f"{asked.hscp} waits for an answer",
            asked.answer_by,
            is_kept=True,
        )
        for asked in candidates_waiting().filter(cluster__forum=forum).order_by("put_forward_at", "pk")
    ]
