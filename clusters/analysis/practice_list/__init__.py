"""What a practice list would change in the registry. `plan_of(file, registry, as_of)` gives the whole answer."""

from clusters.analysis.practice_list.decisions import CONFIRM, LATER, REFUSE, Decisions
from clusters.analysis.practice_list.details import details_of
from clusters.analysis.practice_list.plan import (
    ClusterRef,
    Kept,
    MembershipChange,
    Missing,
    NewCluster,
    NewPractice,
    Plan,
    PracticeChange,
    Rename,
    SizeChange,
)
from clusters.analysis.practice_list.planning import plan_of
from clusters.analysis.practice_list.registry import KnownCluster, KnownPractice, Registry
from clusters.analysis.practice_list.report import refusal_report, report_of
from clusters.analysis.practice_list.succession import Closure, Merger, Recode, Suggestions
from clusters.analysis.practice_list.wording import report_text, text_of_refusals

__all__ = [
    "CONFIRM",
    "LATER",
    "REFUSE",
    "Closure",
    "ClusterRef",
    "Decisions",
    "Kept",
    "KnownCluster",
    "KnownPractice",
    "MembershipChange",
    "Merger",
    "Missing",
    "NewCluster",
    "NewPractice",
    "Plan",
    "PracticeChange",
    "Recode",
    "Registry",
    "Rename",
    "SizeChange",
    "Suggestions",
    "details_of",
    "plan_of",
    "refusal_report",
    "report_of",
    "report_text",
    "text_of_refusals",
]
