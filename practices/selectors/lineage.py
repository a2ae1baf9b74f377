"""Where a practice came from and what became of it, as far as the links lead."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from practices.models import Practice, Succession


@dataclass(frozen=True)
class Lineage:
    """The links that led to a practice, newest first, and those that led on from it, oldest first."""

    practice: Practice
    origins: tuple[Succession, ...]
    successions: tuple[Succession, ...]

    @property
    def predecessors(self) -> list[Practice]:
        """Every practice that it came from, the nearest first."""
        return list(dict.fromkeys(link.before for link in self.origins))

    @property
    def same(self) -> list[Practice]:
        """The practice itself under its codes, today's first."""
        found = [self.practice]
        for link in self.origins:
            if link.kind == Succession.Kind.RECODED and link.after in found:
                found.append(link.before)
        return found

    @property
    def until(self) -> dict[int, date]:
        """The first day on which a predecessor no longer belongs to this history, by its id."""
        days: dict[int, date] = {}
        for link in self.origins:
            days[link.before_id] = min(link.on, days.get(link.before_id, link.on))
        return days

    @property
    def others(self) -> set[int]:
        """Ids of every practice that is named."""
        return {pk for link in (*self.origins, *self.successions) for pk in (link.before_id, link.after_id)}


def lineage_of(practice: Practice) -> Lineage:
    """All that came before and after a practice: two queries where nothing did, two more for each step."""
    before = list(_links(practice, near="after", far="before"))
    after = list(_links(practice, near="before", far="after"))
    return Lineage(
        practice,
        tuple(sorted(before, key=lambda link: (link.on, link.pk), reverse=True)),
        tuple(sorted(after, key=lambda link: (link.on, link.pk))),
    )


def _links(practice: Practice, *, near: str, far: str) -> Iterable[Succession]:
    """Step by step away from the practice, each once: what was split off may have come back."""
    seen, edge = {practice.pk}, {practice.pk}
    while edge:
        links = list(Succession.objects.filter(**{f"{near}__in": edge}).select_related("before__hscp", "after__hscp"))
        yield from links
        edge = {getattr(link, f"{far}_id") for link in links} - seen
        seen |= edge
