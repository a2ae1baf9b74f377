"""The same year on the clusters of a real practice file: which real cluster plays which part."""

import csv
from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import date
from io import StringIO

from clusters.models import Cluster
from clusters.selectors import members_of
from clusters.services.practice_list import import_practice_file
from portal.demo import places
from portal.demo.building.places import put_on
from portal.demo.parts import Grouping
from portal.demo.stage import STORY, Stage
from practices.models import HSCP, Practice
from practices.parsing.text import decoded
from shared.dates import today

# The practice file knows no localities: these say plainly that they are the demo's.
REAL_LOCALITIES = {"east": "Demo locality East", "west": "Demo locality West", "over": "Demo locality Over"}

# The order in which parts are given out: those that need a certain size first.
PARTS = ("rowan", "blackthorn", "juniper", "sycamore", "larch", "hawthorn", "aspen")
NEXT_DOOR = ("birch", "whin")


class Unsuitable(Exception):
    """The story needs clusters in two HSCPs at least, and the file has fewer."""


Sized = list[tuple[Cluster, list[Practice]]]


def on_real_clusters(*, data: bytes, file_name: str, as_of: date) -> Stage:
    """Import the file and give its clusters the parts of the story.

    The story reaches back further than a young file: then the same file goes first, without its list sizes, so that
    memberships are old enough. Raises Unsuitable, or what the import raises.
    """
    since = min(as_of, today() - STORY)
    if since < as_of:
        import_practice_file(data=_without_sizes(data), file_name=file_name, as_of=since)
    import_practice_file(data=data, file_name=file_name, as_of=as_of)
    by_hscp = _clusters_by_hscp(as_of)
    lead, neighbour = _choose(by_hscp)
    stage = Stage(_with_board(lead), _with_board(neighbour), since=since)
    _cast(stage, PARTS, by_hscp[lead.pk])
    _cast(stage, NEXT_DOOR, by_hscp[neighbour.pk])
    return stage


def _without_sizes(data: bytes) -> bytes:
    rows = list(csv.reader(StringIO(decoded(data), newline="")))
    sized = [n for n, name in enumerate(rows[0] if rows else []) if name.strip() in ("PracticeListSize", "Listsize")]
    out = StringIO()
    writer = csv.writer(out)
    for number, row in enumerate(rows):
        writer.writerow(["" if number and n in sized else cell for n, cell in enumerate(row)])
    return out.getvalue().encode()


def _clusters_by_hscp(on: date) -> dict[int, Sized]:
    found: dict[int, Sized] = defaultdict(list)
    for cluster in (
        Cluster.objects.open_on(on).select_related("forum", "lead_hscp__board").order_by("forum__name", "pk")
    ):
        found[cluster.lead_hscp_id].append((cluster, list(members_of(cluster, on=on))))
    return found


def _choose(by_hscp: dict[int, Sized]) -> tuple[HSCP, HSCP]:
    """The HSCP whose clusters suit the story best, and its neighbour: of the same board where there is another.

    Raises Unsuitable.
    """
    if len(by_hscp) < 2:
        raise Unsuitable
    boards = Counter(clusters[0][0].lead_hscp.board_id for clusters in by_hscp.values())
    lead = max(by_hscp, key=lambda pk: _suits(by_hscp[pk], boards))
    hscp = by_hscp[lead][0][0].lead_hscp
    others = [pk for pk in by_hscp if pk != lead]
    same_board = [pk for pk in others if by_hscp[pk][0][0].lead_hscp.board_id == hscp.board_id]
    neighbour = max(same_board or others, key=lambda pk: min(len(by_hscp[pk]), len(NEXT_DOOR)))
    return hscp, by_hscp[neighbour][0][0].lead_hscp


def _suits(clusters: Sized, boards: Counter[int]) -> tuple[bool, bool, int, bool, int]:
    """What matters for the lead HSCP, weightiest first: a cluster of seven, a neighbour, clusters for every part."""
    sizes = [len(practices) for _, practices in clusters]
    has_neighbour = boards[clusters[0][0].lead_hscp.board_id] > 1
    crosses = any(_crosses(*pair) for pair in clusters)
    return 7 in sizes, has_neighbour, min(len(clusters), len(PARTS)), crosses, -abs(len(clusters) - len(PARTS))


def _crosses(cluster: Cluster, practices: list[Practice]) -> bool:
    return any(practice.hscp_id != cluster.lead_hscp_id for practice in practices)


def _with_board(hscp: HSCP) -> HSCP:
    return HSCP.objects.select_related("board").get(pk=hscp.pk)


def _cast(stage: Stage, parts: Iterable[str], clusters: Sized) -> None:
    left = list(clusters)
    for grouping in [g for key in parts for g in places.CLUSTERS if g.key == key]:
        if left:
            chosen = min(left, key=lambda pair: _unlike(grouping, *pair))
            left.remove(chosen)
            put_on(stage, grouping, *chosen)


def _unlike(grouping: Grouping, cluster: Cluster, practices: list[Practice]) -> tuple[bool, int]:
    is_wrong_kind = _crosses(cluster, practices) != (grouping.key == "blackthorn")
    return is_wrong_kind, abs(len(practices) - len(grouping.practices))
