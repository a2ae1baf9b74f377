"""How a project moves. Plain Python."""

from qiplans.models import Project

State = Project.State

# From each state to the states that may follow. Work may go a step back; what was stopped may be taken up again.
MOVES: dict[str, tuple[str, ...]] = {
    State.IDEA: (State.SCOPING, State.TESTING, State.STOPPED),
    State.SCOPING: (State.TESTING, State.IDEA, State.STOPPED),
    State.TESTING: (State.IMPLEMENTING, State.SCOPING, State.COMPLETED, State.STOPPED),
    State.IMPLEMENTING: (State.SUSTAINED, State.COMPLETED, State.TESTING, State.STOPPED),
    State.SUSTAINED: (State.COMPLETED, State.IMPLEMENTING, State.STOPPED),
    State.COMPLETED: (State.IMPLEMENTING,),
    State.STOPPED: (State.IDEA, State.TESTING),
}
# The way a project usually goes: what the picture of its progress is drawn from.
USUAL_WAY = (State.IDEA, State.SCOPING, State.TESTING, State.IMPLEMENTING, State.SUSTAINED, State.COMPLETED)
NEEDS_REASON = frozenset({State.STOPPED})
OVER = frozenset({State.COMPLETED, State.STOPPED})


def may_move(from_state: str, to_state: str) -> bool:
    """Whether the table allows this move."""
    return to_state in MOVES[from_state]


def lags_behind(state: str, *, has_tests: bool) -> bool:
    """Whether a project stands before its tests though one is planned: whoever reads the plan takes it at its word."""
    return has_tests and state in (State.IDEA, State.SCOPING)
