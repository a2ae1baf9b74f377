"""A hand-made October from the real list of April: what half a year brings, and exactly that."""

from dataclasses import dataclass, field

from tests.practices.lists import Rows


@dataclass
class Told:
    """What was put into the list, to hold against what the portal finds."""

    renames: set[tuple[str, str]] = field(default_factory=set)
    moves: set[tuple[str, str, str]] = field(default_factory=set)
    recodes: set[tuple[str, str]] = field(default_factory=set)
    merger: tuple[str, str] = ("", "")
    closure: str = ""
    names: dict[str, str] = field(default_factory=dict)


def october(april: Rows) -> tuple[Rows, Told]:
    """All clusters of one HSCP renamed, two moves, three recodes, a merger across HSCPs, a closure, 13 new names.

    Each in HSCPs of its own, and every list size a little other than it was.
    """
    rows, told = [dict(row) for row in april], Told()
    places = _HSCPs(rows)
    for row in places.take(at_least=5):
        before = row["GPCluster"]
        row["GPCluster"] = f"{before} Locality"
        told.renames.add((before, row["GPCluster"]))
    _move(places, told)
    _recode(places, told)
    _merge(places, told)
    told.closure = places.take()[1]["PracticeCode"]
    kept = [row for row in rows if row["PracticeCode"] not in (told.merger[0], told.closure)]
    _drift(kept)
    for row in [row for row in kept if row["HSCP"] in places.left][5:18]:
        row["GPPracticeName"] = f"{row['GPPracticeName'][:60]} and Partners"
        told.names[row["PracticeCode"]] = row["GPPracticeName"]
    return kept, told


class _HSCPs:
    """Hands out HSCPs whose clusters do not cross, none of them twice."""

    def __init__(self, rows: Rows) -> None:
        self.by_hscp: dict[str, Rows] = {}
        for row in rows:
            self.by_hscp.setdefault(row["HSCP"], []).append(row)
        crossing = {
            row["HSCP"]
            for row in rows
            for other in rows
            if row["GPCluster"] == other["GPCluster"] and row["HSCP"] != other["HSCP"]
        }
        whole = {hscp: there for hscp, there in self.by_hscp.items() if hscp not in crossing}
        self.left = {hscp for hscp, there in whole.items() if not any("Undefined" in row["GPCluster"] for row in there)}

    def take(self, *, at_least: int = 2) -> Rows:
        for hscp in sorted(self.left):
            if len({row["GPCluster"] for row in self.by_hscp[hscp]}) >= at_least:
                self.left.discard(hscp)
                return self.by_hscp[hscp]
        raise AssertionError("no HSCP is left")

    def take_from_one_board(self) -> tuple[Rows, Rows]:
        for first in sorted(self.left):
            for second in sorted(self.left - {first}):
                if self.by_hscp[first][0]["HB"] == self.by_hscp[second][0]["HB"]:
                    self.left -= {first, second}
                    return self.by_hscp[first], self.by_hscp[second]
        raise AssertionError("no board is left")


def _move(places: _HSCPs, told: Told) -> None:
    there = places.take()
    clusters = list(dict.fromkeys(row["GPCluster"] for row in there))
    here = [row for row in there if row["GPCluster"] == clusters[0]][:2]
    for row in here:
        told.moves.add((row["PracticeCode"], row["GPCluster"], clusters[1]))
        row["GPCluster"] = clusters[1]


def _recode(places: _HSCPs, told: Told) -> None:
    for number in range(3):
        row = places.take()[number]
        new = f"9990{number}"
        told.recodes.add((row["PracticeCode"], new))
        row["PracticeCode"] = new


def _merge(places: _HSCPs, told: Told) -> None:
    one, other = places.take_from_one_board()
    gone, into = max(one, key=lambda row: int(row["PracticeListSize"])), other[0]
    into["PracticeListSize"] = str(int(into["PracticeListSize"]) + int(gone["PracticeListSize"]))
    told.merger = (gone["PracticeCode"], into["PracticeCode"])


def _drift(rows: Rows) -> None:
    """Up to 1 % more or fewer, as in any half year."""
    for row in rows:
        size = int(row["PracticeListSize"])
        row["PracticeListSize"] = str(size + size * (int(row["PracticeCode"]) % 21 - 10) // 1000)
