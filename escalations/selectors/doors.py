"""Which escalations a reader may open. One queryset for page, list, count and search."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from accounts.models import User
from accounts.reach import Reach
from clusters.models import Forum, RoleAssignment
from escalations import rules
from escalations.models import Escalation, Viewer
from escalations.selectors.holders import holders_by_forum
from shared.doors import NOT_ALLOWED, open_door


def escalations_within(reach: Reach) -> QuerySet[Escalation]:
    """Every escalation that the reader may see; everything else does not exist for them.

    Seen by the raiser and whoever speaks for them since a handover, the holders of the rung it is on, and whom the
    raiser lets read. A confidential one by the
    raiser and the named lead only. Whom it is about never sees it, unless they raised it. A person without any
    current role sees none.
    """
    people = ("raised_by", "spokesperson", "named_lead", "about")
    everything = Escalation.objects.select_related(
        "cluster__forum", "cluster__lead_hscp__board", "forum", "practice", *people
    )
    if reach.person_id is None or not reach.holdings:
        return everything.none()
    me = reach.person_id
    let_in = Exists(Viewer.objects.filter(escalation=OuterRef("pk"), person=me))
    openly = Q(is_confidential=False) & ~Q(about=me) & (held(reach) | let_in)
    own = Q(raised_by=me) | Q(spokesperson=me)
    return everything.filter(own | openly | Q(is_confidential=True, named_lead=me) & ~Q(about=me))


def spoken_for(me: int | None) -> Q:
    """Those for whose raiser a person speaks: raised by them, or handed over. The same as `Escalation.speaker_id`."""
    return Q(spokesperson=me, spokesperson__isnull=False) | Q(raised_by=me, spokesperson__isnull=True)


def held(reach: Reach) -> Q:
    """Those on a rung that the reader holds (whoever raised them): the rule `rules.holds_forum` in SQL."""
    at_cluster = Q(forum__kind=Forum.Kind.CLUSTER)
    return (
        at_cluster & Q(forum__in=rules.clusters_held(reach))
        | ~at_cluster & Q(forum__in=rules.forums_held(reach))
        | ~at_cluster & Q(forum__board__in=rules.boards_held(reach))
    )


def escalation_for(
    reach: Reach, reference: str, *, may: Callable[[Reach, Escalation], bool] | None = None, sentence: str = NOT_ALLOWED
) -> Escalation:
    """The escalation of that reference, if the reader may see it (404) and `may` permits (403, with `sentence`)."""
    return open_door(escalations_within(reach), may=may, reach=reach, sentence=sentence, reference=reference)


@dataclass(frozen=True)
class Readers:
    """Who can see one escalation today, and why. `let_in` are those of `viewers` who hold a role that day."""

    raiser: User
    holders: list[User]
    viewers: list[Viewer]
    let_in: list[User]

    @property
    def others(self) -> list[User]:
        """Holders and viewers, each once, without the raiser."""
        people = {p.pk: p for p in [*self.holders, *self.let_in]}
        return [p for p in people.values() if p.pk != self.raiser.pk]


def seen_by(escalation: Escalation, *, on: date) -> Readers:
    """Who can see the escalation on a day: the same answer as `escalations_within`, told by name."""
    if escalation.is_confidential:
        lead = [escalation.named_lead] if escalation.named_lead else []
        return Readers(escalation.raised_by, lead, [], [])
    aside = (escalation.raised_by_id, escalation.speaker_id, escalation.about_id)
    holders = [p for p in holders_by_forum([escalation.forum], on=on)[escalation.forum_id] if p.pk not in aside]
    viewers = list(escalation.viewers.select_related("person"))
    with_a_role = RoleAssignment.objects.on(on).filter(
        person__in=[v.person_id for v in viewers], person__is_active=True
    )
    now = set(with_a_role.values_list("person", flat=True)) - {escalation.about_id}
    speaks = [escalation.spokesperson] if escalation.spokesperson else []
    let_in = [v.person for v in viewers if v.person_id in now]
    return Readers(escalation.raised_by, [*speaks, *holders], viewers, let_in)
