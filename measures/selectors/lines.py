"""Whose figures a reader sees, and how: the one place where consents and the rule for small numbers are kept.

Pages, documents and charts draw what `lines_of` gives and nothing else.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import partial
from itertools import groupby
from operator import attrgetter

from django.utils.crypto import salted_hmac

from accounts.reach import Reach
from measures import rules
from measures.analysis.figures import rounded
from measures.analysis.protection import RULE, Count, protect
from measures.analysis.shares import value_of
from measures.models import Consent, DataPoint, Measure
from measures.selectors.levels import Levels, Members, Reader, levels_in, members_in, reader_of
from practices.models import Practice

Known = tuple[Levels, Members]
State, Level = DataPoint.State, Consent.Level
NO_FIGURE, KEPT_BACK = "no figure", "kept back"
WHY_NONE = {State.GIVEN: NO_FIGURE, State.MISSING: NO_FIGURE, State.SUPPRESSED: "too small to show"}


class Kind(StrEnum):
    """Whose line it is, to its reader."""

    CLUSTER = "CLUSTER"
    NAMED = "NAMED"
    CODED = "CODED"
    OWN = "OWN"


@dataclass(frozen=True)
class Figure:
    """One period of a line. `label` is the figure in words, and says why there is none.

    `point` is the figure that was entered, for readers who may see all of it. Of a cluster line, `behind` practices
    gave a figure, of `expected` that belonged to the cluster.
    """

    period_on: date
    state: str
    label: str
    value: Decimal | None = None
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    point: DataPoint | None = None
    behind: int = 1
    expected: int = 1

    @property
    def is_whole(self) -> bool:
        return self.behind >= self.expected


@dataclass(frozen=True)
class Line:
    """A line of a chart, oldest period first; periods without anything to show are not there."""

    kind: Kind
    label: str
    figures: tuple[Figure, ...]
    practice: Practice | None = None


@dataclass(frozen=True)
class Lines:
    """All that a reader sees of a measure: the cluster line, and practices' lines, the reader's own first."""

    measure: Measure
    cluster: Line
    practices: tuple[Line, ...] = ()
    rule: str = field(default=RULE, repr=False)


def lines_of(measure: Measure, reach: Reach) -> Lines:
    """The lines of one measure, as this reader may see them."""
    return lines_of_all([measure], reach)[measure.pk]


def lines_of_all(measures: Iterable[Measure], reach: Reach) -> dict[int, Lines]:
    """The same for many by their id, in as many queries as for one."""
    inside = partial(rules.can_see_inside, reach)
    return _told(list(measures), reader=reader_of(reach), inside=inside)


def cluster_lines(measures: Iterable[Measure], *, inside: bool, reach: Reach | None = None) -> dict[int, Line]:
    """Cluster lines by measure id, as this reader sees them inside the cluster, or above it.

    Without `reach` as somebody sees them who has no figures of their own to take from a total.
    """
    told = _told(list(measures), reader=reader_of(reach), inside=lambda measure: inside)
    return {pk: lines.cluster for pk, lines in told.items()}


def _told(measures: list[Measure], *, reader: Reader, inside: Callable[[Measure], bool]) -> dict[int, Lines]:
    points: dict[int, list[DataPoint]] = defaultdict(list)
    for point in DataPoint.objects.filter(measure__in=measures).select_related("practice").order_by("period_on"):
        points[point.measure_id].append(point)
    clusters = {m.cluster_id for m in measures if m.is_by_practice}
    known = (levels_in(clusters), members_in(clusters)) if clusters else (Levels({}), Members({}))
    return {m.pk: _lines(m, points[m.pk], reader=reader, known=known, inside=inside(m)) for m in measures}


def _lines(measure: Measure, points: list[DataPoint], *, reader: Reader, known: Known, inside: bool) -> Lines:
    if not measure.is_by_practice:
        whole = tuple(_entered(measure, point) for point in points if point.practice_id is None)
        return Lines(measure, Line(Kind.CLUSTER, "Cluster", whole))
    told = _Consented(measure, points, known, inside)
    periods = [_Period(told, list(of), reader) for _, of in groupby(points, attrgetter("period_on"))]
    cluster = [figure for period in periods if (figure := period.of_cluster())]
    practices = {p.practice.pk: p.practice for p in points if p.practice}
    own = reader.own
    lines = [_own_line(measure, practices[pk], points) for pk in practices if pk in own]
    others = {pk: practice for pk, practice in practices.items() if pk not in own}
    lines += sorted(_named_lines(periods, others), key=attrgetter("label"))
    lines += sorted(_coded_lines(measure, periods, others, among=practices), key=attrgetter("label"))
    return Lines(measure, Line(Kind.CLUSTER, "Cluster", tuple(cluster)), tuple(lines))


class _Consented:
    """How far practices let the figures of one measure be seen.

    Where a practice shows some periods by name, the others get no line without one: the two would be put together.
    """

    def __init__(self, measure: Measure, points: list[DataPoint], known: Known, inside: bool) -> None:
        levels, members = known
        self.measure = measure
        self.members = partial(members.on, measure.cluster_id)
        self._level = partial(levels.on, measure.cluster_id, frequency=measure.frequency, inside=inside)
        told = [(p.practice_id, self._level(p.practice_id, first=p.period_on)) for p in points if p.practice_id]
        self.named = {pk for pk, level in told if level == Level.NAMED}

    def level(self, practice: int, day: date) -> str:
        level = self._level(practice, first=day)
        return Level.AGGREGATE if level == Level.CODED and practice in self.named else level


class _Period:
    """One period of a measure by practice: what was entered, and what of it may be shown."""

    def __init__(self, told: _Consented, points: list[DataPoint], reader: Reader) -> None:
        self.measure, self.day = told.measure, (day := points[0].period_on)
        members = told.members(day)
        # A figure from before a practice joined, or from after it left, is its own and not the cluster's.
        self.points = {pk: p for p in points if (pk := p.practice_id) in members and pk is not None}
        self.levels = {pk: told.level(pk, day) for pk in self.points}
        self.expected = {pk for pk in members if told.level(pk, day) != Level.NONE}
        counts = [Count(pk, *_counted(p), self.levels[pk]) for p in self._given() if (pk := p.practice_id)]
        self.safe = protect(counts, own={pk for pk, p in self.points.items() if reader.knows(self.measure, p)})

    def of_cluster(self) -> Figure | None:
        """The cluster's figure; None where no practice that takes part has said anything."""
        said = [p for pk, p in self.points.items() if self.levels[pk] != Level.NONE]
        return replace(self._whole(said), behind=self.safe.behind, expected=len(self.expected)) if said else None

    def _whole(self, said: list[DataPoint]) -> Figure:
        awaited = self.expected - set(self.points)
        if all(p.state == State.MISSING for p in said):
            return Figure(self.day, State.MISSING, NO_FIGURE)
        if not self.measure.is_share and (short := len(self.expected) - self.safe.behind):
            # A sum of some practices is no lower than last month's: it is another sum.
            why = f"waiting for {_practices(len(awaited))}" if awaited else f"no figure from {_practices(short)}"
            return Figure(self.day, State.MISSING, why)
        if self.safe.total is None:
            return Figure(self.day, State.SUPPRESSED, KEPT_BACK)
        return _figure(self.measure, self.day, *self.safe.total)

    def of_practice(self, practice: int, level: str) -> Figure | None:
        """A practice's figure, where it consented to `level` on that day."""
        point = self.points.get(practice)
        if point is None or self.levels[practice] != level:
            return None
        if point.state == State.MISSING:
            return Figure(self.day, State.MISSING, NO_FIGURE)
        if practice not in (self.safe.named if level == Level.NAMED else self.safe.coded):
            return Figure(self.day, State.SUPPRESSED, KEPT_BACK)
        return _figure(self.measure, self.day, *_counted(point))

    def _given(self) -> list[DataPoint]:
        """Figures that can be added up: a share without its numerator can't."""
        given = [p for p in self.points.values() if p.state == State.GIVEN]
        return [p for p in given if p.numerator is not None or not self.measure.is_share]


def _practices(many: int) -> str:
    return "1 practice" if many == 1 else f"{many} practices"


def _named_lines(periods: list[_Period], practices: dict[int, Practice]) -> Iterator[Line]:
    for pk, practice in practices.items():
        if figures := _shown(periods, pk, Level.NAMED):
            yield Line(Kind.NAMED, practice.name, figures, practice)


def _coded_lines(
    measure: Measure, periods: list[_Period], practices: dict[int, Practice], *, among: Iterable[int]
) -> Iterator[Line]:
    """Lines under a letter. Letters are given in an order that nobody can guess, and stay while practices do."""
    order = sorted(among, key=lambda pk: salted_hmac("measures.lines", f"{measure.pk}:{pk}").hexdigest())
    for pk in practices:
        if figures := _shown(periods, pk, Level.CODED):
            yield Line(Kind.CODED, f"Practice {_letter(order.index(pk))}", figures)


def _letter(place: int) -> str:
    return chr(ord("A") + place % 26) + (str(place // 26) if place >= 26 else "")


def _shown(periods: list[_Period], practice: int, level: str) -> tuple[Figure, ...]:
    """The figures of a line; none at all where it would show no figure."""
    figures = tuple(figure for period in periods if (figure := period.of_practice(practice, level)))
    return figures if any(figure.state == State.GIVEN for figure in figures) else ()


def _own_line(measure: Measure, practice: Practice, points: list[DataPoint]) -> Line:
    own = tuple(_entered(measure, p) for p in points if p.practice_id == practice.pk)
    return Line(Kind.OWN, f"{practice.name} (yours)", own, practice)


def _entered(measure: Measure, point: DataPoint) -> Figure:
    """A figure as its keepers see it."""
    label = WHY_NONE[State(point.state)] if point.value is None else rounded(point.value, measure.unit)
    return Figure(
        point.period_on,
        point.state,
        label,
        value=point.value,
        numerator=point.numerator,
        denominator=point.denominator,
        point=point,
    )


def _figure(measure: Measure, day: date, numerator: Decimal, denominator: Decimal | None) -> Figure:
    value = value_of(numerator, denominator, measure.unit)
    if value is None:
        return Figure(day, State.MISSING, NO_FIGURE)
    return Figure(day, State.GIVEN, rounded(value, measure.unit), value, numerator, denominator)


def _counted(point: DataPoint) -> tuple[Decimal, Decimal | None]:
    counted = point.value if point.numerator is None else point.numerator
    return counted or Decimal(0), point.denominator
