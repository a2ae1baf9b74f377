"""What a practice's figures say, in words. Plain Python."""

# The portal's own lines, not a national standard: in April 2024 about a sixth of practices lay below and a sixth above.
SMALL_LIST, LARGE_LIST = 3_000, 10_000


def size_words(*, gps: int | None, patients: int | None) -> list[str]:
    """What follows from the figures: "single-handed", "small list", "large list". Derived, never typed."""
    words = ["single-handed"] if gps == 1 else []
    if patients is not None and patients < SMALL_LIST:
        words.append("small list")
    if patients is not None and patients > LARGE_LIST:
        words.append("large list")
    return words
