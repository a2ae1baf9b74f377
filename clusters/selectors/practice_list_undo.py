"""What undoing the last practice list would take back, and what stands in the way of it."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, ForeignObjectRel, Model

from accounts.audit import label_of
from clusters.models import Cluster, Forum, Membership, PracticeList, RoleAssignment
from clusters.selectors.journals import Touched, marks_of, plain, touched_by
from practices.models import Succession

NOT_THE_LAST = (
    "Only the list that was applied last can be undone: what undoing needs is let go when the next one is applied."
)

# What the reader of the page calls them.
IN_WORDS: dict[type[Model], str] = {
    Forum: "cluster names",
    RoleAssignment: "roles",
    Succession: "links between practices",
}


@dataclass(frozen=True)
class Undoing:
    """`counts`: what would go back, as (kind of thing, taken away, put back). `reasons` against it, in words."""

    counts: tuple[tuple[str, int, int], ...]
    reasons: tuple[str, ...]


def can_be_undone(practice_list: PracticeList) -> bool:
    """Whether this is the list that was applied last, with what undoing it needs. One query."""
    applied = PracticeList.objects.filter(pk=practice_list.pk, state=PracticeList.State.APPLIED)
    return applied.exclude(journal={}).exists()


def undoing(practice_list: PracticeList) -> Undoing:
    """What undoing this list would do in the registry of this moment."""
    touched = touched_by(practice_list.journal)
    counts = [
        (
            IN_WORDS.get(one.model, str(one.model._meta.verbose_name_plural)),
            len(one.brought),
            len(one.changed) + len(one.removed),
        )
        for one in touched
    ]
    return Undoing(tuple(counts), tuple(reasons_against(practice_list)))


def reasons_against(practice_list: PracticeList) -> list[str]:
    """Why this list cannot be undone now, each in a sentence; empty when it can."""
    if practice_list.state != PracticeList.State.APPLIED or not practice_list.journal:
        return [NOT_THE_LAST]
    touched = touched_by(practice_list.journal)
    looking = _Looking(touched)
    return list(dict.fromkeys(looking.reasons()))


class _Looking:
    def __init__(self, touched: list[Touched]) -> None:
        self.touched = touched
        self.by_model = {one.model: one for one in touched}
        self.rows: dict[type[Model], dict[int, Any]] = {
            one.model: one.model._default_manager.in_bulk([*one.brought, *one.changed]) for one in touched
        }

    def reasons(self) -> Iterator[str]:
        for one in self.touched:
            yield from self._gone(one)
            yield from self._changed(one)
            yield from self._brought_and_changed(one)
        for one in self.touched:
            for relation in _relations_to(one.model) if one.brought else ():
                yield from self._hanging(one, relation)
        yield from self._memberships_since()
        yield from self._names_taken()

    # --- What somebody changed ---------------------------------------------------------------------

    def _gone(self, one: Touched) -> Iterator[str]:
        gone = [pk for pk in (*one.brought, *one.changed) if pk not in self.rows[one.model]]
        if gone:
            yield f"{_how_many(len(gone), one.model)} that the list touched {'is' if len(gone) == 1 else 'are'} gone."

    def _changed(self, one: Touched) -> Iterator[str]:
        for pk, fields in one.changed.items():
            row = self.rows[one.model].get(pk)
            if row and (differ := [name for name, both in fields.items() if plain(getattr(row, name)) != both[1]]):
                yield f"{label_of(row)} has changed since: {_in_words(one.model, differ)}."

    def _brought_and_changed(self, one: Touched) -> Iterator[str]:
        rows = [self.rows[one.model][pk] for pk in one.brought if pk in self.rows[one.model]]
        for row, mark in zip(rows, marks_of(rows), strict=True):
            if mark != one.brought[row.pk]:
                yield f"{label_of(row)}, which the list brought, has changed since."

    # --- What hangs on what the list brought -------------------------------------------------------

    def _hanging(self, one: Touched, relation: ForeignObjectRel) -> Iterator[str]:
        """Rows of any app that point at a row that would go, and would not go or point elsewhere themselves."""
        name, other = relation.field.name, relation.related_model
        assert not isinstance(other, str)  # noqa: S101  (models are loaded)
        theirs = self.by_model.get(other)
        goes = set(theirs.brought) if theirs else set()
        if theirs:
            goes |= {pk for pk, fields in theirs.changed.items() if relation.field.attname in fields}
        pointing = other._base_manager.filter(**{f"{name}__in": list(one.brought)}).exclude(pk__in=goes)
        for pk, how_many in pointing.order_by().values_list(name).annotate(Count("pk")):
            yield f"{label_of(self.rows[one.model][pk])}, which the list brought, has {_how_many(how_many, other)}."

    # --- What would not fit ------------------------------------------------------------------------

    def _memberships_since(self) -> Iterator[str]:
        """A membership that goes on again must not meet one that began since."""
        again = list(self._going_on_again())
        others = Membership.objects.filter(practice__in={practice for practice, *_ in again})
        known = self.by_model[Membership].brought if again else ()
        for other in others.exclude(pk__in=known).select_related("practice", "cluster__forum"):
            day = str(other.starts_on)
            for practice, kind, first, until in again:
                if (other.practice_id, other.kind) == (practice, kind) and day >= first and (not until or day < until):
                    yield f"{other.practice.audit_label} joined {other.cluster.audit_label} since."

    def _going_on_again(self) -> Iterator[tuple[int, str, str, str | None]]:
        """Practice, kind, and from which day until which it would belong to its old cluster again."""
        one = self.by_model.get(Membership)
        for pk, fields in one.changed.items() if one else ():
            row = self.rows[Membership].get(pk)
            if row and "ends_on" in fields:
                until, first = fields["ends_on"]
                yield row.practice_id, row.kind, first, until
        for kept in one.removed if one else ():
            yield kept["practice_id"], kept["kind"], kept["starts_on"], kept["ends_on"]

    def _names_taken(self) -> Iterator[str]:
        """A cluster that gets its old name back must not meet a namesake in its HSCP."""
        one = self.by_model.get(Forum)
        renamed = {pk: fields["name"][0] for pk, fields in one.changed.items() if "name" in fields} if one else {}
        for cluster in Cluster.objects.filter(forum__in=renamed):
            name = renamed[cluster.forum_id]
            same = Cluster.objects.filter(lead_hscp=cluster.lead_hscp_id, forum__name__iexact=name, closed_on=None)
            if same.exclude(forum__in=[*renamed, *(one.brought if one else ())]).exists():
                yield f"Another cluster has the name {name} since."


def _in_words(model: type[Model], attnames: list[str]) -> str:
    return " and ".join(str(one.verbose_name) for one in model._meta.concrete_fields if one.attname in attnames)


def _relations_to(model: type[Model]) -> list[ForeignObjectRel]:
    """Every relation of any model that points at this one, also those without a name of their own."""
    fields = model._meta.get_fields(include_hidden=True)
    return [one for one in fields if isinstance(one, ForeignObjectRel) and not one.many_to_many]


def _how_many(number: int, model: type[Model]) -> str:
    meta = model._meta
    return f"{number:,} {meta.verbose_name if number == 1 else meta.verbose_name_plural}"
