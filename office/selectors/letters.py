"""Finds letters."""

from collections.abc import Iterable

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet

from accounts.models import User
from office.models import Letter
from shared.doors import open_door


def letters() -> QuerySet[Letter]:
    """Every letter with whom it is for, latest first."""
    return Letter.objects.select_related("person")


def letters_matching(found: QuerySet[Letter], text: str) -> QuerySet[Letter]:
    """Those with `text` in the person's name, the address or the subject."""
    return found.filter(Q(person__full_name__icontains=text) | Q(to__icontains=text) | Q(subject__icontains=text))


def letter_for(pk: int) -> Letter:
    """One letter (404), for those whom the door of the letters let in."""
    return open_door(letters(), pk=pk)


def refused_addresses(people: QuerySet[User]) -> list[Letter]:
    """For each of these people whose address the mail server refuses for good, the last letter that came back.

    Not where a later letter has arrived, or where the address was put right since.
    """
    arrived = Letter.objects.filter(
        person=OuterRef("person"), to=OuterRef("to"), state=Letter.State.SENT, sent_at__gt=OuterRef("started_at")
    )
    came_back = Letter.objects.filter(
        ~Exists(arrived), state=Letter.State.REFUSED, answer__startswith="5", person__in=people
    )
    found = came_back.filter(to=F("person__email")).select_related("person").order_by("-queued_at", "-pk")
    latest: dict[int, Letter] = {}
    for letter in found:
        latest.setdefault(letter.person_id, letter)
    return sorted(latest.values(), key=lambda letter: letter.person.full_name)


def counted_by_state(found: QuerySet[Letter]) -> list[tuple[str, int]]:
    """How many of these letters are in each state, in words; states without any are left out. One query."""
    counts = dict(found.order_by().values_list("state").annotate(n=Count("pk")))
    return [(str(state.label), counts[state]) for state in Letter.State if counts.get(state)]


def letters_by_reason(reasons: Iterable[str]) -> dict[str, Letter]:
    """What became of the letters with these reasons, by reason. One query."""
    return {letter.reason: letter for letter in Letter.objects.filter(reason__in=list(reasons))}
