"""Keeps what somebody says of their knowledge and skills, without their name."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts import audit
from accounts.models import User
from clusters.models import Cluster
from qiplans.models import LearningAnswer, LearningNeeds
from qiplans.reference.learning import ASKED, HIGHEST, LOWEST, OUT_OF_RANGE
from qiplans.rules import plan_year_of
from qiplans.rules.learning import SHOWN_FROM
from qiplans.selectors.learning import answer_marks, own_answer


@transaction.atomic
def say_needs(*, by: User, cluster: Cluster, on: date, **answers: int) -> None:
    """Keep what `by` answers to each question, from 1 to 5, for the plan year of `on`; a second time changes the first.

    The answer holds no name and no time. The trail tells who answered for which cluster and year, and never what. The
    counts take it in with three others that are new or changed.
    Raises ValidationError for an answer out of range, or none to one of the questions.
    """
    if any(answers.get(name) not in range(LOWEST, HIGHEST + 1) for name in ASKED):
        raise ValidationError(OUT_OF_RANGE)
    year = plan_year_of(on)
    needs, _ = LearningNeeds.objects.get_or_create(cluster=cluster, year=year)
    LearningNeeds.objects.select_for_update(of=("self",)).get(pk=needs.pk)  # two presses come one after the other
    earlier = own_answer(cluster, year, by.pk)
    if earlier is None:
        LearningAnswer.objects.create(needs=needs, mark=answer_marks(cluster.pk, year, by.pk)[0], **answers)
    else:
        LearningAnswer.objects.filter(pk=earlier.pk).update(**answers)
    _show_in_steps(needs)
    audit.record("learning needs changed" if earlier else "learning needs said", needs, by=by)


def _show_in_steps(needs: LearningNeeds) -> None:
    """Let the counts take in what waits, once it is as many answers as they may tell of at a time."""
    waiting = [answer for answer in needs.answers.all() if answer.shown != answer.given]
    if len(waiting) < SHOWN_FROM:
        return
    for answer in waiting:
        answer.shown = answer.given
    LearningAnswer.objects.bulk_update(waiting, ["shown"])
