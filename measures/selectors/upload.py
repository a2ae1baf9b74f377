"""What a table of figures would do to a measure: worked out for the preview, and again when it is confirmed."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from hashlib import sha256

from accounts.reach import Reach
from accounts.roles import Right
from measures import rules
from measures.analysis import periods
from measures.analysis.figures import rounded
from measures.analysis.likely import far_from_others
from measures.analysis.shares import value_of
from measures.models import DataPoint, Measure
from measures.parsing import Asked, FigureTable, Told, read_figures
from measures.parsing.sheets import Lines
from measures.selectors.due import figures_due
from measures.selectors.levels import members_in
from measures.selectors.practice_page import WHY_NONE
from practices.models import Practice
from practices.parsing import Refusal

FIRST = 5


class Does(StrEnum):
    """What one figure of a table does."""

    NEW = "new"
    CHANGED = "corrects"
    SAME = "there already"
    KEPT = "stays as the practice gave it"


@dataclass(frozen=True)
class Planned:
    """One figure of a table with what it does; `point` is the one that is there, `doubt` why to look at it again."""

    told: Told
    practice: Practice
    period: str
    figure: str
    does: Does
    point: DataPoint | None
    doubt: str = ""

    @property
    def changes(self) -> bool:
        return self.does in (Does.NEW, Does.CHANGED)

    @property
    def top(self) -> str:
        """The numerator as it was read."""
        return _plain(self.told.count.numerator)

    @property
    def bottom(self) -> str:
        """The denominator as it was read."""
        return _plain(self.told.count.denominator)


@dataclass(frozen=True)
class UploadPlan:
    """All figures of a table, and the problems that the registry and the reader's roles bring."""

    measure: Measure
    figures: tuple[Planned, ...]
    problems: tuple[Refusal, ...]

    def of(self, does: Does) -> list[Planned]:
        return [planned for planned in self.figures if planned.does is does]

    @property
    def changed(self) -> list[Planned]:
        return [planned for planned in self.figures if planned.changes]

    @property
    def first(self) -> tuple[Planned, ...]:
        """The first of them, to see how the table was read."""
        return self.figures[:FIRST]

    @property
    def is_mixed(self) -> bool:
        """Whether something would be loaded that is not among the first."""
        return any(planned not in self.first for planned in self.changed)

    @property
    def doubts(self) -> list[Planned]:
        """What would be loaded and is far from the other figures of its practice."""
        return [planned for planned in self.changed if planned.doubt]

    @property
    def is_done(self) -> bool:
        """Whether all that it says is there already."""
        return not self.problems and all(planned.does is Does.SAME for planned in self.figures)

    @property
    def counts(self) -> list[tuple[str, int]]:
        """How many figures do what, in words; only what there is."""
        named = {Does.NEW: "new", Does.CHANGED: "corrected", Does.SAME: "there already", Does.KEPT: str(Does.KEPT)}
        return [(words, n) for does, words in named.items() if (n := len(self.of(does)))]

    @property
    def fingerprint(self) -> str:
        """Another one means that something else would be done."""
        parts = [f"{p.told.practice}:{p.told.period_on}:{p.does}:{p.point and p.point.version}" for p in self.figures]
        return sha256("|".join([str(self.measure.version), *parts]).encode()).hexdigest()


def table_in(lines: Lines, measure: Measure, reach: Reach) -> FigureTable:
    """The figures that lines of cells tell of a measure, with everything that is wrong with them.

    Raises practices.parsing.Refused for what can't be read at all.
    """
    practices, twice = _named(_ever_members(measure))
    asked = Asked(
        practices=practices,
        is_share=measure.is_share,
        first_day=lambda day: periods.first_day(day, measure.frequency),
        period_trouble=lambda day: rules.period_trouble(day, today=reach.day),
        trouble=lambda top, bottom: rules.counted_trouble(top, bottom, measure.unit),
        twice=twice,
    )
    return read_figures(lines, asked)


def upload_plan(figures: Iterable[Told], measure: Measure, reach: Reach) -> UploadPlan:
    """What these figures would do today, as this reader."""
    told = list(figures)
    practices = Practice.objects.in_bulk({one.practice for one in told})
    members = members_in([measure.cluster_id])
    points = {(p.practice_id, p.period_on): p for p in measure.points.filter(practice__in=practices)}
    others = _others(reach, measure, told, practices, points.values())
    planned, problems = [], []
    for one in told:
        practice = practices[one.practice]
        held = members.on(measure.cluster_id, one.period_on) | members.on(measure.cluster_id, reach.day)
        if trouble := _trouble(reach, measure, practice, is_member=practice.pk in held):
            problems.append(Refusal(one.line, one.field, "", trouble))
        else:
            there = points.get((practice.pk, one.period_on))
            planned.append(_planned(reach, measure, practice, one, there, others[practice.pk]))
    return UploadPlan(measure, tuple(planned), tuple(problems))


def _trouble(reach: Reach, measure: Measure, practice: Practice, *, is_member: bool) -> str:
    if not is_member:
        return f"{practice} did not belong to the cluster then."
    if not rules.can_enter(reach, measure, practice):
        return f"You enter figures of your own practice, and {practice} is another one."
    return ""


def _others(
    reach: Reach, measure: Measure, told: list[Told], practices: dict[int, Practice], points: Iterable[DataPoint]
) -> dict[int, dict[date, Decimal]]:
    """By practice and period the figures that each is held against: those that its reader may read, and the table's."""
    found: dict[int, dict[date, Decimal]] = {pk: {} for pk in practices}
    for point in points:
        practice = practices[point.practice_id or 0]
        if point.value is not None and rules.can_see_entry(reach, practice, is_from_practice=point.is_from_practice):
            found[practice.pk][point.period_on] = point.value
    for one in told:
        if (value := _value(measure, one)) is not None:
            found[one.practice][one.period_on] = value
    return found


def _value(measure: Measure, told: Told) -> Decimal | None:
    count = told.count
    return None if count.numerator is None else value_of(count.numerator, count.denominator, measure.unit)


def _planned(
    reach: Reach,
    measure: Measure,
    practice: Practice,
    told: Told,
    point: DataPoint | None,
    others: dict[date, Decimal],
) -> Planned:
    does = Does.NEW
    if point and not rules.can_see_entry(reach, practice, is_from_practice=point.is_from_practice):
        does, point = Does.KEPT, None
    elif point:
        does = Does.SAME if _is_same(measure, told, point) else Does.CHANGED
    name = periods.name_of(told.period_on, measure.frequency)
    doubt = far_from_others(_value(measure, told), told.period_on, others, measure.unit)
    return Planned(told, practice, name, _figure(measure, told), does, point, doubt)


def _is_same(measure: Measure, told: Told, point: DataPoint) -> bool:
    count = told.count
    kept = point.numerator if measure.is_share else point.value
    bottom = count.denominator if measure.is_share else None
    return (point.state, kept, point.denominator) == (count.state, count.numerator, bottom)


def _figure(measure: Measure, told: Told) -> str:
    count = told.count
    if count.numerator is None:
        return WHY_NONE[DataPoint.State(count.state)]
    value = value_of(count.numerator, count.denominator, measure.unit)
    if value is None or count.denominator is None:
        return _plain(count.numerator)
    return f"{rounded(value, measure.unit)} ({_plain(count.numerator)} of {_plain(count.denominator)})"


def _plain(count: Decimal | None) -> str:
    return "–" if count is None else f"{count:,.0f}"


def _ever_members(measure: Measure) -> list[Practice]:
    return list(Practice.objects.filter(memberships__cluster=measure.cluster_id).distinct().order_by("code"))


def _named(practices: list[Practice]) -> tuple[dict[str, int], set[str]]:
    """Practices by code and by name, and the names that several of them have: those stand for none."""
    names = [" ".join(practice.name.casefold().split()) for practice in practices]
    twice = {name for name, many in Counter(names).items() if many > 1}
    found = {name: p.pk for name, p in zip(names, practices, strict=True) if name not in twice}
    return found | {practice.code: practice.pk for practice in practices}, twice


def may_upload(reach: Reach, measure: Measure) -> bool:
    """Whether they may bring a table: who writes up the cluster, and who speaks for one of its practices."""
    if not measure.is_by_practice:
        return False
    if rules.can_keep_measure(reach, measure):
        return True
    is_open = measure.cluster_id in reach.clusters(Right.SEE_INSIDE, past=False)
    own = reach.practices_held(*rules.PRACTICE_PEOPLE)
    return is_open and bool(own & members_in([measure.cluster_id]).on(measure.cluster_id, reach.day))


def template_of(measure: Measure, reach: Reach) -> tuple[list[str], list[list[str]]]:
    """Column names, and a line for each figure of the last whole periods that the reader may enter and that is due."""
    names = ["practice code", "practice", "period", "numerator", *(["denominator"] if measure.is_share else [])]
    due = [one for one in figures_due([measure.cluster_id], on=reach.day) if one.measure.pk == measure.pk]
    practices = Practice.objects.in_bulk({one.practice for one in due})
    mine = [one for one in due if rules.can_enter(reach, measure, practices[one.practice])]
    blank = [""] * (len(names) - 3)
    rows = [[practices[one.practice].code, practices[one.practice].name, one.period, *blank] for one in mine]
    return names, rows
