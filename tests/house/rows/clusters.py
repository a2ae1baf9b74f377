"""Who may open what in clusters."""

from django.core.files.uploadedfile import SimpleUploadedFile

from clusters.services import upload_practice_list
from tests.house.matrix import Row
from tests.practices.lists import as_file, small

LOOK = {200: "priya olive"}
KEEP = {200: "priya", 403: "olive"}
KEPT = {302: "priya", 403: "olive"}


def _move(w):
    day = str(w.today)
    return {"to": "larch", "starts_on": day, "reason": "Nearer", "leaving": "rowan", "confirmed": "yes"}


def _new_deputy(w):
    return {
        "email": "new.deputy@example.org",
        "full_name": "Ewan Deputy",
        "place": w.alder.code,
        "starts_on": str(w.today),
    }


REGISTRY = [
    Row("clusters:cluster_list", get={200: "everyone"}),
    Row("clusters:people", get={200: "everyone"}),
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
        data=lambda w: {"name": "Juniper", "lead_hscp": w.strath.code, "starts_on": str(w.today)},
    ),
    Row("clusters:cluster_rename", lambda w: ["rowan"], get=KEEP, post=KEPT, data=lambda w: {"name": "Mountain ash"}),
    Row("clusters:role_list", get=LOOK),
    Row("clusters:role_assign", get=KEEP, post={200: "priya", 403: "olive"}),
    Row("clusters:role_assign", get=KEEP, post=KEPT, data=_new_deputy, query="?role=DEPUTY"),
    Row(
        "clusters:role_end",
        lambda w: [w.callum.roles_held.get().pk],
        get=KEEP,
        post=KEPT,
        data=lambda w: {"last_day": str(w.today)},
    ),
    Row("clusters:role_withdraw", lambda w: [w.gail.roles_held.get().pk], get=KEEP, post=KEPT),
    Row("clusters:person_sign_in", lambda w: [w.una.pk], get=KEEP, post=KEPT, data=lambda w: {"allowed": "False"}),
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


def _a_file(w):
    return {"file": SimpleUploadedFile("list.csv", as_file(small())), "as_of": str(w.today)}


PRACTICE_LISTS = [
    Row("clusters:import_list", get=LOOK),
    Row("clusters:import_upload", get=KEEP, post={200: "priya", 403: "olive"}),
    Row("clusters:import_upload", post=KEPT, get=KEEP, data=_a_file),
    Row("clusters:import_preview", _waiting, get=LOOK),
    Row("clusters:import_apply", _waiting, post=KEPT),
    Row("clusters:import_lay_aside", _waiting, post=KEPT),
]

ROWS: list[Row] = [*REGISTRY, *PRACTICE_LISTS]
