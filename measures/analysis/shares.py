"""A figure from what was counted: a share, a rate, or the count itself."""

from decimal import ROUND_HALF_EVEN, Decimal

PER = {"PERCENT": Decimal(100), "RATE": Decimal(1000)}
PLACES = Decimal("0.0001")


def value_of(numerator: Decimal, denominator: Decimal | None, unit: str) -> Decimal | None:
    """The figure in its unit, to four places; None where there is nobody to take a share of."""
    if unit not in PER:
        return numerator
    if not denominator:
        return None
    return (numerator * PER[unit] / denominator).quantize(PLACES, ROUND_HALF_EVEN)
