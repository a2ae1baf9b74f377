"""Who may open the maps of the system."""

from tests.house.matrix import Row

ABOVE = "heather lewis rhona bruce duncan"
REGISTRY = "olive priya isla"
INSIDE_ROWAN = "asha callum morag pam tom"

ROWS = [
    Row("reporting:cluster_map", lambda w: [w.rowan.forum.slug], get={200: f"{INSIDE_ROWAN} {ABOVE} {REGISTRY}"}),
    Row("reporting:hscp_map", lambda w: [w.strath.code], get={200: f"{INSIDE_ROWAN} {ABOVE} {REGISTRY}"}),
]
