"""Compares a practice list with the registry."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from clusters.analysis.practice_list.decisions import (
    Decisions,
    merger_key,
    missing_key,
    move_key,
    recode_key,
    rename_key,
)
from clusters.analysis.practice_list.identity import Group, identified, key_of
from clusters.analysis.practice_list.plan import (
    ClusterRef,
    Kept,
    MembershipChange,
    Missing,
    NewCluster,
    NewPractice,
    Plan,
    PracticeChange,
    Rename,
    SizeChange,
    StillNamed,
)
from clusters.analysis.practice_list.registry import DETAILS, KnownCluster, KnownPractice, Registry
from clusters.analysis.practice_list.slugs import Slugs, slug_of
from clusters.analysis.practice_list.succession import Gone, Suggestions, There, suggestions_for
from practices.parsing import PracticeFile, PracticeRow

NOTHING_SAID = Decisions()


def plan_of(file: PracticeFile, registry: Registry, *, as_of: date, decisions: Decisions = NOTHING_SAID) -> Plan:
    """Everything that applying `file`, a list of the day `as_of`, would change in `registry`. Same input, same plan.

    Without `decisions` renames and moves are assumed, and what became of missing practices is left for later.
    """
    return _Comparison(file, registry, as_of, decisions).plan()


def details_in(row: PracticeRow) -> dict[str, str]:
    """The facts of a practice that a row states; a column that the file lacks states nothing."""
    stated = {name: getattr(row, name) for name in DETAILS}
    return {name: value for name, value in stated.items() if value is not None}


class _Comparison:
    def __init__(self, file: PracticeFile, registry: Registry, as_of: date, decisions: Decisions) -> None:
        self.file, self.registry, self.as_of, self.decisions = file, registry, as_of, decisions
        self.rows = {row.code: row for row in file.rows}
        self.new_clusters: list[NewCluster] = []
        self.renames: list[Rename] = []
        self.refs: dict[int, ClusterRef] = {c.pk: ClusterRef(c.pk, c.name, c.slug) for c in registry.clusters.values()}
        self.listed: set[int] = set()
        self.target: dict[str, ClusterRef] = {}
        self.kept: list[Kept] = []
        self.still_named: list[StillNamed] = []

    def plan(self) -> Plan:
        if self.file.has_clusters:
            self._place_clusters()
        memberships = tuple(self._membership_changes()) if self.file.has_clusters else ()
        suggestions = self._suggestions()
        sizes = tuple(self._sizes())
        stated = sum(row.patients is not None for row in self.file.rows)
        return Plan(
            as_of=self.as_of,
            practices_in_list=len(self.rows),
            new_practices=tuple(self._new_practices()),
            practice_changes=tuple(self._practice_changes()),
            missing=tuple(self._missing(self._settled(suggestions))),
            new_clusters=tuple(self._joined(memberships)),
            renames=tuple(self.renames),
            clusters_unchanged=len(self.listed) - len(self.renames),
            emptied=tuple(self._emptied(memberships, self._closing(suggestions))),
            membership_changes=memberships,
            sizes=sizes,
            sizes_unchanged=stated - len(sizes),
            kept=tuple(self.kept),
            still_named=tuple(self.still_named),
            suggestions=suggestions,
            decisions=self.decisions,
        )

    # --- Practices ---------------------------------------------------------------------------------

    def _new_practices(self) -> Iterator[NewPractice]:
        for row in self.file.rows:
            if row.code not in self.registry.practices:
                yield NewPractice(row.code, row.hscp, tuple(details_in(row).items()))

    def _practice_changes(self) -> Iterator[PracticeChange]:
        for row in self.file.rows:
            known = self.registry.practices.get(row.code)
            if known and (changes := tuple(_differences(known, row))):
                yield PracticeChange(known.pk, row.code, row.name, changes)

    def _missing(self, settled: frozenset[str]) -> Iterator[Missing]:
        for code, known in sorted(self.registry.practices.items()):
            if code not in self.rows and not known.is_closed:
                since, is_new = known.missing_since or self.as_of, known.missing_since is None
                yield Missing(known.pk, code, known.details["name"], since, is_new, code in settled)

    def _closing(self, found: Suggestions) -> frozenset[str]:
        """Practices that go with this list, as somebody decided."""
        said = self.decisions
        recoded = {one.gone.code for one in found.recodes if said.confirms(recode_key(one))}
        merged = {gone.code for one in found.mergers if said.confirms(merger_key(one)) for gone in one.gone}
        closed = {one.gone.code for one in found.closures if said.confirms(missing_key(one))}
        return frozenset(recoded | merged | closed)

    def _settled(self, found: Suggestions) -> frozenset[str]:
        """Practices of which somebody decided what became of them, or that they are still there."""
        stay = {one.gone.code for one in found.closures if self.decisions.refuses(missing_key(one))}
        return self._closing(found) | stay

    def _sizes(self) -> Iterator[SizeChange]:
        for row in self.file.rows:
            known = self.registry.practices.get(row.code)
            before = known.size_on(self.as_of) if known else None
            if row.patients is not None and row.patients != before:
                yield SizeChange(row.code, row.patients, before)

    # --- Clusters ----------------------------------------------------------------------------------

    def _place_clusters(self) -> None:
        slugs = Slugs(self.registry.slugs)
        refused = frozenset(pk for pk in self.registry.clusters if self.decisions.refuses(rename_key(pk)))
        for group, cluster in identified(self.file.rows, self.registry, not_renamed=refused):
            ref = self._known(group, cluster, slugs) if cluster else self._new(group, slugs)
            self.target |= dict.fromkeys(group.codes, ref)
            if cluster:
                self.still_named += self._merged(group, cluster)

    def _merged(self, group: Group, cluster: KnownCluster) -> Iterator[StillNamed]:
        """Names of clusters that went into this one, where the list still has them."""
        before = {key_of(name) for name in cluster.took_over} - {key_of(group.name)}
        listed = Counter(self.rows[code].cluster for code in group.codes)
        for name in sorted(name for name in listed if key_of(name) in before):
            yield StillNamed(name, self.refs[cluster.pk], listed[name])

    def _new(self, group: Group, slugs: Slugs) -> ClusterRef:
        ref = ClusterRef(None, group.name, slugs.give(group.name))
        hscps = tuple(sorted({row.hscp for row in group.rows}))
        self.new_clusters.append(NewCluster(ref, group.lead_hscp, len(group.rows), hscps))
        return ref

    def _known(self, group: Group, cluster: KnownCluster, slugs: Slugs) -> ClusterRef:
        self.listed.add(cluster.pk)
        is_refused = key_of(group.name) == key_of(cluster.name) and self.decisions.refuses(rename_key(cluster.pk))
        if group.name == " ".join(cluster.name.split()) or is_refused:
            return self.refs[cluster.pk]
        same_path = slug_of(group.name) == slug_of(cluster.name)
        slug = cluster.slug if same_path else slugs.give(group.name)
        self.renames.append(Rename(cluster.pk, cluster.name, group.name, cluster.slug, slug))
        return ClusterRef(cluster.pk, group.name, slug)

    def _joined(self, changes: tuple[MembershipChange, ...]) -> Iterator[NewCluster]:
        """New clusters without those that nobody joins, because the moves there were refused."""
        joining = Counter(change.after.slug for change in changes if change.after)
        for new in self.new_clusters:
            if joining[new.ref.slug]:
                yield replace(new, practices=joining[new.ref.slug])

    def _emptied(self, changes: tuple[MembershipChange, ...], closing: frozenset[str]) -> Iterator[ClusterRef]:
        left = {change.before.pk for change in changes if change.before}
        left |= {self.registry.practices[code].cluster for code in closing}
        joined = {change.after.pk for change in changes if change.after}
        gone = {change.code for change in changes} | closing
        for pk in sorted(pk for pk in left - joined if pk in self.refs):
            if not self.registry.members(pk) - gone:
                yield self.refs[pk]

    # --- Memberships -------------------------------------------------------------------------------

    def _membership_changes(self) -> Iterator[MembershipChange]:
        for row in self.file.rows:
            known, after = self.registry.practices.get(row.code), self.target.get(row.code)
            if known is None:
                if after:
                    yield MembershipChange(row.code, row.name, True, None, after, None, False)
            elif known.is_closed or (known.cluster == (after.pk if after else None) and not (after and not after.pk)):
                self._note_closed(known, row)
            elif known.settled_on and (known.settled_on > self.as_of or known.moved_by_hand):
                if known.cluster_then != (after.pk if after else None):
                    self.kept.append(Kept(row.code, row.name, self._newer_than_list(known, after)))
            elif self.decisions.refuses(move_key(row.code)):
                self.kept.append(Kept(row.code, row.name, self._refused(known, after), was_refused=True))
            else:
                yield self._move(row, known, after)

    def _refused(self, known: KnownPractice, after: ClusterRef | None) -> str:
        return (
            f"The list says {after.name if after else 'no cluster'}. The move was refused: "
            f"it stays in {self._now(known)}, and the next list asks again."
        )

    def _now(self, known: KnownPractice) -> str:
        return self.refs[known.cluster].name if known.cluster in self.refs else "no cluster"

    def _note_closed(self, known: KnownPractice, row: PracticeRow) -> None:
        if known.is_closed:
            self.kept.append(Kept(row.code, row.name, "The list has it, but it is closed in the registry."))

    def _newer_than_list(self, known: KnownPractice, after: ClusterRef | None) -> str:
        listed = after.name if after else "no cluster"
        return f"The list says {listed}, but a person moved it to {self._now(known)} on that day or later."

    def _move(self, row: PracticeRow, known: KnownPractice, after: ClusterRef | None) -> MembershipChange:
        before = self.refs.get(known.cluster) if known.cluster else None
        corrected = known.membership is not None and known.member_since == self.as_of
        return MembershipChange(row.code, row.name, False, before, after, known.membership, corrected)

    # --- Suggestions -------------------------------------------------------------------------------

    def _suggestions(self) -> Suggestions:
        """From practices that went with this list (also when it is read a second time)."""
        gone = [
            Gone(code, known.details["name"], known.hscp, known.size_before(self.as_of) or 0)
            for code, known in self.registry.practices.items()
            if code not in self.rows and not known.is_closed and known.missing_since in (None, self.as_of)
        ]
        return suggestions_for(gone, [self._there(row) for row in self.file.rows]) if gone else Suggestions()

    def _there(self, row: PracticeRow) -> There:
        known = self.registry.practices.get(row.code)
        before = known.size_before(self.as_of) if known else None
        # A practice without an earlier list size is new with this list.
        grown = None if before is None else (row.patients or before) - before
        return There(row.code, row.name, row.hscp, row.patients or 0, grown)


def _differences(known: KnownPractice, row: PracticeRow) -> Iterator[tuple[str, str, str]]:
    for name, value in details_in(row).items():
        if value != known.details[name]:
            yield name, known.details[name], value
    if row.hscp != known.hscp:
        yield "hscp", known.hscp, row.hscp
    if known.missing_since:
        yield "missing_since", str(known.missing_since), ""
