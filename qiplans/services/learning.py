"""Keeps what somebody says of their knowledge and skills, without their name."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts import audit
from accounts.models import User
from clusters.models import Cluster
from qiplans.models import LearningAnswer, LearningNeeds
from qiplans.rules import plan_year_of
from qiplans.selectors.learning import answer_marks, own_answer


@transaction.atomic
def say_needs(*, by: User, cluster: Cluster, on: date, methods: int, leading: int, facilitating: int) -> None:
    """Keep the three answers of `by`, each from 1 to 5, for the plan year of `on`; a second time changes the first.

    The answer holds no name and no time. The trail tells who answered for which cluster and year, and never what.
    Raises ValidationError for an answer out of range.
    """
    answers = {"methods": methods, "leading": leading, "facilitating": facilitating}
    if any(value not in range(1, 6) for value in answers.values()):
        raise ValidationError("Choose one of the five answers.")
    year = plan_year_of(on)
    needs, _ = LearningNeeds.objects.get_or_create(cluster=cluster, year=year)
    LearningNeeds.objects.select_for_update(of=("self",)).get(pk=needs.pk)  # two presses come one after the other
    earlier = own_answer(cluster, year, by.pk)
    if earlier is None:
        LearningAnswer.objects.create(needs=needs, mark=answer_marks(cluster.pk, year, by.pk)[0], **answers)
    else:
        LearningAnswer.objects.filter(pk=earlier.pk).update(**answers)
    audit.record("learning needs changed" if earlier else "learning needs said", needs, by=by)
