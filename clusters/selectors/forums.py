"""Forums above and beside clusters: which a reader may open, and what they can serve."""

from collections.abc import Callable
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import Http404

from accounts.reach import Reach
from accounts.roles import Right
from clusters import rules
from clusters.models import Cluster, FormerName, Forum, ForumMember, ForumQuerySet, Membership, WaysOfWorking
from clusters.selectors.doors import READERS, practices_within
from clusters.selectors.places import Choices, place_named
from clusters.selectors.scopes import hscps_in, localities_in
from practices.models import HSCP, HealthBoard, Locality, Practice
from shared.doors import NOT_ALLOWED, Moved, open_door

SERVED = ("locality__hscp__board", "hscp__board", "board")


def forums_within(reach: Reach) -> ForumQuerySet:
    """Every forum, open or closed, that is no cluster and that the reader reaches, or that a cluster of theirs lies
    under.
    """
    every = Forum.objects.exclude(kind=Forum.Kind.CLUSTER).select_related(*SERVED)
    if reach.everywhere(Right.SEE_REGISTRY):
        return every
    clusters = Cluster.objects.filter(pk__in=reach.clusters(*READERS))
    practices = _practices_of(reach)
    hscps = hscps_within(reach).order_by()
    return every.filter(
        Q(pk__in=reach.forums(*READERS))
        | Q(locality__in=clusters.order_by().values("locality"))
        | Q(locality__in=practices.values("locality"))
        | Q(hscp__in=hscps.values("pk"))
        | Q(board__in=hscps.values("board"))
    )


def hscps_within(reach: Reach) -> QuerySet[HSCP]:
    """HSCPs that the reader's clusters and practices lie in, or that the reader looks after."""
    every = HSCP.objects.select_related("board")
    if reach.everywhere(Right.SEE_REGISTRY):
        return every
    clusters = Cluster.objects.order_by().filter(pk__in=reach.clusters(*READERS))
    return every.filter(
        Q(pk__in=reach.hscps(*READERS))
        | Q(pk__in=clusters.values("lead_hscp"))
        | Q(pk__in=practices_within(reach).order_by().values("hscp"))
    )


def hscp_for(
    reach: Reach, code: str, *, may: Callable[[Reach, HSCP], bool] | None = None, sentence: str = NOT_ALLOWED
) -> HSCP:
    """The HSCP with this code, if it is in reach (404) and the rule permits (403 with `sentence`)."""
    return open_door(hscps_within(reach), may=may, reach=reach, sentence=sentence, code=code)


def _practices_of(reach: Reach) -> QuerySet[Practice]:
    member = Membership.objects.on(reach.day).filter(practice=OuterRef("pk"), cluster__in=reach.clusters(*READERS))
    own = reach.practices_held(*(h.role for h in reach.holdings))
    return Practice.objects.order_by().filter(Q(pk__in=own) | Exists(member))


def forum_for(reach: Reach, slug: str, *, may: rules.ClusterRule | None = None, sentence: str = "") -> Forum:
    """The forum at `slug`, if it is in reach (404) and the rule permits (403 with `sentence`).

    Raises `shared.doors.Moved` for a former name, as `cluster_for` does.
    """
    extra = {"sentence": sentence} if sentence else {}
    within = forums_within(reach)
    try:
        return open_door(within, may=may, reach=reach, slug=slug, **extra)
    except Http404:
        renamed = FormerName.objects.filter(slug=slug, forum__in=within.order_by().values("pk"))
        if former := renamed.select_related("forum").first():
            raise Moved(was=slug, now=former.forum.slug) from None
        raise


def forums_in_hscp(forums: ForumQuerySet, hscp: HSCP) -> ForumQuerySet:
    """Those that serve the HSCP itself or one of its localities."""
    return forums.filter(Q(hscp=hscp) | Q(locality__hscp=hscp))


def forums_in_board(forums: ForumQuerySet, board: HealthBoard) -> ForumQuerySet:
    """Those that serve the board, one of its HSCPs or a locality of theirs."""
    return forums.filter(Q(board=board) | Q(hscp__board=board) | Q(locality__hscp__board=board))


def forums_by_state(forums: ForumQuerySet, state: str, *, on: date) -> ForumQuerySet:
    """The "open" ones (nothing chosen), those whose "review" is due, the "closed" ones, or "all"."""
    if state == "all":
        return forums
    if state == "closed":
        return forums.filter(closed_on__lte=on)
    still = forums.open_on(on)
    return still.filter(review_on__lt=on) if state == "review" else still


def served_choices(reach: Reach) -> Choices:
    """What a new forum can serve, in the part of the registry that the reader keeps: localities, HSCPs, boards."""
    scope = rules.registry_kept(reach)
    localities = localities_in(scope, Locality.objects.select_related("hscp").order_by("hscp__name", "name"))
    boards = (
        HealthBoard.objects.all() if scope.everything else HealthBoard.objects.filter(pk__in=rules.boards_kept(reach))
    )
    groups = [
        ("HSCPs", [(f"hscp:{hscp.code}", str(hscp)) for hscp in hscps_in(scope)]),
        ("Localities", [(f"locality:{place.pk}", f"{place.name}, {place.hscp}") for place in localities]),
        ("Health boards", [(f"board:{board.code}", board.name) for board in boards]),
    ]
    return [(name, choices) for name, choices in groups if choices]


def place_served(text: str) -> Locality | HSCP | HealthBoard | None:
    """The place that a choice of `served_choices` names; None when it is gone."""
    place = place_named(text)
    return place if isinstance(place, Locality | HSCP | HealthBoard) else None


def named_member_of(forum: Forum, pk: int) -> ForumMember:
    """One named member of the forum (404)."""
    return open_door(ForumMember.objects.filter(forum=forum).select_related("person", "forum"), pk=pk)


def ways_of(forum: Forum) -> list[WaysOfWorking]:
    """Every statement of the forum's members, the one that holds now first."""
    return list(WaysOfWorking.objects.filter(forum=forum).select_related("written_by"))


def ways_on(forum: Forum, *, on: date) -> WaysOfWorking | None:
    """The statement that held on a day: for the minutes of that day."""
    return WaysOfWorking.objects.filter(forum=forum, agreed_on__lte=on).first()
