"""What a year is told in: the shapes of the tables beside this file.

Places and people are named by keys ("rowan", "alder", "callum"); texts name a practice or a cluster as `{alder}`, so
that the same year fits the clusters of a real practice file. Days count back from today (`ago`) or on from the
meeting (`in_days`), so that the demo never grows old.
"""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Place:
    """A practice: its key, name, list size at the first practice list, and the yearly change in patients."""

    key: str
    name: str
    patients: int
    a_year: int = 40
    neighbour: bool = False


@dataclass(frozen=True)
class Grouping:
    """A cluster: who leads it, where it lies, how large it is looked for in a real file."""

    key: str
    name: str
    locality: str
    practices: tuple[Place, ...]
    leads: tuple[str, ...]
    mission: str
    neighbour: bool = False
    weekday: int = 3
    at: str = "12:30"


@dataclass(frozen=True)
class Former:
    """A practice of the past, named by the practice lists up to the one that is `since` from the last (1).

    `kind` says how it went on in the practices `into`; `people` are role and name of who worked there.
    """

    place: Place
    cluster: str
    kind: str
    into: tuple[str, ...]
    since: int
    reason: str
    people: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Todo:
    """Something somebody will do. `owner`: a person's key, "cql", "pql 2" or "practice 2" (counted from 1)."""

    what: str
    owner: str
    in_days: int = 28
    done_after: int | None = None
    evidence: str = ""


@dataclass(frozen=True)
class Question:
    """One line to somebody above the cluster, and the reply if there is one yet."""

    text: str
    to: str = "heather"
    in_days: int = 14
    reply: str = ""
    after: int = 8


@dataclass(frozen=True)
class Topic:
    """One thing that was covered at a meeting."""

    title: str
    said: str
    kind: str = "DISC"
    decision: str = ""
    because: str = ""
    kept: bool = False
    todos: tuple[Todo, ...] = ()
    question: Question | None = None
    options: str = ""
    against: str = ""
    how: str = ""
    review_in: int | None = None


@dataclass(frozen=True)
class Minute:
    """One meeting, `ago` days back. `away` says who was not there in person; everybody else was."""

    ago: int
    topics: tuple[Topic, ...]
    away: dict[int, str] = field(default_factory=dict)
    deputies: dict[int, str] = field(default_factory=dict)
    guests: tuple[tuple[str, str], ...] = ()
    shared: str = "CLUSTER"
    mode: str = "VIDEO"
    data: bool | None = None
    draft: bool = False
    circulated: bool = False
    agreed: bool = False
    next_in: int | None = 35


@dataclass(frozen=True)
class Series:
    """A measure and its figures, oldest first, up to last month. `notes`: place in the series to words."""

    name: str
    definition: str
    values: tuple[float | None, ...]
    unit: str = "PERCENT"
    direction: str = "UP"
    frequency: str = "MONTH"
    goal: float | None = None
    notes: dict[int, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Work:
    """A project: its aim, the states it went through (days ago, state, reason) and what was written on the way.

    What is still to be done for it is due so many days from today.
    """

    title: str
    aim: str
    why_now: str
    lead: str
    practices: tuple[int, ...]
    moves: tuple[tuple[int, str, str], ...] = ()
    updates: tuple[tuple[int, str], ...] = ()
    help: str = ""
    shared: str = ""
    review_in: int | None = 60
    series: Series | None = None
    todos: tuple[Todo, ...] = ()


@dataclass(frozen=True)
class Goal:
    """A priority of a plan with its projects."""

    title: str
    purpose: str
    orientation: str
    works: tuple[Work, ...]


@dataclass(frozen=True)
class YearPlan:
    """A cluster's plan, begun so many days ago. `agreed`: at which of its meetings (from 0), None for a draft."""

    cluster: str
    begun: int
    goals: tuple[Goal, ...]
    agreed: int | None = 1
    last_year: bool = False


@dataclass(frozen=True)
class Turn:
    """A step after raising: so many working days after it was raised, by whom, which verb, with which words."""

    after: int
    who: str
    verb: str
    words: str = ""


@dataclass(frozen=True)
class Matter:
    """An escalation: raised so many working days ago, with what followed."""

    ago: int
    by: str
    cluster: str
    title: str
    theme: str
    situation: str
    background: str
    assessment: str
    ask: str
    tried: str
    likelihood: int
    impact: int
    practice: str = ""
    skips_cluster: bool = False
    confidential: bool = False
    named_lead: str = ""
    viewers: tuple[str, ...] = ()
    needed_in: int | None = None
    turns: tuple[Turn, ...] = ()
