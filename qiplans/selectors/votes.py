"""Votes on topics, as far as their reader may see them."""

from dataclasses import dataclass

from django.db.models import Count, QuerySet

from accounts.reach import Reach
from accounts.roles import Right
from clusters.models import Cluster
from clusters.selectors import people_inside
from qiplans.models import Candidate, OpenVote, Option, Round
from qiplans.rules import votes as rules
from shared.doors import open_door


@dataclass(frozen=True)
class Line:
    """One topic of a tally: its dots as shown, and who laid how many where that may be read."""

    option: Option
    dots: int
    names: str


@dataclass(frozen=True)
class Tally:
    """How a vote stands. Of an anonymous one that is open, how many have voted and no dots."""

    round: Round
    lines: list[Line]
    voters: int
    people: int
    most: int

    @property
    def shows_dots(self) -> bool:
        return rules.shows_dots(self.round, self.voters)

    @property
    def has_too_few(self) -> bool:
        return rules.has_too_few(self.round, self.voters)


def rounds_within(reach: Reach) -> QuerySet[Round]:
    """Votes of the clusters whose inside the reader sees, the latest first."""
    found = Round.objects.filter(cluster__in=reach.clusters(Right.SEE_INSIDE))
    return found.select_related("cluster__forum").order_by("-opened_at", "-pk")


def round_for(reach: Reach, pk: int, *, may: rules.RoundRule | None = None, sentence: str = "") -> Round:
    """A vote inside the reader's cluster (404), if the rule permits (403 with `sentence`)."""
    extra = {"sentence": sentence} if sentence else {}
    return open_door(rounds_within(reach), may=may, reach=reach, pk=pk, **extra)


def rounds_to_vote_in(reach: Reach) -> QuerySet[Round]:
    """Open votes in which the reader has yet to lay dots."""
    mine = rounds_within(reach).filter(cluster__in=reach.clusters(Right.SEE_INSIDE, past=False))
    return mine.filter(closed_at=None).exclude(voters__person=reach.person_id)


def open_round_of(cluster: Cluster) -> Round | None:
    """The vote that a cluster holds now: there is one at a time."""
    return Round.objects.filter(cluster=cluster, closed_at=None).first()


def topics_to_vote_on(cluster: Cluster) -> QuerySet[Candidate]:
    """Open topics of a cluster, by title."""
    return Candidate.objects.filter(cluster=cluster, state=Candidate.State.OPEN).order_by("title", "pk")


def tally_of(of: Round, reach: Reach) -> Tally:
    """The tally as everybody inside sees it; names only of an open round."""
    names: dict[int, list[str]] = {}
    if not of.is_anonymous:
        for vote in OpenVote.objects.filter(option__round=of).select_related("person"):
            names.setdefault(vote.option_id, []).append(f"{vote.person} {vote.dots}")
    options = list(of.options.select_related("candidate").order_by("-shown", "candidate__title", "pk"))
    most = max([option.shown for option in options], default=0) or 1
    lines = [Line(o, o.shown, ", ".join(names.get(o.pk, []))) for o in options]
    return Tally(of, lines, of.voters.count(), people_inside(of.cluster, on=reach.day).count(), most)


def has_voted(of: Round, reach: Reach) -> bool:
    """Whether the reader has voted."""
    return of.voters.filter(person=reach.person_id).exists()


def own_dots(of: Round, reach: Reach) -> dict[int, int]:
    """What the reader laid in an open round, by option; nothing is known of an anonymous one."""
    mine = OpenVote.objects.filter(option__round=of, person=reach.person_id)
    return dict(mine.values_list("option_id", "dots"))


@dataclass(frozen=True)
class Stood:
    """A closed vote that a topic stood in; `dots` is None where the vote shows no count."""

    round: Round
    dots: int | None


def dots_of(candidate: Candidate) -> list[Stood]:
    """The votes that a topic stood in and that are closed, the latest first."""
    closed = candidate.options.filter(round__closed_at__isnull=False).select_related("round")
    found = closed.annotate(voted=Count("round__voters")).order_by("-round__closed_at", "-pk")
    return [Stood(o.round, o.shown if rules.shows_dots(o.round, o.voted) else None) for o in found]
