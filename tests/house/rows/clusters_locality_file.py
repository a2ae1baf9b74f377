"""Who may upload localities by data zone: keepers of the registry, each for their part."""

from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.models import User
from clusters.selectors.locality_plans import locality_plan
from clusters.services.locality_file import ZoneFile, sealed
from practices.models import Practice
from tests.house.matrix import Row

KEEP = {200: "priya isla", 403: "olive"}
KEPT = {302: "priya isla", 403: "olive"}
ZONES = "DataZone,Locality\nS01900001,West Strath\n"


def _a_file(w):
    Practice.objects.filter(pk=w.alder.pk).update(data_zone="S01900001")
    return {"hscp": w.strath.code, "file": SimpleUploadedFile("zones.csv", ZONES.encode())}


def confirmed(w, who: User) -> dict[str, str]:
    """What the preview sends on for `who`."""
    Practice.objects.filter(pk=w.alder.pk).update(data_zone="S01900001")
    file = ZoneFile({"S01900001": "West Strath"}, 0, "zones.csv", "0" * 64)
    plan = locality_plan(w.strath, file.zones, on=w.today)
    return {"said": sealed(file, hscp=w.strath, by=who), "fingerprint": plan.fingerprint}


ROWS: list[Row] = [
    Row("clusters:locality_upload", get=KEEP, post=KEEP),
    Row("clusters:locality_upload", get=KEEP, post=KEEP, data=_a_file),
    Row("clusters:locality_confirm", get=KEPT, post=KEPT, data=lambda w: confirmed(w, w.priya)),
]
