"""What projects, votes and requests to the analyst need of a person: a decision, a step, an answer that came back."""

from collections.abc import Iterator
from datetime import timedelta

from django.db.models import Max
from django.urls import reverse
from django.utils import timezone

from accounts.reach import Reach
from accounts.roles import Right, Role
from qiplans.models import AnalystRequest
from qiplans.rules.studio import hscps_led
from qiplans.selectors.charters import support_waiting, support_within
from qiplans.selectors.requests import requests_within, waiting_for_analyst
from qiplans.selectors.studio import answers_to_read, requests_to_answer
from qiplans.selectors.votes import rounds_to_vote_in
from reporting.selectors.need import Need, Shape, said_due, shape_of

NEWS = timedelta(days=14)


def project_needs(reach: Reach) -> Iterator[Need]:
    """Support that waits for the reader's decision, and for two weeks the decision on what the reader asked for."""
    if reach.has(Right.ANSWER):
        for ask in support_waiting(reach):
            word, path = said_due(ask.reply_by, reach.day), reverse("qiplans:support", args=[ask.pk])
            said = f"{ask.project.priority.plan.cluster}, “{ask.project.title}” asks for support: {ask.what}"
            yield Need(shape_of(ask.reply_by, reach.day), word, said, "Decide", path)
    if reach.has(Right.SEE_INSIDE):
        since = timezone.now() - NEWS
        for ask in support_within(reach).filter(asked_by=reach.person_id, decided_at__gte=since):
            said = f"Support for “{ask.project.title}”: {ask.get_decision_display().lower()}, reasons inside"
            yield Need(Shape.SOON, "Answer arrived", said, "Read", reverse("qiplans:support", args=[ask.pk]))


def asked_topic_needs(reach: Reach) -> Iterator[Need]:
    """A topic that the HSCP asked for and who writes up has yet to answer; for two weeks the answer to who asked."""
    if reach.has(Right.WRITE_UP):
        for asked in requests_to_answer(reach):
            due = asked.answer_by
            shape, word = (shape_of(due, reach.day), said_due(due, reach.day)) if due else (Shape.SOON, "Waiting")
            said = f"{asked.hscp} asks {asked.cluster} to think about “{asked.title}”"
            yield Need(shape, word, said, "Answer", reverse("qiplans:candidate", args=[asked.pk]))
    if hscps_led(reach):
        for asked in answers_to_read(reach, since=timezone.now() - NEWS):
            said, code = f"{asked.cluster} answered about “{asked.title}”", asked.hscp.code if asked.hscp else ""
            yield Need(Shape.SOON, "Answer arrived", said, "Read", reverse("qiplans:asked_topics", args=[code]))


def vote_needs(reach: Reach) -> Iterator[Need]:
    """A vote on topics that is open, for who has not voted yet: a press from the start page while the meeting waits."""
    if reach.has(Right.SEE_INSIDE):
        for of in rounds_to_vote_in(reach):
            said = f"{of.cluster} votes on topics: “{of.title}”"
            yield Need(Shape.SOON, "Vote", said, "Place your dots", reverse("qiplans:round", args=[of.pk]))


def analyst_needs(reach: Reach) -> Iterator[Need]:
    """For the analyst what waits for a step; for who asked the latest step, for two weeks, or a question."""
    if Role.ANALYST in reach.roles():
        for asked in waiting_for_analyst(reach):
            word, said = said_due(asked.needed_by, reach.day), f"{asked.cluster} asks: “{asked.question}”"
            yield Need(shape_of(asked.needed_by, reach.day), word, said, "Open", _path(asked))
    if reach.has(Right.SEE_INSIDE):
        since = timezone.now() - NEWS
        mine = requests_within(reach).filter(asked_by=reach.person_id).exclude(state=AnalystRequest.State.NEW)
        for asked in mine.filter(useful="").annotate(moved_at=Max("steps__taken_at")):
            if asked.state == AnalystRequest.State.QUERIED:
                yield Need(Shape.SOON, "Question", f"The analyst asks about “{asked.question}”", "Answer", _path(asked))
            elif asked.moved_at >= since:
                said = f"Your question to the analyst, “{asked.question}”: {asked.get_state_display().lower()}"
                yield Need(Shape.SOON, "Answer arrived", said, "Read", _path(asked))


def _path(asked: AnalystRequest) -> str:
    return reverse("qiplans:analyst_request", args=[asked.pk])
