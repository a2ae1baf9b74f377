"""What a ready template of a project holds."""

from dataclasses import dataclass

WELSH = "Wales: quality improvement projects of the contract framework, 2019–20; in our own words."
EXAMPLES = "Examples of cluster work that Scottish clusters have published; in our own words. Adapt every number."


@dataclass(frozen=True)
class Counted:
    """A measure as somebody else could count it. Codes as `measures.models.Measure` stores them."""

    name: str
    numerator: str
    denominator: str
    source: str
    kind: str = "OUTCOME"
    direction: str = "UP"
    unit: str = "PERCENT"
    frequency: str = "MONTH"


@dataclass(frozen=True)
class Template:
    """A project ready to be started from: the aim in four parts, why, measures, change ideas, a first test."""

    slug: str
    title: str
    topic: str
    what: str
    where: str
    how_much: str
    by_when: str
    why: str
    measures: tuple[Counted, ...]
    ideas: tuple[str, ...]
    first_test: str
    evidence: str = EXAMPLES
    orientation: str = "INTR"


MEDICINES, LONG_TERM, MENTAL = "Medicines", "Long-term conditions", "Mental health"
OLDER, PATHWAYS, WORKING = "Frailty and end of life", "Pathways and letters", "How practices work"
OURS, SIX_MONTHS, YEAR = "in all our practices", "six months from today", "twelve months from today"
SEARCH, SAMPLE, TALLY = (
    "A saved search in the practice system",
    "A sample of ten a practice",
    "A tally kept by the team",
)
