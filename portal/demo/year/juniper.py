"""Juniper: two rural practices."""

from portal.demo.parts import Goal, Minute, Question, Series, Todo, Topic, Work, YearPlan

MEETINGS = (
    Minute(
        ago=267,
        mode="PERSON",
        topics=(
            Topic(
                "Two practices, one nurse for long-term conditions",
                "Neither practice can fill a post for one day a week. Together it is a post of two days.",
                "DECN",
                "We advertise one post together.",
                "Nobody applied for the two single days in eight months.",
                todos=(
                    Todo(
                        "Write the advertisement and agree who employs", "cql", 28, 25, "Advertised; {juniper1} employs"
                    ),
                ),
            ),
        ),
    ),
    Minute(
        ago=132,
        shared="HSCP",
        data=True,
        topics=(
            Topic(
                "Missed appointments",
                (
                    "33 in every 1,000 patients missed an appointment in the quarter. The bus times explain more "
                    "than we thought."
                ),
                "DATA",
                "Morning appointments for those on the first bus are kept until the day before.",
                "Nine of the last fourteen who missed came by bus.",
                todos=(
                    Todo(
                        "Keep four morning appointments for people who come by bus",
                        "practice 2",
                        21,
                        19,
                        "Kept since the start of the next month",
                    ),
                ),
            ),
        ),
    ),
    Minute(
        ago=48,
        shared="HSCP",
        data=True,
        next_in=84,
        topics=(
            Topic(
                "The shared nurse, three months on",
                "Reviews that had waited for half a year are done. Both practices want to keep the post.",
                "LEARN",
                todos=(Todo("Agree how costs are shared next year", "cql", 90),),
                question=Question(
                    "Can the travel between our two practices be paid as for community staff?",
                    in_days=21,
                    reply="Yes, from next month, on the usual form.",
                    after=11,
                ),
            ),
        ),
    ),
)
MISSED = Series(
    "Missed appointments",
    "Appointments that were missed without a call, per 1,000 registered patients, both practices together.",
    (35.2, 34.1, 36.0, 33.4, 29.8, 27.5, 26.9, 27.2),
    unit="RATE",
    direction="DOWN",
    frequency="QUARTER",
    notes={4: "Morning appointments kept for people who come by bus"},
)

PLANS = (
    YearPlan(
        "juniper",
        260,
        (
            Goal(
                "Appointments that people can reach",
                (
                    "The buses decide who comes. Two small practices can change their hours more easily than the "
                    "bus company."
                ),
                "INTR",
                (
                    Work(
                        "Appointments that fit the bus",
                        "Missed appointments fall below 28 per 1,000 patients a quarter.",
                        "Nine of fourteen people who missed an appointment came by bus.",
                        "shona",
                        (1, 2),
                        ((150, "TESTING", ""), (50, "IMPLEM", "")),
                        (
                            (128, "Four morning appointments kept until the day before."),
                            (46, "27 per 1,000, for the second quarter."),
                        ),
                        shared="BOARD",
                        series=MISSED,
                    ),
                ),
            ),
        ),
    ),
)
