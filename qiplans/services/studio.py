"""The priority studio: topics put forward, scored, set aside, asked for by the HSCP and answered."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts import audit
from accounts.models import User
from clusters.models import Cluster
from measures.services import ChangedMeanwhile, change
from meetings.models import Topic
from meetings.rules import own_nonce
from practices.models import HSCP
from qiplans.models import Candidate, Score

State, Source = Candidate.State, Candidate.Source


class SettledMeanwhile(Exception):
    """The topic was chosen, set aside or answered meanwhile. `candidate` is as it is now."""

    def __init__(self, candidate: Candidate) -> None:
        super().__init__(f"topic {candidate.pk} is settled")
        self.candidate = candidate


class PutForwardAlready(Exception):
    """Somebody put this topic of the box forward first, in other words. `candidate` is theirs."""

    def __init__(self, candidate: Candidate) -> None:
        super().__init__(f"topic {candidate.topic_id} is put forward")
        self.candidate = candidate


@transaction.atomic
def put_forward(
    *,
    by: User,
    cluster: Cluster,
    title: str,
    why: str,
    nonce: UUID,
    at: datetime,
    source: str = Source.MEMBER,
    evidence: str = "",
    dataset: str = "",
    link: str = "",
    suggestion: str = "",
    topic: Topic | None = None,
) -> Candidate:
    """A topic that the cluster might take up. The same form (`nonce`) with the same words again adds nothing twice.

    A topic of the box is put forward once: the same words a second time give the one that is there. Raises
    PutForwardAlready for other words, ValidationError for a topic of another forum. `HSCP` is no source here: an HSCP
    asks by `ask_for_topic`.
    """
    if topic is not None and topic.forum_id != cluster.forum_id:
        raise ValidationError("Choose a topic of this cluster’s own box.")
    if source == Source.HSCP:
        raise ValueError("what an HSCP asks for comes by ask_for_topic")
    words = {"title": title, "why": why, "evidence": evidence, "dataset": dataset, "link": link}
    kept = {**words, "source": source, "suggestion": suggestion, "cluster": cluster}
    stamps = {"put_forward_at": at, "put_forward_by": by}
    own = own_nonce(nonce, by.pk, cluster.pk, source, *words.values())
    if topic is None:
        candidate, is_new = Candidate.objects.get_or_create(nonce=own, defaults={**kept, **stamps})
    else:
        candidate, is_new = Candidate.objects.get_or_create(
            cluster=cluster, topic=topic, defaults={**kept, **stamps, "nonce": own}
        )
        if any(getattr(candidate, name) != said for name, said in words.items()):
            raise PutForwardAlready(candidate)
    if is_new:
        audit.record("topic put forward", candidate, by=by, detail={"cluster": cluster.pk, "source": source})
    return candidate


def change_candidate(*, by: User, candidate: Candidate, version: int, **words: str) -> Candidate:
    """Change what is said of a topic. Raises ChangedMeanwhile."""
    with transaction.atomic():
        change(candidate, by=by, version=version, verb="topic put forward changed", changes=words)
    return candidate


@transaction.atomic
def score_candidate(
    *, by: User, candidate: Candidate, at: datetime, points: Mapping[str, int | None], version: int = 0, note: str = ""
) -> Score:
    """Put down the points that the cluster agreed on; the same again changes nothing.

    `version` is that of the score that was shown, 0 where there was none. Raises ChangedMeanwhile when it is another
    by now, ValidationError for points outside 0 to 3 or of no question.
    """
    Candidate.objects.select_for_update(of=("self",)).get(pk=candidate.pk)
    wanted = {**points, "note": note.strip()}
    if unknown := set(points) - set(Score().points):
        raise ValidationError(f"There is no question {sorted(unknown)[0]}.")
    if any(told not in (None, 0, 1, 2, 3) for told in points.values()):
        raise ValidationError("Each question has 0 to 3 points.")
    there = Score.objects.filter(candidate=candidate).first()
    if there is None:
        score = Score.objects.create(candidate=candidate, scored_at=at, scored_by=by, **wanted)  # type: ignore[misc]
        audit.record("topic scored", score, by=by, detail={"topic": candidate.pk, **points})
        return score
    if all(getattr(there, name) == value for name, value in wanted.items()):
        return there
    if there.version != version:
        raise ChangedMeanwhile(there)
    before = audit.snapshot(there)
    for name, value in wanted.items():
        setattr(there, name, value)
    there.scored_at, there.scored_by, there.version = at, by, there.version + 1
    there.save()
    audit.record("topic scored again", there, by=by, before=before)
    return there


@transaction.atomic
def set_aside(*, by: User, candidate: Candidate, reason: str, at: datetime, version: int = 0) -> Candidate:
    """Say that a topic is not taken up now, and why. Who asked at the HSCP reads it as the newest answer.

    It stands in the place of the answer of `version`. Raises ValidationError without a reason, SettledMeanwhile when
    it is settled already, ChangedMeanwhile when the HSCP was answered meanwhile.
    """
    if not reason.strip():
        raise ValidationError("Say why not now: who put it forward reads it.")
    now = open_one(candidate)
    if now.answer and now.version != version:
        raise ChangedMeanwhile(now)
    before = audit.snapshot(now)
    now.state, now.settled_reason, now.settled_at, now.settled_by = State.ASIDE, reason.strip(), at, by
    answered = _answered(now, reason.strip(), by=by, at=at) if now.source == Source.HSCP else []
    now.version += 1
    now.save(update_fields=["state", "settled_reason", "settled_at", "settled_by", "version", *answered])
    audit.record("topic set aside", now, by=by, before=before)
    return now


@transaction.atomic
def bring_back(*, by: User, candidate: Candidate) -> Candidate:
    """Put a topic that was set aside forward again. One that is open already stays as it is."""
    now = Candidate.objects.select_for_update(of=("self",)).select_related("cluster__forum").get(pk=candidate.pk)
    if now.state == State.OPEN:
        return now
    if now.state == State.CHOSEN:
        raise SettledMeanwhile(now)
    before = audit.snapshot(now)
    now.state, now.settled_reason, now.settled_at, now.settled_by = State.OPEN, "", None, None
    now.version += 1
    now.save(update_fields=["state", "settled_reason", "settled_at", "settled_by", "version"])
    audit.record("topic brought back", now, by=by, before=before)
    return now


@transaction.atomic
def ask_for_topic(
    *,
    by: User,
    hscp: HSCP,
    clusters: Iterable[Cluster],
    title: str,
    why: str,
    nonce: UUID,
    at: datetime,
    evidence: str = "",
    answer_by: date | None = None,
) -> list[Candidate]:
    """Ask clusters that `hscp` leads to think about a topic: one for each, which each answers by itself.

    The same form again asks nothing twice. Raises ValidationError for a cluster that another HSCP leads.
    """
    asked = []
    for cluster in clusters:
        if cluster.lead_hscp_id != hscp.pk:
            raise ValidationError(f"{cluster} is led by another HSCP.")
        candidate, is_new = Candidate.objects.get_or_create(
            nonce=own_nonce(nonce, by.pk, cluster.pk, title, why, evidence, str(answer_by)),
            defaults={
                "cluster": cluster,
                "hscp": hscp,
                "source": Source.HSCP,
                "title": title,
                "why": why,
                "evidence": evidence,
                "answer_by": answer_by,
                "put_forward_at": at,
                "put_forward_by": by,
            },
        )
        if is_new:
            audit.record("topic asked for", candidate, by=by, detail={"cluster": cluster.pk, "hscp": hscp.pk})
        asked.append(candidate)
    return asked


@transaction.atomic
def answer_request(*, by: User, candidate: Candidate, version: int, answer: str, at: datetime) -> Candidate:
    """Tell the HSCP what the cluster thinks of what it asked for. A later answer stands in the place of the first.

    Raises ValidationError without words, or for a topic that no HSCP asked for; ChangedMeanwhile when the topic is no
    longer at `version`.
    """
    if not answer.strip() or candidate.source != Source.HSCP:
        raise ValidationError("Write the answer: the HSCP reads it.")
    now = Candidate.objects.select_for_update(of=("self",)).select_related("cluster__forum").get(pk=candidate.pk)
    if now.answer == answer.strip():
        return now
    if now.version != version:
        raise ChangedMeanwhile(now)
    before = audit.snapshot(now)
    now.version += 1
    now.save(update_fields=["version", *_answered(now, answer.strip(), by=by, at=at)])
    audit.record("topic answered", now, by=by, before=before)
    return now


def open_one(candidate: Candidate) -> Candidate:
    """The topic as it is now, locked. Raises SettledMeanwhile unless it is still open."""
    related = Candidate.objects.select_for_update(of=("self",)).select_related("cluster__forum")
    now = related.get(pk=candidate.pk)
    if now.state != State.OPEN:
        raise SettledMeanwhile(now)
    return now


def _answered(candidate: Candidate, answer: str, *, by: User, at: datetime) -> list[str]:
    """Put the answer in; gives the names of the fields that are to be saved."""
    candidate.answer, candidate.answered_at, candidate.answered_by = answer, at, by
    return ["answer", "answered_at", "answered_by"]
