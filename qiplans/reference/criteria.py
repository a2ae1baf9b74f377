"""The questions that a topic is scored by (PLN-04), 0 to 3 each, every point with a word.

More is always better: "effort" has most points where least is needed. The words are ours; the questions are those of
the national guidance and of clusters that published how they choose.
"""

from dataclasses import dataclass

POINTS = (0, 1, 2, 3)


@dataclass(frozen=True)
class Criterion:
    """One question: its code, its short name, what it asks, and the words for 0, 1, 2 and 3."""

    code: str
    name: str
    question: str
    words: tuple[str, str, str, str]

    def word(self, points: int | None) -> str:
        return "not scored" if points is None else self.words[points]


CRITERIA = (
    Criterion(
        "need", "Need", "How many of our people does it concern, and how much?", ("hardly any", "few", "many", "most")
    ),
    Criterion(
        "impact",
        "Impact",
        "What would be better for them if it worked?",
        ("hardly anything", "a little", "much", "very much"),
    ),
    Criterion(
        "evidence",
        "Evidence",
        "How well is it known what helps?",
        ("not known", "opinions", "some studies", "guideline"),
    ),
    Criterion(
        "effort",
        "Effort",
        "How much work is it? Least work has most points.",
        ("too much", "a lot", "fits in", "hardly any"),
    ),
    Criterion(
        "relevance",
        "Every practice",
        "Does it matter to every practice here?",
        ("to one", "to some", "to most", "to every one"),
    ),
    Criterion(
        "inequalities",
        "Inequalities",
        "Would those who are worst off gain?",
        ("they would lose", "no difference", "some", "most of all"),
    ),
    Criterion("data", "Data", "Can we count whether it worked?", ("no", "by hand", "with some work", "already there")),
    Criterion(
        "fit",
        "Fit",
        "Does it fit the strategic plan and what others do now?",
        ("against it", "beside it", "fits", "asked for"),
    ),
)
NAMES = {c.code: c.name for c in CRITERIA}
MOST = len(CRITERIA) * POINTS[-1]
