"""Doors and answers about clusters, members, roles and the registry. Nothing here writes."""

from clusters.selectors.doors import cluster_for, clusters_within, practice_for, practices_within, registry_door
from clusters.selectors.histories import MembershipSpan, history_of_practice, role_history, roles_of
from clusters.selectors.members import holders_of, keepers_of, members_of, people_inside, quality_leads_of
from clusters.selectors.names import name_of, slugs_taken
from clusters.selectors.people import people_matching, people_within
from clusters.selectors.places import cluster_choices, place_choices, place_named, practice_options, practice_typed
from clusters.selectors.reach import reach_of
from clusters.selectors.registry import (
    RegistryCounts,
    assignments_when,
    clusters_called,
    clusters_in_hscp,
    clusters_missing_a_pql,
    clusters_without_cql,
    in_cluster,
    localities_listed,
    membership_on,
    person_for,
    planned_moves,
    registry_counts,
    within_hscp,
    without_cluster,
    without_pql,
)
from clusters.selectors.registry_practices import (
    PRACTICE_HEADINGS,
    practice_lines,
    practices_called,
    registry_practices,
)
from clusters.selectors.summaries import (
    ClusterSummary,
    PracticeRow,
    Vacancy,
    cluster_summaries,
    practice_rows,
    summary_of,
    vacancies,
)

__all__ = [
    "PRACTICE_HEADINGS",
    "ClusterSummary",
    "MembershipSpan",
    "PracticeRow",
    "RegistryCounts",
    "Vacancy",
    "assignments_when",
    "cluster_choices",
    "cluster_for",
    "cluster_summaries",
    "clusters_called",
    "clusters_in_hscp",
    "clusters_missing_a_pql",
    "clusters_within",
    "clusters_without_cql",
    "history_of_practice",
    "holders_of",
    "in_cluster",
    "keepers_of",
    "localities_listed",
    "members_of",
    "membership_on",
    "name_of",
    "people_inside",
    "people_matching",
    "people_within",
    "person_for",
    "place_choices",
    "place_named",
    "planned_moves",
    "practice_for",
    "practice_lines",
    "practice_options",
    "practice_rows",
    "practice_typed",
    "practices_called",
    "practices_within",
    "quality_leads_of",
    "reach_of",
    "registry_counts",
    "registry_door",
    "registry_practices",
    "role_history",
    "roles_of",
    "slugs_taken",
    "summary_of",
    "vacancies",
    "within_hscp",
    "without_cluster",
    "without_pql",
]
