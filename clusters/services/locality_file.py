"""Localities from a file of data zones. The file is not kept: what it did is, with its name and hash in the trail."""

from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass
from hashlib import sha256
from typing import Any

from django.core import signing
from django.db import transaction
from django.db.models import QuerySet

from accounts import audit
from accounts.models import User
from clusters.analysis.localities import LocalityPlan
from clusters.models import Cluster
from clusters.selectors.locality_plans import locality_plan
from clusters.services.locks import hold_practices
from clusters.services.practice_list import PreviewOutdated
from practices.models import HSCP, Locality, Practice
from practices.parsing import Refusal, Refused
from practices.parsing.locality_file import read_locality_file
from practices.selectors import known_codes
from shared import chi
from shared.dates import today

SALT, HOURS = "clusters.locality_file", 12


@dataclass(frozen=True)
class ZoneFile:
    """A file as it was read: what goes from the preview to the confirmation."""

    zones: Mapping[str, str]
    of_others: int
    file_name: str
    file_hash: str


def read_zone_file(*, data: bytes, file_name: str, hscp: HSCP) -> ZoneFile:
    """What a file says about `hscp`. Changes nothing; raises Refused with every reason why it cannot be taken."""
    if any(found.certain for found in chi.findings(file_name)):
        reason = "The name of the file holds a patient’s number. Give it another name: the portal never keeps them."
        raise Refused(Refusal(0, "file", "", reason))
    read = read_locality_file(data, hscp=hscp.code, codes=known_codes())
    return ZoneFile(dict(read.zones), read.of_others, file_name[-200:], sha256(data).hexdigest())


class BrokenSeal(Exception):
    """What came back is not what was sent, was sent to somebody else, or lay about for too long."""


def sealed(file: ZoneFile, *, hscp: HSCP, by: User) -> str:
    """What the file said as text that only `by` can send back, and nobody can change."""
    return signing.dumps({**asdict(file), "hscp": hscp.code}, salt=f"{SALT}.{by.pk}", compress=True)


def opened(text: str, *, by: User) -> tuple[str, ZoneFile]:
    """Code of the HSCP, and the file, as they were `sealed` for `by`. Raises BrokenSeal."""
    try:
        kept = signing.loads(text, salt=f"{SALT}.{by.pk}", max_age=HOURS * 3600)
    except signing.BadSignature:
        raise BrokenSeal from None
    return kept.pop("hscp"), ZoneFile(**kept)


@transaction.atomic
def apply_zone_file(
    *, hscp: HSCP, file: ZoneFile, fingerprint: str, clusters: Collection[int], by: User | None
) -> LocalityPlan:
    """Carry out the plan that was shown, known by its `fingerprint`; `clusters` are the ids of those that follow.

    Localities that the file names begin, practices go to the locality of their data zone, and of the suggested
    clusters those chosen go where most of their practices lie. Raises PreviewOutdated when the registry has changed
    since; then nothing was changed.
    """
    HSCP.objects.select_for_update().get(pk=hscp.pk)
    hold_practices()
    plan = locality_plan(hscp, file.zones, on=today())
    if plan.fingerprint != fingerprint:
        raise PreviewOutdated
    chosen = [s for s in plan.suggestions if s.cluster.pk in clusters]
    if not (plan.new or plan.placings or chosen):
        return plan
    for name in plan.new:
        made = Locality.objects.create(hscp=hscp, name=name)
        audit.record("locality added", made, by=by, detail={"hscp": hscp.code})
    localities = {place.name: place for place in Locality.objects.filter(hscp=hscp)}
    _place(Practice.objects.all(), {p.practice.pk: localities[p.after] for p in plan.placings}, by)
    _place(Cluster.objects.select_related("forum"), {s.cluster.pk: localities[s.after] for s in chosen}, by)
    counts = {"localities": len(plan.new), "practices": len(plan.placings), "clusters": len(chosen)}
    told = {"file": file.file_name, "hash": file.file_hash, "data_zones": plan.zones, **counts}
    audit.record("localities read from data zones", hscp, by=by, detail=told)
    return plan


def _place(things: QuerySet[Any], where: Mapping[int, Locality], by: User | None) -> None:
    """Put practices or clusters into localities, by their ids: few statements, with one event each."""
    rows = list(things.filter(pk__in=where))
    events = []
    for row in rows:
        before = audit.snapshot(row)
        row.locality = where[row.pk]
        events.append(audit.prepared("locality set", row, by=by, before=before))
    if rows:
        type(rows[0])._default_manager.bulk_update(rows, ["locality"], batch_size=500)
        audit.record_all(events)
