"""What a card holds, and the guidance that cards rest on."""

from dataclasses import dataclass

HOURS_A_SESSION = 4


@dataclass(frozen=True)
class Source:
    """Guidance that a card rests on, named so that a reader can look it up."""

    title: str
    by: str
    year: int


FRAMEWORK = Source(
    "Improving Together: a national framework for quality and GP clusters in Scotland", "Scottish Government", 2017
)
CONTRACT = Source(
    "The 2018 General Medical Services Contract in Scotland", "Scottish Government and BMA Scotland", 2017
)


@dataclass(frozen=True)
class Card:
    """One role in our own words. `sessions` is the least time a month that is recommended, None where none is.

    `time` says what there is to say beside the sessions.
    """

    purpose: str
    alone: tuple[str, ...]
    consult: tuple[str, ...]
    refer: tuple[str, ...]
    sessions: int | None = None
    time: str = ""
    sources: tuple[Source, ...] = (FRAMEWORK,)

    @property
    def hours(self) -> int | None:
        """The recommended hours a month."""
        return None if self.sessions is None else self.sessions * HOURS_A_SESSION
