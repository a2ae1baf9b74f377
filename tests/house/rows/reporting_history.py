"""Who may open the history of what."""

from clusters.services import create_locality, upload_practice_list
from practices.models import Locality
from tests.house.matrix import Row
from tests.house.rows.clusters_hosting import planned
from tests.house.rows.reporting import ABOVE, INSIDE_ROWAN, REGISTRY
from tests.practices.lists import as_file, small

LOOK = {200: "priya olive isla"}


def _locality(w):
    found = Locality.objects.filter(name="South Strath").first()
    return ["locality", (found or create_locality(hscp=w.strath, name="South Strath", by=w.priya)).pk]


def _hosting(w):
    return ["hosting", *planned(w)]


def _list(w):
    kept = upload_practice_list(data=as_file(small()), file_name="x.csv", as_of=w.today, by=w.priya)
    return ["list", kept.pk]


def _role(w):
    return ["role", w.callum.roles_held.get().pk]


ROWS: list[Row] = [
    Row("reporting:cluster_history", lambda w: ["rowan"], get={200: f"{INSIDE_ROWAN} {ABOVE} {REGISTRY}"}),
    Row(
        "reporting:cluster_history",
        lambda w: ["rowan"],
        get={200: f"{INSIDE_ROWAN} {ABOVE} {REGISTRY}"},
        query="?on=2026-01-15",
    ),
    Row("reporting:record_changes", _role, get=LOOK),
    Row("reporting:record_changes", lambda w: ["person", w.callum.pk], get={200: "priya olive"}),
    Row("reporting:record_changes", _locality, get=LOOK),
    Row("reporting:record_changes", _hosting, get=LOOK),
    Row("reporting:record_changes", _list, get=LOOK),
]
