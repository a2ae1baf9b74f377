"""Who may open which place: everybody the tree, as far as they reach."""

from tests.house.matrix import Row
from tests.house.rows.reporting import ABOVE, INSIDE_ROWAN, REGISTRY

ROWS: list[Row] = [
    Row("reporting:places", get={200: "everyone"}),
    Row("reporting:hscp", lambda w: [w.strath.code], get={200: f"{INSIDE_ROWAN} {ABOVE} {REGISTRY}"}),
]
