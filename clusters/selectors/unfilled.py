"""CQL and PQL posts that nobody holds, and those that nobody will hold once their holder goes."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from accounts.reach import Reach
from accounts.roles import Right, Role
from clusters.models import Cluster, ClusterQuerySet, Membership, RoleAssignment
from clusters.rules import registry_seen
from clusters.selectors.summaries import vacancies
from practices.models import Practice
from shared.dates import in_words

HEADINGS = ("HSCP", "Cluster", "Practice", "Role", "Empty since", "Days empty", "Ends on", "Next holder from")


@dataclass(frozen=True)
class Post:
    """A post that is empty, or will be. `since` None: never held here. `next_from`: when somebody holds it again.

    `last_day` is set for one that is held today: its last day with somebody in it.
    """

    cluster: Cluster
    role: Role
    practice: Practice | None
    day: date
    since: date | None = None
    last_day: date | None = None
    next_from: date | None = None

    @property
    def hscp(self) -> str:
        return str(self.cluster.lead_hscp)

    @property
    def place(self) -> str:
        return str(self.practice or self.cluster)

    @property
    def is_empty(self) -> bool:
        return self.last_day is None

    @property
    def days(self) -> int | None:
        """How long it has been empty; None where nobody ever held it, or somebody still does."""
        return (self.day - self.since).days if self.is_empty and self.since else None

    @property
    def sort_days(self) -> int:
        """The longest empty first, those never held before them, those still held last."""
        return -1 if not self.is_empty else 10**6 if self.days is None else self.days

    @property
    def state(self) -> str:
        """In words: "empty for 47 days", "never held here", "ends on Thu 3 Dec 2026, nobody after"."""
        if self.last_day:
            after = f"nobody until {in_words(self.next_from)}" if self.next_from else "nobody after"
            return f"ends on {in_words(self.last_day)}, {after}"
        if self.days is None:
            return "never held here"
        return f"empty for {self.days} day{'' if self.days == 1 else 's'}, since {in_words(self.since or self.day)}"

    def for_export(self) -> tuple[object, ...]:
        """The values under `HEADINGS`."""
        practice = str(self.practice) if self.practice else ""
        place = (self.hscp, str(self.cluster), practice, self.role.label)
        return (*place, self.since, self.days, self.last_day, self.next_from)


def clusters_watched(reach: Reach) -> ClusterQuerySet:
    """Open clusters whose empty posts the reader sees: the registry's part, those they oversee, those they lead."""
    seen = registry_seen(reach)
    every = Cluster.objects.open_on(reach.day).select_related("forum", "lead_hscp").order_by("forum__name")
    if seen.everything:
        return every
    watched = Q(pk__in=reach.clusters(Right.OVERSEE, Right.LEAD)) | Q(lead_hscp__in=seen.hscps)
    return every.filter(watched)


def posts_unfilled(clusters: Iterable[Cluster], *, on: date) -> list[Post]:
    """Every post of these clusters that is empty on a day, or will be, cluster by cluster. Six queries at most."""
    wanted = list(clusters)
    members = Membership.objects.on(on).filter(cluster__in=wanted).select_related("practice")
    practices = {m.practice_id: m for m in members}
    spans = _spans(wanted, practices, on)
    found = [
        Post(gap.cluster, gap.role, gap.practice, on, since=gap.since, next_from=_first(spans, gap.role, gap, on))
        for gap in vacancies(wanted, on=on)
    ]
    by_pk = {cluster.pk: cluster for cluster in wanted}
    for (role, pk), held in spans.items():
        gap = _gap_to_come(held, on)
        if gap is None:
            continue
        membership = practices.get(pk) if role == Role.PQL else None
        cluster = by_pk[membership.cluster_id] if membership else by_pk[pk]
        practice = membership.practice if membership else None
        found.append(Post(cluster, Role(role), practice, on, last_day=gap[0], next_from=gap[1]))
    return sorted(found, key=lambda post: (post.cluster.forum.name, post.role, post.place))


Span = tuple[date, date | None]


def _spans(clusters: list[Cluster], practices: Iterable[int], on: date) -> dict[tuple[str, int], list[Span]]:
    """From when to when each post is held, today and later, by role and place."""
    held = RoleAssignment.objects.standing().filter(
        Q(role=Role.CQL, cluster__in=clusters) | Q(role=Role.PQL, practice__in=list(practices)),
        Q(ends_on__isnull=True) | Q(ends_on__gt=on),
        person__is_active=True,
    )
    spans: dict[tuple[str, int], list[Span]] = defaultdict(list)
    for role, cluster, practice, starts_on, ends_on in held.order_by("starts_on").values_list(
        "role", "cluster", "practice", "starts_on", "ends_on"
    ):
        spans[role, cluster or practice].append((starts_on, ends_on))
    return spans


def _first(spans: dict[tuple[str, int], list[Span]], role: Role, gap: object, on: date) -> date | None:
    place = getattr(gap, "practice", None) or gap.cluster  # type: ignore[attr-defined]
    return next((starts_on for starts_on, _ in spans.get((role, place.pk), ()) if starts_on > on), None)


def _gap_to_come(spans: list[Span], on: date) -> tuple[date, date | None] | None:
    """The last day before the first gap, and when somebody holds the post again; None for one empty now or open."""
    if not spans or spans[0][0] > on:
        return None
    covered = on
    for starts_on, ends_on in spans:
        if starts_on > covered:
            return date.fromordinal(covered.toordinal() - 1), starts_on
        if ends_on is None:
            return None
        covered = max(covered, ends_on)
    return date.fromordinal(covered.toordinal() - 1), None
