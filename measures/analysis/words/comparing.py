"""Whether the latest phase differs from the one before, in one sentence (DAT-18)."""

from measures.analysis.before_after import BeforeAfter, Change, before_and_after
from measures.analysis.better import meaning_of
from measures.analysis.reading import Reading
from measures.analysis.run_chart import ENOUGH
from measures.analysis.words.names import centre_name, side_of
from measures.analysis.words.telling import Write


def compared(reading: Reading, write: Write, since: str) -> str:
    """The sentence; empty with one phase. `since` is what the latest phase is called."""
    found, centre = before_and_after(reading), centre_name(reading.kind)
    if found is None or found.before.centre is None or found.after.centre is None:
        return ""
    old, new = write(found.before.centre), write(found.after.centre)
    if found.change is Change.NO_BASELINE:
        return (
            f"Before and after can’t be compared yet: before {since} {found.before.useful} points lie off the "
            f"{centre}, and {ENOUGH} are needed."
        )
    moved = (found.after.centre > found.before.centre) - (found.after.centre < found.before.centre)
    side = side_of(meaning_of({1: "above", -1: "below", 0: ""}[moved], reading.better))
    return f"Before and after: the {centre} was {old} before {since} and is {new} since{side}; {_lasted(found, old)}."


def _lasted(found: BeforeAfter, old: str) -> str:
    if found.change is Change.TOO_EARLY:
        return f"too early to say whether that lasts, which takes {found.needed} points in a row on one side of {old}"
    if found.change is Change.NONE:
        return f"no {found.needed} points in a row since lie on one side of {old}, so no change is shown"
    if found.change is Change.NOT_HELD:
        return f"{found.count} points in a row lay {found.way} {old}, but the latest do not: the change has not held"
    return f"the last {found.count} points all lie {found.way} {old}, so the change is sustained so far"
