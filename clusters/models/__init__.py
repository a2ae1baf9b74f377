"""Who meets, who belongs where, and who holds which role, from when to when. One module a subject."""

from clusters.models.boundaries import BoundaryIssue
from clusters.models.clusters import Cluster, ClusterQuerySet, Membership, Takeover
from clusters.models.dated import DatedQuerySet, holds_on
from clusters.models.forum_members import ForumMember
from clusters.models.forums import FormerName, Forum, ForumQuerySet
from clusters.models.handovers import Handover
from clusters.models.hosting import Hosting
from clusters.models.origins import RoleOrigin
from clusters.models.practice_list import LIST_REASON, PracticeList
from clusters.models.records import Development, FreedTime
from clusters.models.roles import RoleAssignment, RoleQuerySet
from clusters.models.ways_of_working import WaysOfWorking

__all__ = [
    "LIST_REASON",
    "BoundaryIssue",
    "Cluster",
    "ClusterQuerySet",
    "DatedQuerySet",
    "Development",
    "FormerName",
    "Forum",
    "ForumMember",
    "ForumQuerySet",
    "FreedTime",
    "Handover",
    "Hosting",
    "Membership",
    "PracticeList",
    "RoleAssignment",
    "RoleOrigin",
    "RoleQuerySet",
    "Takeover",
    "WaysOfWorking",
    "holds_on",
]
