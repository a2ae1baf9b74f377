"""What needs a keeper of the registry: lists, practices that went missing, gaps, and invitations that got lost."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils import timezone

from accounts.reach import Reach
from clusters.models import PracticeList
from clusters.rules import Scope, registry_kept
from clusters.selectors import registry_counts
from clusters.selectors.invitations import invitations_to_look_at
from clusters.selectors.scopes import practices_in
from practices.models import Practice
from reporting.selectors.need import Need, Shape


def registry_needs(reach: Reach) -> Iterator[Need]:
    """One line for each kind of thing that waits in the part of the registry that the reader keeps."""
    kept = registry_kept(reach)
    if not (kept.everything or kept.hscps):
        return
    waiting_lists = PracticeList.objects.filter(state=PracticeList.State.PREVIEWED).defer("rows", "outcome")
    for waiting in waiting_lists if kept.everything else ():
        path = reverse("clusters:import_preview", args=[waiting.pk])
        yield Need(Shape.SOON, "Preview", f"{waiting} waits for a decision", "See it", path)
    yield from _missing(kept)
    yield from _gaps(kept, reach)
    yield from _invitations(kept)


def _missing(kept: Scope) -> Iterator[Need]:
    rows = Practice.objects.filter(missing_since__isnull=False, closed_on__isnull=True)
    if missing := practices_in(kept, rows).count():
        some = "practice is" if missing == 1 else "practices are"
        said = f"{missing} {some} missing from the latest practice list: closed, merged or a mistake?"
        yield Need(Shape.SOON, "Missing", said, "Decide", _practices("missing"))


def _gaps(kept: Scope, reach: Reach) -> Iterator[Need]:
    counts = registry_counts(kept, on=reach.day)
    if counts.without_cluster:
        said = f"{_have(counts.without_cluster, 'practice')} no cluster"
        yield Need(Shape.SOON, "Gap", said, "See them", _practices("cluster"))
    if counts.without_cql:
        said = f"{_have(counts.without_cql, 'cluster')} no Cluster Quality Lead"
        yield Need(Shape.SOON, "Gap", said, "See them", reverse("clusters:cluster_list") + "?vacancy=cql")
    if counts.without_pql:
        said = f"{_have(counts.without_pql, 'practice')} no Practice Quality Lead"
        yield Need(Shape.SOON, "Gap", said, "See them", _practices("pql"))


def _invitations(kept: Scope) -> Iterator[Need]:
    found = invitations_to_look_at(kept, now=timezone.now())
    path = reverse("clusters:invitation_list")
    if lost := found["not_arrived"]:
        said = f"{lost} invitation{'' if lost == 1 else 's'} did not arrive"
        yield Need(Shape.SOON, "Invitation", said, "See them", f"{path}?when=lost")
    if expired := found["expired"]:
        said = f"{expired} invitation{'' if expired == 1 else 's'} expired unused"
        yield Need(Shape.SOON, "Invitation", said, "See them", f"{path}?when=expired")


def _practices(lacks: str) -> str:
    return reverse("clusters:registry_practices") + f"?lacks={lacks}"


def _have(many: int, thing: str) -> str:
    return f"1 {thing} has" if many == 1 else f"{many:,} {thing}s have"
