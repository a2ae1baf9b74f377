"""The two icons of Making Data Count in words: the variation of the latest point, and assurance against the goal."""

from dataclasses import dataclass

from measures.analysis.better import Better, Variation
from measures.analysis.making_data_count import Assurance
from measures.analysis.reading import Reading


@dataclass(frozen=True)
class Icon:
    """One icon: its letter, where its arrow points ("up", "down", ""), whether it stands out, and its words."""

    letter: str
    points: str
    is_filled: bool
    words: str


ASSURED = {
    Assurance.MET: Icon("P", "", True, "Assurance: if nothing changes, the goal will be met every time."),
    Assurance.MISSED: Icon("F", "", True, "Assurance: if nothing changes, the goal will be missed every time."),
    Assurance.HIT_OR_MISS: Icon("?", "", False, "Assurance: the goal will be hit or missed by chance."),
}
SPECIAL = {
    Variation.IMPROVEMENT: "Variation: special cause, and it is an improvement.",
    Variation.CONCERN: "Variation: special cause, and it is a concern.",
    Variation.HIGH: "Variation: special cause, towards higher figures.",
    Variation.LOW: "Variation: special cause, towards lower figures.",
}
COMMON = Icon("~", "", False, "Variation: common cause; the latest figure is nothing special.")


def icons_of(reading: Reading) -> list[Icon]:
    """Variation, then assurance where there is a goal; none where the latest phase has too few points."""
    found = [] if reading.variation is None else [_variation(reading.variation, reading.better)]
    return found if reading.assurance is None else [*found, ASSURED[reading.assurance]]


def _variation(variation: Variation, better: Better) -> Icon:
    if variation is Variation.COMMON:
        return COMMON
    good = variation is Variation.IMPROVEMENT
    is_high = variation is Variation.HIGH or (variation is not Variation.LOW and good == (better is Better.HIGHER))
    return Icon("H" if is_high else "L", "up" if is_high else "down", True, SPECIAL[variation])
