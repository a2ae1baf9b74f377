"""The sentence of an aim, from its four parts. Plain Python; static/portal/aim.js builds the same as you type."""

PARTS = ("aim_by_when", "aim_how_much", "aim_what", "aim_where")


def aim_sentence(*, aim_what: str, aim_where: str, aim_how_much: str, aim_by_when: str) -> str:
    """ "By the end of March, 75 in 100 people with diabetes have had all eight checks at our seven practices." """
    parts = [part.strip().rstrip(".,") for part in (aim_by_when, aim_how_much, aim_what, aim_where)]
    when, rest = parts[0], " ".join(part for part in parts[1:] if part)
    return f"By {_without_by(when)}, {rest}." if when else f"{rest[:1].upper()}{rest[1:]}."


def missing_parts(parts: dict[str, str]) -> list[str]:
    """Names of the parts still empty, where at least one is filled: an aim has all four or is left as it stands."""
    empty = [name for name in PARTS if not parts.get(name, "").strip()]
    return [] if len(empty) == len(PARTS) else empty


def _without_by(when: str) -> str:
    return when[3:] if when.lower().startswith("by ") else when
