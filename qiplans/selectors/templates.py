"""Templates of projects that a reader may start from: those that ship, and those of the HSCPs around them."""

from dataclasses import dataclass

from django.db.models import QuerySet
from django.http import Http404

from accounts.reach import Reach
from accounts.roles import Right
from clusters.models import Cluster
from practices.models import HSCP
from qiplans.models import OwnTemplate, Priority
from qiplans.reference.templates import SHIPPED, Counted, Template
from qiplans.rules.aims import aim_sentence
from qiplans.rules.plans import plan_year_of
from qiplans.rules.templates import hscps_written_for

OWN = "own-"


@dataclass(frozen=True)
class Ready:
    """A template as it is listed and read. `own` is the row behind one that an HSCP wrote."""

    template: Template
    own: OwnTemplate | None = None

    @property
    def title(self) -> str:
        return self.template.title

    @property
    def topic(self) -> str:
        return self.template.topic

    @property
    def aim(self) -> str:
        t = self.template
        return aim_sentence(aim_what=t.what, aim_where=t.where, aim_how_much=t.how_much, aim_by_when=t.by_when)

    @property
    def is_extrinsic(self) -> bool:
        return self.template.orientation == Priority.Orientation.EXTRINSIC

    @property
    def words(self) -> str:
        """All that is searched, in lower case."""
        t = self.template
        names = " ".join(measure.name for measure in t.measures)
        return " ".join([t.title, t.topic, self.aim, t.why, names, *t.ideas]).casefold()


def topics(ready: list[Ready]) -> list[str]:
    """Topics in the order in which they first come."""
    return list(dict.fromkeys(each.topic for each in ready))


def templates_for(reach: Reach, *, q: str = "", topic: str = "") -> list[Ready]:
    """All that the reader may start from: of their HSCPs first, then those that ship; each word has to be in it."""
    every = [*(_own(row) for row in own_templates(reach).filter(retired_at=None)), *map(Ready, SHIPPED)]
    wanted = q.casefold().split()
    return [each for each in every if (not topic or each.topic == topic) and all(word in each.words for word in wanted)]


def template_for(reach: Reach, key: str) -> Ready:
    """The template of that key (404)."""
    if key.startswith(OWN) and key[len(OWN) :].isascii() and key[len(OWN) :].isdigit() and len(key) < 14:
        row = own_templates(reach).filter(pk=int(key[len(OWN) :])).first()
        found = _own(row) if row else None
    else:
        found = next((Ready(template) for template in SHIPPED if template.slug == key), None)
    if found is None:
        raise Http404
    return found


def own_templates(reach: Reach) -> QuerySet[OwnTemplate]:
    """What the HSCPs around the reader wrote: those of their clusters, and those that they oversee."""
    clusters = Cluster.objects.filter(pk__in=reach.clusters(Right.SEE_INSIDE, Right.OVERSEE)).order_by()
    around = OwnTemplate.objects.filter(hscp__in=clusters.values("lead_hscp")) | OwnTemplate.objects.filter(
        hscp__in=reach.hscps(Right.OVERSEE)
    )
    return around.select_related("hscp", "written_by", "retired_by").distinct()


def priorities_to_start_under(reach: Reach) -> QuerySet[Priority]:
    """Priorities whose plan the reader writes, of this plan year and what is planned after it: others are over."""
    written = Priority.objects.filter(
        plan__cluster__in=reach.clusters(Right.WRITE_UP), plan__year__gte=plan_year_of(reach.day)
    )
    return written.select_related("plan__cluster__forum").order_by("plan__year", "plan__cluster__forum__name", "pk")


def priority_named(reach: Reach, pk: str) -> Priority | None:
    """The priority to start under that an address names; None for anything else."""
    if not (pk.isascii() and pk.isdigit() and len(pk) < 10):
        return None
    return priorities_to_start_under(reach).filter(pk=int(pk)).first()


def hscps_to_write_for(reach: Reach) -> QuerySet[HSCP]:
    """HSCPs for whose clusters the reader may write a template, by name."""
    return HSCP.objects.filter(pk__in=hscps_written_for(reach)).order_by("name")


def _own(row: OwnTemplate) -> Ready:
    counted = Counted(row.measure_name, row.numerator, row.denominator, row.source)
    return Ready(
        Template(
            slug=f"{OWN}{row.pk}",
            title=row.title,
            topic=f"From {row.hscp}",
            what=row.what,
            where=row.where,
            how_much=row.how_much,
            by_when=row.by_when,
            why=row.why,
            measures=(counted,),
            ideas=tuple(line.strip() for line in row.ideas.splitlines() if line.strip()),
            first_test=row.first_test,
            evidence=row.evidence or f"Written by {row.written_by} for the clusters of {row.hscp}.",
            orientation=row.orientation,
        ),
        row,
    )
