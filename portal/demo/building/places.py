"""Practices and clusters, brought by practice lists as in real life, and localities named by the registry."""

import csv
from collections.abc import Iterator
from datetime import date
from io import StringIO

from accounts.models import User
from clusters.models import Cluster, PracticeList
from clusters.selectors.locality_plans import locality_plan
from clusters.services import change_locality, create_locality
from clusters.services.locality_file import apply_zone_file, read_zone_file
from clusters.services.practice_list import import_practice_file, upload_practice_list
from clusters.services.practice_list_undo import undo_practice_list
from portal.demo import places
from portal.demo.parts import Grouping, Place
from portal.demo.stage import STORY, Stage
from practices.models import HSCP, Locality, Practice
from shared.dates import months_before, today

COLUMNS = (
    "PracticeCode,GPPracticeName,PracticeListSize,AddressLine1,AddressLine2,AddressLine3,AddressLine4,Postcode,"
    "TelephoneNumber,PracticeType,Dispensing,HB,HSCP,DataZone,GPCluster"
).split(",")


def invented() -> Stage:
    """The stage with invented practices: eight or nine practice lists, a quarter apart, applied one after the other."""
    days = list_days()
    stage = Stage(_hscp(places.LEAD_HSCP), _hscp(places.NEIGHBOUR_HSCP), since=days[0])
    for number, day in enumerate(days):
        data = practice_list(number, of=len(days), lead=stage.lead, neighbour=stage.neighbour)
        import_practice_file(data=data, file_name=f"demo-practices-{day}.csv", as_of=day)
    for grouping in places.CLUSTERS:
        _put_on(stage, grouping)
    stage.names.update(places.SHORT)
    return stage


def bring_waiting_list(stage: Stage, by: User) -> None:
    """One more practice list, of today: applied in haste and undone, brought again, and not decided on yet."""
    number = len(list_days())
    data = practice_list(number, of=number, lead=stage.lead, neighbour=stage.neighbour)
    import_practice_file(data=data, file_name=f"demo-practices-{stage.now}-draft.csv", as_of=stage.now, by=by)
    undo_practice_list(practice_list=PracticeList.objects.exclude(journal={}).get(), by=by)
    upload_practice_list(data=data, file_name=f"demo-practices-{stage.now}.csv", as_of=stage.now, by=by)


def list_days() -> list[date]:
    """The first days of the quarters over which the story runs, oldest first."""
    now = today()
    day = date(now.year, (now.month - 1) // 3 * 3 + 1, 1)
    days = [day]
    while days[0] > now - STORY:
        days.insert(0, months_before(days[0], 3))
    return days


def _hscp(code: str) -> HSCP:
    return HSCP.objects.select_related("board").get(code=code)


def code_of(key: str) -> str:
    """The code of an invented practice, by its place in the table."""
    keys = [place.key for grouping in places.CLUSTERS for place in grouping.practices]
    keys += [former.place.key for former in places.FORMERS]
    return f"{places.FIRST_CODE + keys.index(key):05}"


def practice_list(number: int, *, of: int, lead: HSCP, neighbour: HSCP) -> bytes:
    """The practice list with this number (from 0) `of` so many, in the form in which the real ones are published.

    With the number `of` itself it is one more, which says what might change next.
    """
    out = StringIO()
    writer = csv.DictWriter(out, COLUMNS, restval="")
    writer.writeheader()
    for place, grouping in _listed(of - number):
        hscp = neighbour if place.neighbour else lead
        writer.writerow(_line(place, grouping, number, of - number, hscp))
    return out.getvalue().encode()


def _listed(from_last: int) -> Iterator[tuple[Place, Grouping]]:
    """The practices of a list: what came out of one of the past is not named before, and that one not after."""
    past = [former for former in places.FORMERS if from_last > former.since]
    to_come = {key for former in past if former.kind != "MERGED" for key in former.into}
    for grouping in places.CLUSTERS:
        for place in grouping.practices:
            if place.key not in to_come and not _is_gone(place.key, from_last):
                yield place, grouping
        yield from ((former.place, grouping) for former in past if former.cluster == grouping.key)


def _is_gone(key: str, from_last: int) -> bool:
    """Whether the list leaves out a practice, for a reason that it does not give."""
    waits = from_last < 1 and key in (places.WAITING_GONE, places.WAITING_MERGER[0])
    return waits or (from_last <= 1 and key == places.MISSING_FROM_LAST)


def _line(place: Place, grouping: Grouping, number: int, from_last: int, hscp: HSCP) -> dict[str, str]:
    code = code_of(place.key)
    return {
        "PracticeCode": places.WAITING_CODE[1] if (place.key, from_last) == (places.WAITING_CODE[0], 0) else code,
        "GPPracticeName": _practice_name(place, from_last),
        "PracticeListSize": str(_patients(place, int(code), number) - _yet_to_come(place, from_last)),
        "AddressLine1": f"{int(code) - 80} {place.name.split()[0] if place.name[:4] != 'The ' else 'Linden'} Road",
        "AddressLine2": "Examplebridge",
        "Postcode": f"ZZ{int(code) % 9 + 1} {int(code) % 7 + 1}ZZ",
        "TelephoneNumber": f"01632 960 {int(code):03}",
        "PracticeType": "2C" if place.key == "juniper2" else "17C" if int(code) % 11 == 0 else "17J",
        "HB": hscp.board.code,
        "HSCP": hscp.code,
        "DataZone": f"S019{int(code):05}",
        "GPCluster": _cluster_name(place, grouping, from_last),
    }


def _practice_name(place: Place, from_last: int) -> str:
    if from_last < 1 and place.key == places.WAITING_NAME[0]:
        return places.WAITING_NAME[1]
    return _former(places.FORMER_PRACTICE_NAME, place.key, from_last) or place.name


def _former(change: tuple[str, str, int], key: str, from_last: int) -> str:
    changed, before, since = change
    return before if key == changed and from_last > since else ""


def _cluster_name(place: Place, grouping: Grouping, from_last: int) -> str:
    moved, came_from, since = places.MOVED
    if place.key == moved and from_last > since:
        return _name_of(came_from)
    if from_last < 1 and place.key == places.WAITING_MOVE[0]:
        return _name_of(places.WAITING_MOVE[1])
    if from_last < 1 and grouping.key == places.WAITING_CLUSTER[0]:
        return places.WAITING_CLUSTER[1]
    return _former(places.FORMER_NAME, grouping.key, from_last) or grouping.name


def _name_of(cluster: str) -> str:
    return next(grouping.name for grouping in places.CLUSTERS if grouping.key == cluster)


def _patients(place: Place, code: int, number: int) -> int:
    return place.patients + place.a_year * number // 4 + (code * 7 + number * 13) % 23 - 11


def _yet_to_come(place: Place, from_last: int) -> int:
    """Patients that a practice had not taken on yet, from one that merged into it; less than none once it has."""
    gone, into = places.WAITING_MERGER
    if from_last < 1 and place.key == into:
        return -next(p.patients for grouping in places.CLUSTERS for p in grouping.practices if p.key == gone)
    if place.key == places.GREW[0]:
        return 0 if from_last < 2 else places.GREW[1]
    merged = [former for former in places.FORMERS if former.kind == "MERGED" and place.key in former.into]
    return sum(former.place.patients for former in merged if from_last > former.since)


def _put_on(stage: Stage, grouping: Grouping) -> None:
    """The cluster and its practices under the keys of the story."""
    cluster = Cluster.objects.select_related("forum", "lead_hscp").get(forum__name=grouping.name)
    rows = [Practice.objects.select_related("hscp").get(code=code_of(place.key)) for place in grouping.practices]
    put_on(stage, grouping, cluster, rows)


def put_on(stage: Stage, grouping: Grouping, cluster: Cluster, practices: list[Practice]) -> None:
    """Let `cluster`, with its `practices` in the order of the story, stand for `grouping`."""
    stage.groupings[grouping.key], stage.clusters[grouping.key] = grouping, cluster
    stage.practices[grouping.key] = practices
    stage.names[grouping.key] = cluster.forum.name
    keys = [place.key for place in grouping.practices]
    for number, practice in enumerate(practices):
        key = keys[number] if number < len(keys) else f"{grouping.key}{number + 1}"
        stage.practice[key], stage.names[key] = practice, practice.name


def name_localities(stage: Stage, names: dict[str, str], by: User) -> None:
    """Name the localities by a file of data zones, as an HSCP would, and put right by hand what it cannot say."""
    for hscp, keys in ((stage.lead, [key for key in names if key != "over"]), (stage.neighbour, ["over"])):
        _read_zones(stage, hscp, {names[key]: _inside(stage, key, hscp) for key in keys}, by)
        for key in keys:
            _put_right(stage, key, names[key], hscp, by)
    for cluster in stage.clusters.values():
        cluster.refresh_from_db(fields=["locality"])


def _inside(stage: Stage, key: str, hscp: HSCP) -> list[Practice]:
    """The practices of an HSCP that lie in a locality of the story; next door there is one for all."""
    groups = [k for k, grouping in stage.groupings.items() if grouping.locality == key or key == "over"]
    return [p for k in groups for p in stage.practices[k] if p.hscp_id == hscp.pk]


def _read_zones(stage: Stage, hscp: HSCP, inside: dict[str, list[Practice]], by: User) -> None:
    zones = {p.data_zone: name for name, practices in inside.items() for p in practices if p.data_zone}
    lines = "".join(f"{zone},{name}\n" for zone, name in zones.items())
    data = f"DataZone,Locality\n{lines}".encode()
    file = read_zone_file(data=data, file_name=f"localities-{hscp.code}.csv", hscp=hscp)
    plan = locality_plan(hscp, file.zones, on=stage.now)
    follow = [s.cluster.pk for s in plan.suggestions]
    apply_zone_file(hscp=hscp, file=file, fingerprint=plan.fingerprint, clusters=follow, by=by)


def _put_right(stage: Stage, key: str, name: str, hscp: HSCP, by: User) -> None:
    """Two practices in one data zone may lie in two localities of the story; a cluster may be led from elsewhere."""
    found = Locality.objects.filter(hscp=hscp, name=name).first()
    locality = stage.localities[key] = found or create_locality(hscp=hscp, name=name, by=by)
    stage.names[key] = name
    led = [stage.clusters[k] for k, grouping in stage.groupings.items() if grouping.locality == key]
    clusters = [cluster for cluster in led if cluster.lead_hscp_id == hscp.pk]
    change_locality(locality=locality, name=name, practices=_inside(stage, key, hscp), clusters=clusters, by=by)
