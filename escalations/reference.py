"""The NHSScotland 5×5 risk matrix, and how long a rung may take. Code tables: no database, no framework."""

from dataclasses import dataclass

LIKELIHOOD = ((1, "1 Rare"), (2, "2 Unlikely"), (3, "3 Possible"), (4, "4 Likely"), (5, "5 Almost certain"))
IMPACT = ((1, "1 Negligible"), (2, "2 Minor"), (3, "3 Moderate"), (4, "4 Major"), (5, "5 Extreme"))

# Working days: for the cluster's own rung, for one that the HSCP has not set, and for a confidential matter.
CLUSTER_DAYS = 10
USUAL_DAYS = 20
CONFIDENTIAL_DAYS = 10


@dataclass(frozen=True)
class Band:
    """A band of the matrix: its word, the shape beside it, and the score it begins at."""

    word: str
    shape: str
    starts_at: int


BANDS = (Band("Very high", "◆", 20), Band("High", "▲", 10), Band("Medium", "■", 4), Band("Low", "●", 1))


def band_of(likelihood: int, impact: int) -> Band:
    """The band by product: 1–3 low, 4–9 medium, 10–16 high, 20–25 very high. Raises ValueError off the matrix."""
    if not (1 <= likelihood <= 5 and 1 <= impact <= 5):
        raise ValueError(f"{likelihood} × {impact} is not on the 5×5 matrix")
    return next(band for band in BANDS if likelihood * impact >= band.starts_at)
