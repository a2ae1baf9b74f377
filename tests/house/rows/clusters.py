"""Who may open what in clusters."""

from datetime import timedelta

from django.core.files.uploadedfile import SimpleUploadedFile

from clusters.models import PracticeList
from clusters.selectors import practice_lists
from clusters.services import import_practice_file, upload_practice_list
from tests.house.matrix import Row
from tests.practices.lists import as_file, cluster, small

LOOK = {200: "priya olive isla"}
KEEP = {200: "priya isla", 403: "olive"}
KEPT = {302: "priya isla", 403: "olive"}
WHOLE = {200: "priya", 403: "olive isla"}
WHOLLY = {302: "priya", 403: "olive isla"}


def _move(w):
    day = str(w.today)
    return {"to": "larch", "starts_on": day, "reason": "Nearer", "seen": f"{w.alder.code}:rowan", "confirmed": "yes"}


def _new_deputy(w):
    return {
        "email": "new.deputy@example.org",
        "full_name": "Ewan Deputy",
        "place": w.alder.code,
        "starts_on": str(w.today),
    }


REGISTRY = [
    Row("clusters:cluster_list", get={200: "everyone"}),
    Row("directory:people", get={200: "everyone"}),
    Row("clusters:registry", get=LOOK),
    Row("clusters:registry_practices", get=LOOK),
    Row("clusters:registry_practices_csv", get=LOOK),
    Row("clusters:registry_practices_excel", get=LOOK),
    Row("clusters:practice_move", lambda w: [w.alder.code], get=KEEP, post=KEPT, data=_move),
    Row("clusters:practice_decide", lambda w: [w.alder.code], get=KEEP, post=KEPT, data=lambda w: {"decision": "kept"}),
    Row(
        "clusters:cluster_new",
        get=KEEP,
        post=KEPT,
        data=lambda w: {"name": "Juniper", "lead_hscp": w.strath.code, "starts_on": str(w.today), "make_up": "GP"},
    ),
    Row(
        "clusters:cluster_rename",
        lambda w: ["rowan"],
        get=KEEP,
        post=KEPT,
        data=lambda w: {"name": "Mountain ash", "make_up": "GP"},
    ),
    Row("clusters:role_list", get=LOOK),
    Row("clusters:role_assign", get=KEEP, post={200: "priya isla", 403: "olive"}),
    Row("clusters:role_assign", get=KEEP, post=KEPT, data=_new_deputy, query="?role=DEPUTY"),
    Row(
        "clusters:role_end",
        lambda w: [w.callum.roles_held.get().pk],
        get=KEEP,
        post=KEPT,
        data=lambda w: {"last_day": str(w.today)},
    ),
    Row("clusters:role_withdraw", lambda w: [w.gail.roles_held.get().pk], get=KEEP, post=KEPT),
    Row("clusters:person_sign_in", lambda w: [w.una.pk], get=WHOLE, post=WHOLLY, data=lambda w: {"allowed": "False"}),
    Row("clusters:practice_move_withdraw", lambda w: [w.alder.code], post=KEPT),
    Row(
        "clusters:locality_list",
        get=LOOK,
        post=KEPT,
        data=lambda w: {"hscp": w.strath.code, "name": "North Strath"},
    ),
    Row("clusters:locality", lambda w: [w.east.pk], get=KEEP, post=KEPT, data=lambda w: {"name": "Far East Strath"}),
]


def _waiting(w):
    """A practice list that waits for a decision."""
    return [upload_practice_list(data=as_file(small()), file_name="x.csv", as_of=w.today, by=w.priya).pk]


def _outdated(w):
    return {"fingerprint": "another"}


def _answered(w):
    """Every question of the list that waits answered, so that some answers change what its page shows."""
    shown = practice_lists.shown(PracticeList.objects.get(state="PREVIEW"))
    keys = [row["key"] for group in ("recodes", "mergers", "unexplained") for row in shown.details[group]]
    return {"fingerprint": shown.fingerprint, **dict.fromkeys(keys, "refuse")}


def _applied(w):
    """The practice list that was applied last."""
    day = w.today - timedelta(days=1)
    data = as_file(cluster("Brought", 70001, 3))
    import_practice_file(data=data, file_name="x.csv", as_of=day, by=w.priya)
    return [PracticeList.objects.get(as_of=day).pk]


def _a_file(w):
    return {"file": SimpleUploadedFile("list.csv", as_file(small())), "as_of": str(w.today)}


PRACTICE_LISTS = [
    Row("clusters:import_list", get=LOOK),
    Row("clusters:import_upload", get=WHOLE, post=WHOLE),
    Row("clusters:import_upload", post=WHOLLY, get=WHOLE, data=_a_file),
    Row("clusters:import_preview", _waiting, get=LOOK),
    Row("clusters:import_apply", _waiting, get=WHOLLY, post={200: "priya", 403: "olive isla"}, data=_outdated),
    Row("clusters:import_apply", _waiting, get=WHOLLY, post={200: "priya", 403: "olive isla"}, data=_answered),
    Row(
        "clusters:import_apply", _waiting, get=WHOLLY, post=WHOLLY, data=lambda w: {**_answered(w), "confirmed": "yes"}
    ),
    Row("clusters:import_lay_aside", _waiting, post=WHOLLY),
    Row("clusters:import_undo", _applied, get=WHOLE, post=WHOLLY),
]

ROWS: list[Row] = [*REGISTRY, *PRACTICE_LISTS]
