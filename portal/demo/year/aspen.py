"""Aspen: a cluster that has not met for months."""

from portal.demo.parts import Minute, Todo, Topic

MEETINGS = (
    Minute(
        ago=265,
        topics=(
            Topic(
                "Cover for training afternoons",
                "Three afternoons were cancelled. The out-of-hours service cannot promise cover.",
                "DISC",
                todos=(Todo("Propose four dates for the year", "cql", 28),),
            ),
        ),
    ),
    Minute(
        ago=158,
        shared="HSCP",
        away={2: "ABSENT", 3: "APOLOGY"},
        data=False,
        next_in=None,
        topics=(
            Topic(
                "Whether we can keep meeting",
                "Two of four practices were there. All four are short of clinicians.",
                "DISC",
                "We meet again when two more GPs have started.",
                "A meeting of two is not a cluster.",
                todos=(Todo("Find out what help other clusters get with minutes and figures", "cql", 30),),
            ),
        ),
    ),
)
