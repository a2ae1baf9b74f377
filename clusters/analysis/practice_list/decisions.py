"""What somebody answers to the suggestions of a practice list: confirmed, refused, or left for later.

Each suggestion has a key (`rename-12`, `move-10012`, `recode-10001-10099`, `merger-10001-10002-10099`,
`missing-10022`): the name of its box on the page, and what the command line is told with `--confirm` and `--refuse`.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Self

from clusters.analysis.practice_list.succession import Closure, Merger, Recode

CONFIRM, REFUSE, LATER = "confirm", "refuse", "later"


def rename_key(cluster: int) -> str:
    """Of the suggestion that a cluster (by its id) goes by another name."""
    return f"rename-{cluster}"


def move_key(code: str) -> str:
    """Of the suggestion that a practice moves to another cluster."""
    return f"move-{code}"


def recode_key(recode: Recode) -> str:
    """Of the suggestion that a practice goes on under another code."""
    return f"recode-{recode.gone.code}-{recode.now.code}"


def merger_key(merger: Merger) -> str:
    """Of the suggestion that practices merged into one."""
    return f"merger-{'-'.join(gone.code for gone in merger.gone)}-{merger.into.code}"


def missing_key(closure: Closure) -> str:
    """Of the question what became of a practice that the list no longer has."""
    return f"missing-{closure.gone.code}"


def is_assumed(key: str) -> bool:
    """Whether silence confirms: clusters that go by another name and practices that move. The rest waits."""
    return key.startswith(("rename-", "move-"))


@dataclass(frozen=True)
class Decisions:
    """Answers by key, in one order, so that equal decisions are equal values."""

    answers: tuple[tuple[str, str], ...] = ()

    @classmethod
    def of(cls, answers: Mapping[str, str]) -> Self:
        return cls(tuple(sorted(answers.items())))

    @classmethod
    def said(cls, *, confirmed: Iterable[str] = (), refused: Iterable[str] = ()) -> Self:
        return cls.of(dict.fromkeys(confirmed, CONFIRM) | dict.fromkeys(refused, REFUSE))

    def answer(self, key: str) -> str:
        """CONFIRM, REFUSE or LATER; what nobody has answered is assumed or waits."""
        return dict(self.answers).get(key, CONFIRM if is_assumed(key) else LATER)

    def confirms(self, key: str) -> bool:
        return self.answer(key) == CONFIRM

    def refuses(self, key: str) -> bool:
        return self.answer(key) == REFUSE

    def over(self, earlier: "Decisions") -> "Decisions":
        """These answers, and the earlier ones where these say nothing."""
        return Decisions.of(dict(earlier.answers) | dict(self.answers))
