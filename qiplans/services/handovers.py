"""What somebody leads or sees through in QI plans when they leave a role, and how it passes on."""

from typing import Any

from django.db.models import QuerySet

from accounts import audit
from accounts.models import User
from accounts.reach import Reach
from accounts.roles import Right
from clusters.plugs.handovers import Bundle, Leaving
from qiplans.models import Cycle, Project
from qiplans.rules import OVER


def project_leads(leaving: Leaving) -> Bundle:
    """Projects that they lead and that are not over. A new lead counts as a change of the project."""
    led = Project.objects.filter(lead=leaving.person).exclude(state__in=OVER)
    words, verb = "Projects of the QI plan that they lead", "project handed over"
    return _bundle(leaving, led, holder="lead", at="priority__plan__cluster", key="projects", words=words, verb=verb)


def cycles_owned(leaving: Leaving) -> Bundle:
    """Cycles of Plan, Do, Study, Act that are theirs to see through: not studied yet, of projects under way."""
    owned = Cycle.objects.filter(owner=leaving.person, studied_at=None).exclude(ramp__project__state__in=OVER)
    words, verb, at = (
        "Tests of change that they see through",
        "cycle handed over",
        "ramp__project__priority__plan__cluster",
    )
    return _bundle(leaving, owned, holder="owner", at=at, key="cycles", words=words, verb=verb)


def _bundle(
    leaving: Leaving, theirs: QuerySet[Any], *, holder: str, at: str, key: str, words: str, verb: str
) -> Bundle:
    """What is `theirs` in the clusters that they leave (`at` leads to its cluster); it passes to a new `holder`."""
    theirs = theirs.filter(**{f"{at}__in": leaving.clusters})
    clusters = list(theirs.values_list(at, flat=True))

    def pass_to(to: User, within: Reach, by: User | None) -> int:
        inside = theirs.filter(**{f"{at}__in": within.clusters(Right.SEE_INSIDE)})
        rows = list(inside.select_for_update(of=("self",)).order_by("pk"))
        for row in rows:
            before = audit.snapshot(row)
            setattr(row, holder, to)
            row.version += 1
            row.save(update_fields=[holder, "version"])
            audit.record(verb, row, by=by, before=before)
        return len(rows)

    alone = sum(cluster not in leaving.kept_inside for cluster in clusters)
    return Bundle(key, words, len(clusters), alone=alone, pass_to=pass_to)
