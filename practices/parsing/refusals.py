"""Why a file is not taken: line, column, what stands there, and the reason."""

from dataclasses import dataclass

WHOLE_FILE = "file"


@dataclass(frozen=True)
class Refusal:
    """One thing that is wrong: on which line (0: the file as a whole), in which column, what stands there, and why."""

    line: int
    field: str
    value: str
    reason: str


class Refused(Exception):
    """The file cannot be taken; `refusals` holds every reason."""

    def __init__(self, *refusals: Refusal) -> None:
        super().__init__(f"{len(refusals)} problems")
        self.refusals = refusals
