"""How a figure is written: never in binary floats, never as "1e+06"."""

from decimal import Decimal
from fractions import Fraction

SIGNS = {"PERCENT": "%"}


def plain(value: Decimal | Fraction | float, *, places: int = 4) -> str:
    """A number as a person writes it: thousands parted by commas, no idle zeros, at most `places` decimals."""
    if isinstance(value, Fraction):
        value = Decimal(value.numerator) / Decimal(value.denominator)
    text = f"{Decimal(value):,.{places}f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text == "-0" else text


def with_unit(value: Decimal | Fraction | float, unit: str, *, places: int = 4) -> str:
    """A figure with its sign: "62.5%"; counts and rates stand bare, their unit is named on the axis."""
    return plain(value, places=places) + SIGNS.get(unit, "")


def rounded(value: Decimal | Fraction | float, unit: str) -> str:
    """A worked-out figure, such as a median, to two decimals; a small one to as many as it needs to be seen."""
    return with_unit(value, unit, places=2 if value == 0 or not -1 < value < 1 else 5)
