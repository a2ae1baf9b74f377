"""How much of a cluster's work of twelve months is intrinsic and how much extrinsic, as far as the reader may see it.

Information only. Who is inside counts everything; above counts what is shared.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, QuerySet

from accounts.reach import Reach
from clusters.models import Cluster
from clusters.models.orientation import Orientation
from escalations.selectors import escalations_within
from measures.drawing.balance import draw_balance
from measures.drawing.svg import Svg
from meetings.models import Action, Ask, Item, Meeting
from meetings.rules import ALWAYS_KEPT
from meetings.selectors import asks_within, meetings_within
from meetings.selectors.tags import tagged_actions, tagged_items
from qiplans.models import Priority
from qiplans.rules import plan_year_of
from shared.dates import months_before

INTRINSIC, EXTRINSIC = Orientation.INTRINSIC.value, Orientation.EXTRINSIC.value


@dataclass(frozen=True)
class Counted:
    """One kind of thing: how many of each side, and how many that nobody has marked."""

    label: str
    intrinsic: int
    extrinsic: int
    untagged: int


@dataclass(frozen=True)
class Balance:
    """What the gauge shows."""

    lines: tuple[Counted, ...]
    is_inside: bool

    @property
    def intrinsic(self) -> int:
        return sum(line.intrinsic for line in self.lines)

    @property
    def extrinsic(self) -> int:
        return sum(line.extrinsic for line in self.lines)

    @property
    def untagged(self) -> int:
        return sum(line.untagged for line in self.lines)

    @property
    def picture(self) -> Svg:
        return draw_balance(self.intrinsic, self.extrinsic, label=self.said)

    @property
    def said(self) -> str:
        """The gauge in words."""
        whole = self.intrinsic + self.extrinsic
        if not whole:
            return "Nothing is marked as intrinsic or extrinsic yet."
        share = round(100 * self.intrinsic / whole)
        return f"{share}% intrinsic and {100 - share}% extrinsic, of {whole} that are marked."


def balance_of(cluster: Cluster, reach: Reach, *, inside: bool) -> Balance:
    """The gauge of one cluster. Five queries, whatever there is."""
    since, forum = months_before(reach.day, 12), cluster.forum_id
    asks = asks_within(reach).filter(forum=forum, asked_at__date__gte=since).exclude(state=Ask.State.WITHDRAWN)
    matters = escalations_within(reach).filter(cluster=cluster, raised_at__date__gte=since, is_confidential=False)
    lines = (
        _counted("Items of meetings", _by(tagged_items(_items(cluster, reach, inside=inside)), "tag")),
        _counted("Actions", _by(_actions(cluster, reach), "tag") if inside else {}),
        _counted("Priorities of this year’s plan", _priorities(cluster, reach, inside=inside)),
        _counted("Questions to the HSCP", _by(asks, "orientation"), otherwise=EXTRINSIC),
        _counted("Escalations", _by(matters, "orientation"), otherwise=EXTRINSIC),
    )
    return Balance(tuple(line for line in lines if line.intrinsic or line.extrinsic or line.untagged), inside)


def _items(cluster: Cluster, reach: Reach, *, inside: bool) -> QuerySet[Item]:
    held = meetings_within(reach).filter(forum=cluster.forum_id, held_on__gte=months_before(reach.day, 12))
    items = Item.objects.filter(meeting__in=held.filter(state__in=Meeting.TOLD).order_by().values("pk"))
    return items if inside else items.filter(is_kept_in_cluster=False).exclude(kind__in=ALWAYS_KEPT)


def _actions(cluster: Cluster, reach: Reach) -> QuerySet[Action]:
    since = months_before(reach.day, 12)
    return tagged_actions(Action.objects.live().filter(forum=cluster.forum_id, added_at__date__gte=since))


def _priorities(cluster: Cluster, reach: Reach, *, inside: bool) -> Mapping[str, int]:
    year = Priority.objects.filter(plan__cluster=cluster, plan__year=plan_year_of(reach.day))
    return _by(year, "orientation") if inside else _by(year.exclude(agreed_title=""), "agreed_orientation")


def _by(rows: QuerySet[Any], column: str) -> dict[str, int]:
    return dict(rows.order_by().values_list(column).annotate(number=Count("pk")))


def _counted(label: str, found: Mapping[str, int], *, otherwise: str = "") -> Counted:
    """`otherwise`: what counts as when nobody has marked it."""
    numbers: Counter[str] = Counter()
    for code, number in found.items():
        numbers[code or otherwise] += number
    return Counted(label, numbers[INTRINSIC], numbers[EXTRINSIC], numbers[""])
