"""What a practice says about who sees its figures, for those who speak for it."""

from dataclasses import dataclass

from django.http import Http404

from accounts.reach import Reach
from clusters.models import Cluster
from clusters.selectors import cluster_for, members_of, practice_for
from measures import rules
from measures.analysis.protection import RULE
from measures.models import Consent
from practices.models import Practice

ONLY_SPEAKERS = "How a practice’s figures are shown is said by its Practice Quality Lead, their deputy or its manager."


@dataclass(frozen=True)
class ConsentPage:
    """The choice in force and those before, the latest first."""

    practice: Practice
    cluster: Cluster
    history: list[Consent]

    rule = RULE

    @property
    def now(self) -> dict[str, str]:
        """The two answers as they stand today: the usual ones where nothing was said."""
        in_force = next((consent for consent in self.history if consent.ends_on is None), None)
        usual = Consent.Level.AGGREGATE
        return {"inside": in_force.inside if in_force else usual, "above": in_force.above if in_force else usual}


def consent_page(reach: Reach, code: str, slug: str) -> ConsentPage:
    """The page of a practice's consent in a cluster that it belongs to (404), for who speaks for it (403)."""
    practice = practice_for(reach, code, may=rules.speaks_for, sentence=ONLY_SPEAKERS)
    cluster = cluster_for(reach, slug)
    if not members_of(cluster, on=reach.day).filter(pk=practice.pk).exists():
        raise Http404
    said = Consent.objects.filter(practice=practice, cluster=cluster).select_related("given_by")
    return ConsentPage(practice, cluster, list(said.order_by("-starts_on", "-pk")))
