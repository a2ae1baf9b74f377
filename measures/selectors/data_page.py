"""The data of a cluster: its measures, how they stand, and whose figures are still to come."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from accounts.reach import Reach
from accounts.roles import Right
from clusters.models import Cluster
from clusters.selectors import cluster_for, members_of
from measures import rules
from measures.analysis import periods
from measures.analysis.quality import Quality
from measures.drawing import Svg, draw_sparkline
from measures.models import Consent, Measure
from measures.plugs import Circumstance, circumstances_of
from measures.selectors.doors import measures_within
from measures.selectors.due import figures_due, last_whole_period
from measures.selectors.lines import Figure, Lines, lines_of_all
from measures.selectors.quality import badge_of, notes_on
from practices.models import Practice

ONLY_READERS = "Data are read by the cluster and those above it."


@dataclass(frozen=True)
class MeasureRow:
    """One measure in the list. `awaited`: practices that have said nothing of the last whole `period`."""

    measure: Measure
    lines: Lines
    period: str
    last: Figure | None
    awaited: list[Practice]
    may_upload: bool
    quality: Quality | None

    @property
    def latest(self) -> Figure | None:
        """The last period for which the cluster has a figure."""
        return next((f for f in reversed(self.lines.cluster.figures) if f.value is not None), None)

    @property
    def latest_period(self) -> str:
        return periods.name_of(self.latest.period_on, self.measure.frequency) if self.latest else ""

    @cached_property
    def sparkline(self) -> Svg:
        said = f", last {self.latest.label} in {self.latest_period}" if self.latest else ""
        values = [figure.value for figure in self.lines.cluster.figures]
        return draw_sparkline(values, label=f"{self.measure.name}{said}")


@dataclass(frozen=True)
class Sharing:
    """How a practice lets its figures be seen today; `since` None: it has not said anything, and the usual holds."""

    practice: Practice
    inside: str
    above: str
    since: date | None
    speaks: bool


@dataclass(frozen=True)
class DataPage:
    """What a reader sees of a cluster's data. Above the cluster nobody reads whose figures are missing."""

    cluster: Cluster
    rows: list[MeasureRow]
    circumstances: list[Circumstance]
    is_inside: bool
    may_define: bool
    sharing: list[Sharing]

    @property
    def own(self) -> list[Practice]:
        """Practices for which the reader speaks."""
        return [row.practice for row in self.sharing if row.speaks]


def data_page(reach: Reach, slug: str) -> DataPage:
    """The data of the cluster at `slug`; 404 out of reach, 403 for who neither belongs to it nor stands above it."""
    cluster = cluster_for(reach, slug, may=rules.can_read_data, sentence=ONLY_READERS)
    inside = rules.can_see_within(reach, cluster)
    members = list(members_of(cluster, on=reach.day))
    return DataPage(
        cluster,
        _rows(reach, cluster, members if inside else []),
        circumstances_of(cluster, on=reach.day),
        is_inside=inside,
        may_define=rules.can_define_in(reach, cluster),
        sharing=_sharing(reach, cluster, members) if inside else [],
    )


def _rows(reach: Reach, cluster: Cluster, members: list[Practice]) -> list[MeasureRow]:
    """All measures that the reader may see; `members` are empty for who may not read whose figures are to come."""
    measures = list(measures_within(reach).filter(cluster=cluster).order_by("pk").prefetch_related("pauses"))
    lines, notes = lines_of_all(measures, reach), notes_on(measures)
    awaited = _awaited(cluster, on=reach.day) if members else {}
    is_open = cluster.pk in reach.clusters(Right.SEE_INSIDE, past=False)
    enters = rules.can_define_in(reach, cluster) or (is_open and any(rules.speaks_for(reach, p) for p in members))
    rows = []
    for m in measures:
        last = last_whole_period(m, on=reach.day)
        rows.append(
            MeasureRow(
                measure=m,
                lines=lines[m.pk],
                period=periods.name_of(last, m.frequency),
                last=_at(lines[m.pk], last),
                awaited=[p for p in members if p.pk in awaited.get(m.pk, ())],
                may_upload=m.is_by_practice and enters and not m.ended_on,
                quality=badge_of(lines[m.pk], notes.get(m.pk, 0), on=reach.day),
            )
        )
    return rows


def _awaited(cluster: Cluster, *, on: date) -> dict[int, set[int]]:
    """By measure, the practices that have said nothing of its last whole period."""
    found: dict[int, set[int]] = defaultdict(set)
    for due in figures_due([cluster.pk], on=on):
        if due.period_on == last_whole_period(due.measure, on=on):
            found[due.measure.pk].add(due.practice)
    return found


def _at(lines: Lines, day: date) -> Figure | None:
    return next((figure for figure in lines.cluster.figures if figure.period_on == day), None)


def _sharing(reach: Reach, cluster: Cluster, members: list[Practice]) -> list[Sharing]:
    in_force = {c.practice_id: c for c in Consent.objects.filter(cluster=cluster, ends_on=None)}
    return [_shared(practice, in_force.get(practice.pk), rules.speaks_for(reach, practice)) for practice in members]


def _shared(practice: Practice, consent: Consent | None, speaks: bool) -> Sharing:
    if consent is None:
        usual = Consent.Level.AGGREGATE.label
        return Sharing(practice, usual, usual, None, speaks)
    inside, above = consent.get_inside_display(), consent.get_above_display()
    return Sharing(practice, inside, above, consent.starts_on, speaks)
