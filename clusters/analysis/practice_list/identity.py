"""Which cluster of a list is which cluster of the registry.

The list names clusters by text alone. The name is no key: clusters are renamed, and cross HSCPs and boards; nor is
(HSCP, name). The rules, in this order:

0. The name of a cluster that went into another stands for that one, as long as no open cluster nearby has it: a list
   often names a cluster for a while after it merged.
1. Rows with one name (white space and capitals apart) are one cluster, as long as their boards form a chain of
   neighbours. The same name in boards that lie apart is two clusters. Where the registry holds two clusters of that
   name already, each practice counts to the one that it belongs to, or to the one led from its HSCP or board.
2. Clusters that pass names on among themselves, each moving with its whole membership, are renamed.
3. A cluster of the registry with that name is the same cluster.
4. A name that is new, where an old name has gone: a rename, if those of the old cluster who are still in the list and
   did not leave for a cluster that existed before all went there (or most of all its members did), and most of those
   there who had a cluster came from it. An old cluster that splits evenly, or two that merge evenly, are not renames.
5. What is left over is new.

A rename that somebody refused is none: the new name is then a new cluster, and the old one is left without practices.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from clusters.analysis.practice_list.registry import KnownCluster, Registry
from practices.parsing import PracticeRow
from practices.reference import HSCPS, NEIGHBOURS


@dataclass(frozen=True)
class Group:
    """The practices that the list puts into one cluster."""

    name: str
    rows: tuple[PracticeRow, ...]

    @property
    def codes(self) -> frozenset[str]:
        return frozenset(row.code for row in self.rows)

    @property
    def boards(self) -> frozenset[str]:
        return frozenset(board_of(row.hscp) for row in self.rows)

    @property
    def lead_hscp(self) -> str:
        """The HSCP with most practices; of equals, the one with most patients."""
        practices = Counter(row.hscp for row in self.rows)
        patients: Counter[str] = Counter()
        for row in self.rows:
            patients[row.hscp] += row.patients or 0
        return min(practices, key=lambda hscp: (-practices[hscp], -patients[hscp], hscp))


def board_of(hscp: str) -> str:
    """The code of the health board that an HSCP belongs to."""
    return HSCPS[hscp][1]


def key_of(name: str) -> str:
    """What makes two spellings one name."""
    return " ".join(name.split()).casefold()


def are_near(one: str, other: str) -> bool:
    """Whether two health boards are the same or share a border, so that a cluster may lie in both."""
    return one == other or frozenset((one, other)) in NEIGHBOURS


def identified(
    rows: Iterable[PracticeRow], registry: Registry, *, not_renamed: frozenset[int] = frozenset()
) -> list[tuple[Group, KnownCluster | None]]:
    """Each cluster of the list, in the order of the list, with the cluster of the registry that it is (None: new).

    `not_renamed`: clusters whose rename was refused.
    """
    groups = _groups(_as_now(rows, registry), registry)
    return [(group, cluster) for group, cluster in _Matching(groups, registry, not_renamed).pairs() if group.rows]


# --- Rule 0 --------------------------------------------------------------------------------------


def _as_now(rows: Iterable[PracticeRow], registry: Registry) -> Iterator[PracticeRow]:
    by_name: dict[str, list[KnownCluster]] = defaultdict(list)
    heirs: dict[str, list[KnownCluster]] = defaultdict(list)
    for cluster in registry.clusters.values():
        by_name[key_of(cluster.name)].append(cluster)
        for name in cluster.took_over:
            heirs[key_of(name)].append(cluster)
    for row in rows:
        key = key_of(row.cluster)
        near = [cluster for cluster in heirs[key] if _is_near(row, cluster)] if key in heirs else []
        if near and not any(_is_near(row, cluster) for cluster in by_name[key]):
            row = replace(row, cluster=max(near, key=lambda c: _belonging(row, c, registry)).name)
        yield row


def _is_near(row: PracticeRow, cluster: KnownCluster) -> bool:
    return are_near(board_of(row.hscp), board_of(cluster.lead_hscp))


# --- Rule 1 --------------------------------------------------------------------------------------


def _groups(rows: Iterable[PracticeRow], registry: Registry) -> list[Group]:
    by_key: dict[str, list[PracticeRow]] = defaultdict(list)
    for row in rows:
        if row.cluster:
            by_key[key_of(row.cluster)].append(row)
    namesakes: dict[str, list[KnownCluster]] = defaultdict(list)
    for cluster in registry.clusters.values():
        namesakes[key_of(cluster.name)].append(cluster)
    groups = []
    for key, same_name in by_key.items():
        name = Counter(row.cluster for row in same_name).most_common(1)[0][0]
        for near in _neighbourhoods(same_name):
            groups += [Group(name, tuple(part)) for part in _parts(near, namesakes[key], registry)]
    return groups


def _neighbourhoods(rows: list[PracticeRow]) -> list[list[PracticeRow]]:
    chains: list[set[str]] = []
    for board in dict.fromkeys(board_of(row.hscp) for row in rows):
        touching = [chain for chain in chains if any(are_near(board, other) for other in chain)]
        chains = [chain for chain in chains if chain not in touching] + [{board}.union(*touching)]
    return [[row for row in rows if board_of(row.hscp) in chain] for chain in chains]


def _parts(rows: list[PracticeRow], namesakes: list[KnownCluster], registry: Registry) -> list[list[PracticeRow]]:
    boards = {board_of(row.hscp) for row in rows}
    here = [c for c in namesakes if any(are_near(board_of(c.lead_hscp), board) for board in boards)]
    if len(here) < 2:
        return [rows]
    parts: dict[int, list[PracticeRow]] = defaultdict(list)
    for row in rows:
        parts[max(here, key=lambda c: _belonging(row, c, registry)).pk].append(row)
    return list(parts.values())


def _belonging(row: PracticeRow, cluster: KnownCluster, registry: Registry) -> tuple[bool, bool, bool, int]:
    known = registry.practices.get(row.code)
    return (
        known is not None and known.cluster == cluster.pk,
        cluster.lead_hscp == row.hscp,
        board_of(cluster.lead_hscp) == board_of(row.hscp),
        -cluster.pk,
    )


# --- Rules 2 to 5 --------------------------------------------------------------------------------


class _Matching:
    def __init__(self, groups: list[Group], registry: Registry, not_renamed: frozenset[int]) -> None:
        self.groups, self.registry, self.not_renamed = groups, registry, not_renamed
        self.listed = frozenset(code for group in groups for code in group.codes)
        self.found: dict[int, KnownCluster] = {}  # place of the group to its cluster
        self.came_from = [self._origins(group) for group in groups]

    def _origins(self, group: Group) -> Counter[int]:
        """How many practices of the group come from which cluster."""
        known = (self.registry.practices.get(code) for code in group.codes)
        clusters = (practice.cluster for practice in known if practice)
        return Counter(pk for pk in clusters if pk is not None and pk in self.registry.clusters)

    def pairs(self) -> list[tuple[Group, KnownCluster | None]]:
        self._by_passed_names()
        self._by_name()
        self._by_rename()
        return [(group, self.found.get(place)) for place, group in enumerate(self.groups)]

    def _free_clusters(self) -> list[KnownCluster]:
        used = {cluster.pk for cluster in self.found.values()}
        return [cluster for cluster in self.registry.clusters.values() if cluster.pk not in used]

    def _free_groups(self) -> list[int]:
        return [place for place in range(len(self.groups)) if place not in self.found]

    def _by_passed_names(self) -> None:
        """Rule 2: a chain or ring of names, every cluster in it whole and of two members or more."""
        moved: dict[int, int] = {}  # cluster to the place where all its members went under another name
        listed = Counter(pk for origins in self.came_from for pk in origins.elements())
        for place, origins in enumerate(self.came_from):
            for pk, together in origins.items():
                cluster = self.registry.clusters[pk]
                is_whole = together == listed[pk] == origins.total() >= 2
                if is_whole and pk not in self.not_renamed and key_of(cluster.name) != key_of(self.groups[place].name):
                    moved[pk] = place
        holders = {key_of(cluster.name): pk for pk, cluster in self.registry.clusters.items()}
        while broken := [pk for pk, place in moved.items() if not self._is_passed_on(place, holders, moved)]:
            for pk in broken:
                del moved[pk]
        for pk, place in moved.items():
            if key_of(self.groups[place].name) in holders:
                self.found[place] = self.registry.clusters[pk]
        taken_over = {key_of(self.groups[place].name) for place in self.found}
        for pk, place in moved.items():
            if key_of(self.registry.clusters[pk].name) in taken_over:
                self.found[place] = self.registry.clusters[pk]

    def _is_passed_on(self, place: int, holders: dict[str, int], moved: dict[int, int]) -> bool:
        holder = holders.get(key_of(self.groups[place].name))
        return holder is None or holder in moved

    def _by_name(self) -> None:
        """Rule 3: nearest first, where one name stands for several."""
        namesakes: dict[str, list[KnownCluster]] = defaultdict(list)
        for cluster in self._free_clusters():
            namesakes[key_of(cluster.name)].append(cluster)
        candidates = [
            (self._nearness(place, cluster), -place, -cluster.pk, place, cluster)
            for place in self._free_groups()
            for cluster in namesakes[key_of(self.groups[place].name)]
        ]
        taken: set[int] = set()
        for nearness, _, _, place, cluster in sorted(candidates, key=lambda c: c[:3], reverse=True):
            if any(nearness) and place not in self.found and cluster.pk not in taken:
                self.found[place] = cluster
                taken.add(cluster.pk)

    def _nearness(self, place: int, cluster: KnownCluster) -> tuple[int, bool, bool]:
        boards, lead = self.groups[place].boards, board_of(cluster.lead_hscp)
        return self.came_from[place][cluster.pk], lead in boards, any(are_near(lead, board) for board in boards)

    def _by_rename(self) -> None:
        """Rule 4."""
        fresh = self._free_groups()
        renames = []
        for cluster in self._free_clusters():
            there = sorted(((self.came_from[p][cluster.pk], p) for p in fresh), reverse=True)
            if there and there[0][0] and self._is_rename(cluster.pk, there):
                renames.append((there[0][0], there[0][1], cluster))
        for _, place, cluster in sorted(renames, key=lambda r: (-r[0], r[1])):
            if cluster.pk not in self.not_renamed:
                self.found.setdefault(place, cluster)

    def _is_rename(self, pk: int, there: list[tuple[int, int]]) -> bool:
        together, place = there[0]
        in_list = len(self.registry.members(pk) & self.listed)
        all_who_left_for_new = together == sum(count for count, _ in there)
        origins = self.came_from[place]
        others = max((count for other, count in origins.items() if other != pk), default=0)
        return (
            (together * 2 > in_list or (all_who_left_for_new and together * 2 >= in_list))
            and together * 2 >= origins.total()
            and together > others
        )
