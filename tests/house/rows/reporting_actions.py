"""Who sees what the HSCP owes a cluster, and how many actions are done."""

from tests.house.matrix import Row
from tests.house.rows.reporting import ABOVE, INSIDE_ROWAN, REGISTRY

REACHES_STRATH = "callum morag asha pam tom lewis rhona duncan bruce priya olive isla"

ROWS = [
    Row("reporting:cluster_waiting", lambda w: ["rowan"], get={200: f"{INSIDE_ROWAN} {ABOVE}", 403: REGISTRY}),
    Row("reporting:hscp_actions", lambda w: [w.strath.code], get={200: "heather", 403: REACHES_STRATH}),
]
