"""Carries out the plan of a practice list: hundreds of rows in few statements, an audit event for each change."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Model

from accounts import audit
from accounts.models import AuditEvent, User
from clusters.analysis.practice_list import ClusterRef, MembershipChange, Plan, PracticeChange
from clusters.models import Cluster, FormerName, Forum, Membership
from clusters.selectors.histories import ENDED
from clusters.services.journal import Journal
from clusters.services.practice_list_successions import settle
from practices.models import HSCP, ListSize, Practice

BATCH = 1000
PUT_RIGHT = ["cluster", "reason", "ends_on", "end_reason"]


def carry_out(plan: Plan, *, reason: str, by: User | None) -> Journal:
    """Change everything that `plan` names; `reason` is written on the memberships. Call it inside a transaction.

    Gives what undoing needs. Raises ValidationError beside the key of a suggestion that cannot be carried out.
    """
    doing = _CarryingOut(plan, reason, by)
    doing.everything()
    settle(plan, reason=reason, journal=doing.journal, by=by)
    return doing.journal


class _CarryingOut:
    def __init__(self, plan: Plan, reason: str, by: User | None) -> None:
        self.plan, self.reason, self.by = plan, reason, by
        self.journal = Journal()
        self.hscps = {hscp.code: hscp for hscp in HSCP.objects.all()}
        self.practices: dict[str, Practice] = {}
        self.clusters: dict[str, Cluster] = {}  # by slug, as the plan refers to them
        self.events: list[AuditEvent] = []

    def everything(self) -> None:
        self._load()
        self._change_practices()
        self._flag_missing()
        self._add_practices()
        self._rename_clusters()
        self._add_clusters()
        self._end_memberships()
        self._begin_memberships()
        self._put_sizes()
        audit.record_all(self.events)

    def _note(self, verb: str, subject: Model, *, before: dict[str, Any] | None = None, **more: Any) -> None:
        """The event of a change, and with `before` the change itself for the journal."""
        self.events.append(audit.prepared(verb, subject, by=self.by, before=before, **more))
        if before is not None:
            self.journal.changed(subject, before)

    def _load(self) -> None:
        plan = self.plan
        touched = {change.code for change in plan.practice_changes} | {size.code for size in plan.sizes}
        touched |= {change.code for change in plan.membership_changes}
        touched |= {missing.code for missing in plan.missing if missing.is_new and not missing.is_settled}
        touched -= {new.code for new in plan.new_practices}
        found = Practice.objects.select_related("locality").filter(code__in=touched)
        self.practices = {practice.code: practice for practice in found}
        refs = {ref.pk for change in plan.membership_changes for ref in (change.before, change.after) if ref}
        refs |= {rename.pk for rename in plan.renames}
        self.known = Cluster.objects.select_related("forum").in_bulk([pk for pk in refs if pk])

    # --- Practices ---------------------------------------------------------------------------------

    def _change_practices(self) -> None:
        changed = []
        for change in self.plan.practice_changes:
            practice = self.practices[change.code]
            before = audit.snapshot(practice)
            self._set(practice, change)
            changed.append(practice)
            self._note("practice changed by list", practice, before=before, detail=self._day())
        fields = sorted({name for change in self.plan.practice_changes for name, _, _ in change.changes})
        if fields:
            Practice.objects.bulk_update(changed, [*fields, *(["locality"] if "hscp" in fields else [])], BATCH)

    def _set(self, practice: Practice, change: PracticeChange) -> None:
        for name, _, value in change.changes:
            if name == "hscp":
                practice.hscp = self.hscps[value]
                if practice.locality and practice.locality.hscp_id != practice.hscp_id:
                    practice.locality = None  # a locality is part of one HSCP
            else:
                setattr(practice, name, None if name == "missing_since" else value)

    def _flag_missing(self) -> None:
        flagged = []
        for missing in self.plan.missing:
            if missing.is_new and not missing.is_settled:
                practice = self.practices[missing.code]
                before = audit.snapshot(practice)
                practice.missing_since = missing.since
                flagged.append(practice)
                self._note("practice missing from list", practice, before=before)
        if flagged:
            Practice.objects.bulk_update(flagged, ["missing_since"], BATCH)

    def _add_practices(self) -> None:
        new = [Practice(code=n.code, hscp=self.hscps[n.hscp], **dict(n.details)) for n in self.plan.new_practices]
        self.journal.brought(Practice.objects.bulk_create(new, BATCH))
        for practice in new:
            self.practices[practice.code] = practice
            self._note("practice added by list", practice, detail=self._day())

    def _day(self) -> dict[str, Any]:
        return {"list": self.plan.as_of.isoformat()}

    # --- Clusters ----------------------------------------------------------------------------------

    def _rename_clusters(self) -> None:
        former, forums = [], []
        for rename in self.plan.renames:
            forum = self.known[rename.pk].forum
            before = audit.snapshot(forum)
            former.append(FormerName(forum=forum, name=rename.before, slug=rename.slug_before, until=self.plan.as_of))
            forum.name, forum.slug = rename.after, rename.slug
            forums.append(forum)
            self._note("cluster renamed", forum, before=before)
        if forums:
            self.journal.brought(FormerName.objects.bulk_create(former))
            Forum.objects.bulk_update(forums, ["name", "slug"], BATCH)

    def _add_clusters(self) -> None:
        forums = [
            Forum(kind=Forum.Kind.CLUSTER, name=new.ref.name, slug=new.ref.slug, hscp=self.hscps[new.lead_hscp])
            for new in self.plan.new_clusters
        ]
        self.journal.brought(Forum.objects.bulk_create(forums, BATCH))
        starts_on = self.plan.as_of
        new = [Cluster(forum=forum, lead_hscp=forum.hscp, starts_on=starts_on) for forum in forums if forum.hscp]
        self.journal.brought(Cluster.objects.bulk_create(new, BATCH))
        for cluster in new:
            self.clusters[cluster.forum.slug] = cluster
            detail = {"hscp": cluster.lead_hscp.code, "starts_on": str(starts_on)}
            self._note("cluster added", cluster, detail=detail)

    def _cluster(self, ref: ClusterRef) -> Cluster:
        return self.known[ref.pk] if ref.pk else self.clusters[ref.slug]

    # --- Memberships -------------------------------------------------------------------------------

    def _end_memberships(self) -> None:
        """Ends first: the database refuses a practice in two clusters at once, even for a moment."""
        rows = Membership.objects.select_related("cluster__forum", "practice").in_bulk(
            [change.membership for change in self.plan.membership_changes if change.membership]
        )
        pairs = [(rows[change.membership], change) for change in self.plan.membership_changes if change.membership]
        self._end([(row, change) for row, change in pairs if not change.is_correction])
        self._put_right([(row, change.after) for row, change in pairs if change.is_correction and change.after])
        self._take_back([row for row, change in pairs if change.is_correction and not change.after])

    def _end(self, pairs: list[tuple[Membership, MembershipChange]]) -> None:
        for row, change in pairs:
            before = audit.snapshot(row)
            row.ends_on = self.plan.as_of
            row.end_reason = "" if change.after else self.reason
            self._note(ENDED, row, before=before)
        if pairs:
            Membership.objects.bulk_update([row for row, _ in pairs], ["ends_on", "end_reason"], BATCH)

    def _put_right(self, pairs: list[tuple[Membership, ClusterRef]]) -> None:
        for row, after in pairs:
            before = audit.snapshot(row)
            row.cluster, row.reason = self._cluster(after), self.reason
            row.ends_on, row.end_reason = row.cluster.closed_on, row.cluster.closed_reason
            self._note("membership put right", row, before=before)
        if pairs:
            Membership.objects.bulk_update([row for row, _ in pairs], PUT_RIGHT, BATCH)

    def _take_back(self, rows: list[Membership]) -> None:
        """A membership that an earlier copy of this very list began, for nobody: it never was."""
        for row in rows:
            self._note("membership taken back", row, detail={"cluster": str(row.cluster), **self._day()})
            self.journal.removed(row)
        if rows:
            Membership.objects.filter(pk__in=[row.pk for row in rows]).delete()

    def _begin_memberships(self) -> None:
        begun = [c for c in self.plan.membership_changes if c.after and not c.is_correction]
        rows = Membership.objects.bulk_create((self._membership(change, change.after) for change in begun), BATCH)
        self.journal.brought(rows)
        for row, change in zip(rows, begun, strict=True):
            came_from = str(self._cluster(change.before)) if change.before else None
            detail = {"from": came_from, "to": str(row.cluster), "starts_on": str(row.starts_on)}
            self._note("practice moved" if change.before else "practice joined", row, detail=detail)

    def _membership(self, change: MembershipChange, after: ClusterRef | None) -> Membership:
        """In a cluster that is planned to close it lasts until then."""
        assert after is not None  # noqa: S101  (narrowed by the caller)
        cluster = self._cluster(after)
        return Membership(
            practice=self.practices[change.code],
            cluster=cluster,
            kind=cluster.kind,
            starts_on=self.plan.as_of,
            ends_on=cluster.closed_on,
            reason=self.reason,
            end_reason=cluster.closed_reason,
        )

    # --- List sizes --------------------------------------------------------------------------------

    def _put_sizes(self) -> None:
        day = self.plan.as_of
        new = [
            ListSize(practice=self.practices[size.code], counted_on=day, patients=size.patients)
            for size in self.plan.sizes
            if size.before is None
        ]
        self.journal.brought(ListSize.objects.bulk_create(new, BATCH))
        self._put_right_sizes({size.code: size.patients for size in self.plan.sizes if size.before is not None}, day)

    def _put_right_sizes(self, wanted: dict[str, int], day: date) -> None:
        rows = self._sizes_on(day, wanted) if wanted else []
        for row in rows:
            before = audit.snapshot(row)
            row.patients = wanted[row.practice.code]
            self._note("list size put right", row, before=before)
        ListSize.objects.bulk_update(rows, ["patients"], BATCH)

    def _sizes_on(self, day: date, codes: Iterable[str]) -> list[ListSize]:
        found = ListSize.objects.filter(counted_on=day, practice__code__in=codes)
        return list(found.select_related("practice"))
