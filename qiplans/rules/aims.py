"""The sentence of an aim, from its four parts. Plain Python; static/portal/aim.js builds the same as you type."""

PARTS = ("aim_by_when", "aim_how_much", "aim_what", "aim_where")

# Words that are small in the middle of a sentence, as parts begin with them when each is typed as a line of its own.
# Any other word keeps the letters that were typed: names, "COPD", "March".
SMALL = (
    "a across after all an and are around as at before between by children each eight end every everybody everyone"
    " five for four from half have in inside less more most no nobody nine of on one our over patients people"
    " seven six ten than that the their these they this three to twelve twice two under up who with within women men"
    " adults fewer at least practices staff appointments prescriptions referrals letters reviews"
).split()


def aim_sentence(*, aim_what: str, aim_where: str, aim_how_much: str, aim_by_when: str) -> str:
    """ "By the end of March, 75 in 100 people with diabetes have had all eight checks at our seven practices." """
    typed = [" ".join(part.split()).rstrip(" .,") for part in (aim_by_when, aim_how_much, aim_what, aim_where)]
    when = _begun_small(_without_by(typed[0]))
    rest = " ".join(_begun_small(part) for part in typed[1:] if part)
    return f"By {when}, {rest}." if when else f"{rest[:1].upper()}{rest[1:]}."


def missing_parts(parts: dict[str, str]) -> list[str]:
    """Names of the parts still empty, where at least one is filled: an aim has all four or is left as it stands."""
    empty = [name for name in PARTS if not parts.get(name, "").strip()]
    return [] if len(empty) == len(PARTS) else empty


def _without_by(when: str) -> str:
    return when[3:] if when.lower().startswith("by ") else when


def _begun_small(part: str) -> str:
    """ "In Rowan" as it stands within a sentence: "in Rowan"."""
    first = part.partition(" ")[0].rstrip(",;:")
    return f"{part[0].lower()}{part[1:]}" if first.capitalize() == first and first.lower() in SMALL else part
