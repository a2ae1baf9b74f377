"""Before a forum closes, upper floors say what still needs it. Setting: `FORUM_CLOSINGS`."""

from dataclasses import dataclass

from clusters.models import Forum
from shared.plugs import plugged


@dataclass(frozen=True)
class ReasonToStay:
    """Why a forum cannot close yet, in a sentence that says what to do first."""

    sentence: str


def reasons_to_stay(forum: Forum) -> list[str]:
    """The sentences of everybody who still needs the forum; none when it may close.

    Each function named in `FORUM_CLOSINGS` takes the forum and gives a list of `ReasonToStay`.
    """
    return [reason.sentence for function in plugged("FORUM_CLOSINGS") for reason in function(forum)]
