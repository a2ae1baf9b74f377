"""What may have no owner in some clusters, in one query: for `ownerless`, which looks closer at what is left.

Out already is what somebody has who plainly has a part there: by a role today in the cluster, a member practice of it,
its locality, the HSCP that leads it or that one's health board.
"""

from collections.abc import Collection
from datetime import date
from typing import Any, NamedTuple

from django.db.models import (
    BigIntegerField,
    Case,
    DateField,
    Exists,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    TextField,
    Value,
    When,
)
from django.db.models.functions import Cast, Coalesce

from accounts.reach import Reach
from accounts.roles import PERMITS, Right
from clusters.models import Forum, RoleAssignment
from escalations.models import Escalation
from escalations.rules import ANSWERING, LEADING
from escalations.selectors import escalations_within
from meetings.models import Action, Ask
from qiplans.models import Project
from qiplans.rules import OVER

KINDS = ACTION, PROJECT, QUESTION, ASKED, RAISED, RUNG = (
    "open action",
    "project without a lead",
    "question waiting for a reply",
    "question to the HSCP",
    "escalation raised for the cluster",
    "escalation on a rung that nobody holds",
)
INSIDE = [role for role, rights in PERMITS.items() if Right.SEE_INSIDE in rights]
NOBODY = Cast(Value(None), BigIntegerField())
NO_WORDS, YES, NO = Value("", TextField()), Value(True), Value(False)
NO_DAY = Cast(Value(None), DateField())
NEAR = [role for role, rights in PERMITS.items() if rights & {Right.SEE_INSIDE, Right.OVERSEE}]


class Candidate(NamedTuple):
    """One thing: who has it (`held_by`; None for a rung), the role to hand it over from and when that ended.

    `has_roles`: they hold some role today. `about` and `may_open` are for escalations.
    """

    kind: str
    pk: int
    cluster: int
    held_by: int | None
    role: int | None
    ended: date | None
    has_roles: bool
    about: int | None
    may_open: bool
    words: str


def candidates(clusters: Collection[int], *, on: date, reader: Reach | None) -> list[Candidate]:
    """Everything in the clusters that may have no owner, kind by kind. One query."""
    live = {"forum__cluster__in": clusters}
    actions = Action.objects.live().filter(**live, state=Action.State.OPEN, owner__isnull=False)
    asks = Ask.objects.live().filter(**live, state=Ask.State.WAITING)
    led = Project.objects.filter(priority__plan__cluster__in=clusters, lead__isnull=False).exclude(state__in=OVER)
    raised = Escalation.objects.filter(cluster__in=clusters, state__in=Escalation.UNFINISHED, is_confidential=False)
    speaker, asker = Coalesce("spokesperson", "raised_by"), Coalesce("spokesperson", "asked_by")
    own = (
        _left(ACTION, actions, "forum__cluster", F("owner"), NEAR, on, words=F("what")),
        _left(PROJECT, led, "priority__plan__cluster", F("lead"), INSIDE, on, words=F("title")),
        _left(QUESTION, asks, "forum__cluster", F("to"), NEAR, on, words=F("question")),
        _left(ASKED, asks, "forum__cluster", asker, INSIDE, on, words=F("question")),
        _on_rungs(raised, on),
    )
    first = _left(RAISED, raised, "cluster", speaker, INSIDE, on, about=F("about"), may_open=_opens(reader))
    found = [Candidate(*row) for row in first.union(*own, all=True)]
    return sorted(found, key=lambda one: (KINDS.index(one.kind), one.pk))


def _opens(reader: Reach | None) -> Any:
    return Exists(escalations_within(reader).filter(pk=OuterRef("pk"))) if reader else YES


def _left(
    kind: str, rows: QuerySet[Any], cluster: str, holder: Any, roles: Collection[str], on: date, **more: Any
) -> QuerySet[Any, Any]:
    """Those of `rows` whose holder has no plain part in the cluster, as columns of a `Candidate`."""
    rows = rows.order_by().annotate(in_cluster=F(cluster), held_by=holder)
    here = Q(cluster=OuterRef("in_cluster")) | _of_member(on)
    if roles is NEAR:
        hscp = f"{cluster}__lead_hscp"
        here |= Q(locality=OuterRef(f"{cluster}__locality")) | Q(hscp=OuterRef(hscp))
        here |= Q(board=OuterRef(f"{hscp}__board"))
    current = RoleAssignment.objects.on(on).filter(person=OuterRef("held_by"), person__is_active=True)
    rows = rows.filter(~Exists(current.filter(here, role__in=roles)))
    ended = RoleAssignment.objects.filter(pk=OuterRef("c_role")).values("ends_on")
    more |= {"role": _role_left(on), "ended": Subquery(ended), "has_roles": Exists(current)}
    return _columns(kind, rows, **more)


def _role_left(on: date) -> Coalesce:
    """The role through which they had it: the latest in the cluster, else at a practice, else any."""
    held = RoleAssignment.objects.standing().filter(person=OuterRef("held_by"), starts_on__lte=on)
    latest = (F("ends_on").desc(nulls_first=True), "-pk")
    here = held.filter(cluster=OuterRef("in_cluster")).order_by(*latest)
    at_practice = Case(When(practice__isnull=False, then=0), default=1)
    return Coalesce(*(Subquery(rows.values("pk")[:1]) for rows in (here, held.order_by(at_practice, *latest))))


def _of_member(on: date) -> Q:
    lasts = Q(practice__memberships__ends_on__isnull=True) | Q(practice__memberships__ends_on__gt=on)
    return lasts & Q(practice__memberships__cluster=OuterRef("in_cluster"), practice__memberships__starts_on__lte=on)


def _on_rungs(raised: QuerySet[Escalation], on: date) -> QuerySet[Any, Any]:
    """Undecided ones with no plain holder of their rung beside who raised it, speaks for it or is meant by it."""
    able = RoleAssignment.objects.on(on).filter(person__is_active=True)
    for person in ("raised_by", "spokesperson", "about"):
        able = able.exclude(person=Coalesce(OuterRef(person), 0))
    leads = able.filter(role__in=LEADING, cluster__forum=OuterRef("forum"))
    place = Q(locality=OuterRef("forum__locality")) | Q(board=OuterRef("forum__board"))
    place |= Q(hscp=OuterRef("forum__hscp")) | Q(hscp=OuterRef("forum__locality__hscp"))
    above = able.filter(place, role__in=ANSWERING)
    waiting = raised.filter(state__in=Escalation.UNDECIDED).order_by().annotate(in_cluster=F("cluster"), held_by=NOBODY)
    empty = waiting.filter(~Exists(leads), Q(forum__kind=Forum.Kind.CLUSTER) | ~Exists(above))
    return _columns(RUNG, empty, about=F("about"))


def _columns(
    kind: str,
    rows: QuerySet[Any],
    *,
    role: Any = NOBODY,
    ended: Any = NO_DAY,
    has_roles: Any = NO,
    about: Any = NOBODY,
    may_open: Any = YES,
    words: Any = NO_WORDS,
) -> QuerySet[Any, Any]:
    """The columns of a `Candidate`, in its order and of the same types for every kind."""
    columns = {
        "c_kind": Value(kind, TextField()),
        "c_pk": F("pk"),
        "c_cluster": F("in_cluster"),
        "c_held_by": F("held_by"),
        "c_role": role,
        "c_ended": ended,
        "c_has_roles": has_roles,
        "c_about": about,
        "c_may_open": may_open,
        "c_words": words,
    }
    return rows.annotate(**columns).values_list(*columns)
