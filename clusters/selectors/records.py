"""Everything the registry knows about one cluster, on one page."""

from dataclasses import dataclass
from datetime import date, timedelta

from clusters.models import Cluster, Development, FormerName, FreedTime, Takeover
from clusters.selectors.summaries import ClusterSummary, PracticeRow, practice_rows, summary_of


@dataclass(frozen=True)
class YearFreed:
    """Time freed in one year: the latest note, and those before it."""

    latest: FreedTime
    earlier: tuple[FreedTime, ...]


@dataclass(frozen=True)
class ClusterRecord:
    """What the page says. `status` in words; `went_into` and `took_over` lead on to other clusters.

    `developments` newest first, the one that holds in front.
    """

    cluster: Cluster
    status: str
    summary: ClusterSummary
    practices: tuple[PracticeRow, ...]
    went_into: tuple[Takeover, ...]
    took_over: tuple[Takeover, ...]
    former_names: tuple[FormerName, ...]
    developments: tuple[Development, ...]
    freed: tuple[YearFreed, ...]


def record_of(cluster: Cluster, *, on: date) -> ClusterRecord:
    """The record of a cluster on a day, or as it was when it closed. The same number of queries whatever is in it."""
    day = last_day_of(cluster, on=on)
    takeovers = Takeover.objects.select_related("before__forum", "after__forum")
    went_into = tuple(takeovers.filter(before=cluster))
    return ClusterRecord(
        cluster=cluster,
        status=status_of(cluster, went_into, on=on),
        summary=summary_of(cluster, on=day),
        practices=tuple(practice_rows(cluster, on=day)),
        went_into=went_into,
        took_over=tuple(takeovers.filter(after=cluster)),
        former_names=tuple(cluster.forum.former_names.all()),
        developments=tuple(cluster.developments.select_related("noted_by")),
        freed=_by_year(cluster),
    )


def last_day_of(cluster: Cluster, *, on: date) -> date:
    """The day as of which a cluster is described: of a closed one its last, else the day itself."""
    return min(on, cluster.closed_on - timedelta(days=1)) if cluster.closed_on else on


def status_of(cluster: Cluster, went_into: tuple[Takeover, ...], *, on: date) -> str:
    """Open, to come, closing, closed or merged, in a word or two."""
    if cluster.closed_on is None:
        return "Open" if cluster.starts_on <= on else "Not begun yet"
    if cluster.closed_on <= on:
        return f"Merged into {went_into[0].after}" if went_into else "Closed"
    return f"Open, merges into {went_into[0].after}" if went_into else "Open, closes"


def _by_year(cluster: Cluster) -> tuple[YearFreed, ...]:
    years: dict[int, list[FreedTime]] = {}
    for row in cluster.freed_times.select_related("noted_by"):
        years.setdefault(row.year, []).append(row)
    return tuple(YearFreed(rows[0], tuple(rows[1:])) for rows in years.values())
