"""Votes on topics: opened, cast and closed."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F

from accounts import audit
from accounts.models import User
from clusters.models import Cluster
from meetings.rules import own_nonce
from qiplans.models import Candidate, OpenVote, Option, Round, Voter
from qiplans.rules.votes import has_too_few


class AnotherIsOpen(Exception):
    """The cluster votes already: `round` is the vote that is open."""

    def __init__(self, open_round: Round) -> None:
        super().__init__(f"vote {open_round.pk} is open")
        self.round = open_round


class RoundClosed(Exception):
    """The vote is closed: its tally does not change."""


class VotedAlready(Exception):
    """An anonymous vote is cast once: nothing says which dots were whose, so none can be taken back."""


@transaction.atomic
def open_round(
    *,
    by: User,
    cluster: Cluster,
    title: str,
    dots: int,
    is_anonymous: bool,
    candidates: Iterable[Candidate],
    nonce: UUID,
    at: datetime,
) -> Round:
    """Let a cluster vote on some of its open topics. The same form (`nonce`) again gives the vote that is there.

    Raises AnotherIsOpen while one is, ValidationError for fewer than two topics or one that is not open here.
    """
    own = own_nonce(nonce, by.pk, cluster.pk)
    if there := Round.objects.filter(nonce=own).first():
        return there
    Cluster.objects.select_for_update(of=("self",)).get(pk=cluster.pk)
    if now_open := Round.objects.filter(cluster=cluster, closed_at=None).first():
        raise AnotherIsOpen(now_open)
    topics = list(candidates)
    if len(topics) < 2:
        raise ValidationError("Choose two topics or more to vote on.")
    if any(topic.cluster_id != cluster.pk or topic.state != Candidate.State.OPEN for topic in topics):
        raise ValidationError("Choose open topics of this cluster.")
    new = Round.objects.create(
        cluster=cluster, title=title, dots=dots, is_anonymous=is_anonymous, nonce=own, opened_at=at, opened_by=by
    )
    Option.objects.bulk_create(Option(round=new, candidate=topic) for topic in topics)
    detail = {"topics": len(topics), "dots": dots, "anonymous": is_anonymous}
    audit.record("vote opened", new, by=by, detail=detail)
    return new


@transaction.atomic
def cast_vote(*, by: User, of: Round, dots: Mapping[int, int]) -> None:
    """Lay dots on topics, by the id of the option. In an open round a second time changes the first.

    Of an anonymous vote two things stay: that this person has voted, and larger numbers. Nothing joins the two: the
    audit trail too tells who voted and not what. Raises RoundClosed, VotedAlready, and ValidationError for dots that
    are too many, none at all, or on no topic of this vote.
    """
    now = Round.objects.select_for_update(of=("self",)).get(pk=of.pk)
    if not now.is_open:
        raise RoundClosed
    options = {option.pk: option for option in now.options.all()}
    laid = {pk: number for pk, number in dots.items() if number}
    if any(number < 0 for number in laid.values()) or set(laid) - set(options):
        raise ValidationError("Place dots on the topics of this vote.")
    if not 1 <= sum(laid.values()) <= now.dots:
        raise ValidationError(f"Place 1 to {now.dots} dots. You placed {sum(laid.values())}.")
    _, is_new = Voter.objects.get_or_create(round=now, person=by)
    if now.is_anonymous:
        if not is_new:
            raise VotedAlready
    else:
        _take_back(now, by)
        OpenVote.objects.bulk_create(OpenVote(option_id=pk, person=by, dots=number) for pk, number in laid.items())
    for pk, number in laid.items():
        Option.objects.filter(pk=pk).update(dots=F("dots") + number)
    if not now.is_anonymous:
        now.options.update(shown=F("dots"))
    audit.record("vote cast" if is_new else "vote changed", now, by=by)


def _take_back(of: Round, by: User) -> None:
    for vote in OpenVote.objects.filter(option__round=of, person=by):
        Option.objects.filter(pk=vote.option_id).update(dots=F("dots") - vote.dots)
        vote.delete()


@transaction.atomic
def close_round(*, by: User, of: Round, at: datetime) -> Round:
    """Close a vote: the tally stands as it is, for good. Closing twice changes nothing.

    The dots of an anonymous one with one voter or two would tell who laid them: they are wiped, so that nothing is
    left to be shown, now or later.
    """
    now = Round.objects.select_for_update(of=("self",)).select_related("cluster__forum").get(pk=of.pk)
    if not now.is_open:
        return now
    voters = now.voters.count()
    before = audit.snapshot(now)
    now.closed_at, now.closed_by = at, by
    now.save(update_fields=["closed_at", "closed_by"])
    is_wiped = has_too_few(now, voters)
    if is_wiped:
        now.options.update(dots=0)
    now.options.update(shown=F("dots"))
    audit.record("vote closed", now, by=by, before=before, detail={"voters": voters, "wiped": is_wiped})
    return now
