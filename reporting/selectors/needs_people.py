"""What needs a person because of people: roles that nobody holds, and things that somebody left without an owner."""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from django.urls import reverse

from accounts.reach import Reach
from accounts.roles import Right, Role
from clusters.models import Cluster
from clusters.selectors import Vacancy, clusters_within, vacancies
from directory.selectors.terms import terms_to_accept
from reporting.rules import hscps_led
from reporting.selectors.need import Need, Shape
from reporting.selectors.ownerless import counts_for
from reporting.selectors.refused import refused_needs
from shared.dates import in_words, relative

FEW = 2


def people_needs(reach: Reach) -> Iterator[Need]:
    """Gaps in the clusters that the reader leads or whose HSCP they lead, terms of their own roles, what has no owner
    there, and addresses that were refused.
    """
    yield from _vacancies(reach)
    led_above = hscps_led(reach)
    of_hscp = list(clusters_within(reach).filter(lead_hscp__in=led_above)) if led_above else []
    yield from _posts(reach, of_hscp)
    led = reach.clusters(Right.LEAD)
    own = list(clusters_within(reach).filter(pk__in=led)) if led else []
    yield from _terms(reach)
    yield from refused_needs(reach)
    yield from _ownerless(reach, {cluster.pk: cluster for cluster in (*own, *of_hscp)}.values())


def _terms(reach: Reach) -> Iterator[Need]:
    """Terms of one's own roles that wait to be read and accepted; work goes on without."""
    for terms in terms_to_accept(reach):
        said = f"Terms of your role {Role(terms.role).label}, version {terms.version}: read and accept them"
        yield Need(Shape.SOON, "Terms", said, "Read", reverse("directory:terms_read", args=[terms.pk]))


def _vacancies(reach: Reach) -> Iterator[Need]:
    """A line for each practice without a PQL; one line for the cluster where there are many."""
    led = reach.clusters(Right.LEAD)
    gaps = vacancies(clusters_within(reach).filter(pk__in=led), on=reach.day) if led else []
    by_cluster: dict[str, list[Vacancy]] = defaultdict(list)
    for gap in gaps:
        if gap.practice is not None:
            by_cluster[gap.cluster.forum.slug].append(gap)
    for slug, found in by_cluster.items():
        if len(found) > FEW:
            said = f"{len(found)} practices of {found[0].cluster} have no Practice Quality Lead"
            path = reverse("reporting:cluster", args=[slug]) + "#practices"
            yield Need(Shape.SOON, "Gaps", said, "Find successors", path)
        else:
            yield from (_gap(gap) for gap in found)


def _gap(gap: Vacancy) -> Need:
    code = gap.practice.code if gap.practice else ""
    since = f"has had no Practice Quality Lead since {in_words(gap.since)}" if gap.since else ""
    said = f"{gap.practice} {since or 'has no Practice Quality Lead'}"
    return Need(Shape.SOON, "Gap", said, "Find a successor", reverse("reporting:practice", args=[code]))


def _posts(reach: Reach, clusters: list[Cluster]) -> Iterator[Need]:
    """One line for all posts of an HSCP lead's clusters that are empty: how many, and the longest."""
    gaps = vacancies(clusters, on=reach.day) if clusters else []
    if not gaps:
        return
    days = max(((reach.day - gap.since).days for gap in gaps if gap.since), default=None)
    many = "1 role is held by nobody" if len(gaps) == 1 else f"{len(gaps)} roles are held by nobody"
    longest = f", the longest for {days} day{'' if days == 1 else 's'}" if days is not None else ""
    leads = sum(gap.role is Role.CQL for gap in gaps)
    said = f"{many} in your clusters ({leads} CQL, {len(gaps) - leads} PQL){longest}"
    yield Need(Shape.SOON, "Gaps", said, "See them", reverse("clusters:unfilled"))


def _ownerless(reach: Reach, clusters: Iterable[Cluster]) -> Iterator[Need]:
    for count in counts_for(reach, clusters):
        things = "1 thing has" if count.total == 1 else f"{count.total} things have"
        since = f" since {in_words(count.since)} ({relative(count.since, to=reach.day)})" if count.since else ""
        path = reverse("reporting:ownerless", args=[count.cluster.forum.slug])
        yield Need(Shape.LATE, "No owner", f"{things} no owner in {count.cluster}{since}", "Hand over", path)
