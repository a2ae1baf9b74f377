"""Work that clusters show to all of Scotland: title, aim and a role to ask, never more."""

from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from accounts.roles import Role
from qiplans.models import Project


@dataclass(frozen=True)
class Brief:
    """A project as every signed-in reader in Scotland may read it."""

    title: str
    aim: str
    whom_to_ask: str


def across_scotland() -> QuerySet[Project]:
    """Projects that their clusters show to everybody who can sign in; ideas among them, and those that are over."""
    shown = Project.objects.filter(share_level=Project.ShareLevel.SCOTLAND)
    return shown.select_related("priority__plan__cluster__forum", "priority__plan__cluster__lead_hscp").order_by("-pk")


def in_brief(project: Project, *, on: date) -> Brief:
    """What all of Scotland reads, or would read, of a project."""
    return Brief(project.title, project.aim, whom_to_ask(project, on=on))


def whom_to_ask(project: Project, *, on: date) -> str:
    """The role that answers for it, never a name: of a cluster that has closed, the HSCP's lead."""
    cluster = project.priority.plan.cluster
    if cluster.closed_on is not None and cluster.closed_on <= on:
        return f"{Role.HSCP_LEAD.label} of {cluster.lead_hscp}"
    return f"{Role.CQL.label} of {cluster.audit_label} ({cluster.lead_hscp})"
