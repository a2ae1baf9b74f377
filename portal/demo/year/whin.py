"""Whin: blood pressure at home, next door."""

from portal.demo.parts import Goal, Minute, Series, Todo, Topic, Work, YearPlan

MEETINGS = (
    Minute(
        ago=176,
        shared="HSCP",
        data=True,
        topics=(
            Topic(
                "Blood pressure at home",
                "Two practices lend out monitors; readings come in on paper.",
                "DISC",
                "All four lend monitors and use the same form.",
                "Half of those with a high reading at the practice were well at home.",
                todos=(
                    Todo(
                        "Buy ten monitors and share them out", "practice 1", 60, 44, "Bought; lending list at each desk"
                    ),
                ),
            ),
        ),
    ),
    Minute(
        ago=66,
        agreed=True,
        data=True,
        away={3: "APOLOGY"},
        next_in=77,
        topics=(
            Topic(
                "Blood pressure at home: first hundred",
                "Of the first hundred people, 46 needed no medicine.",
                "DATA",
                todos=(Todo("Write to people how to send readings by text", "cql", 90),),
            ),
        ),
    ),
)
AT_HOME = Series(
    "Blood pressure measured at home before treatment begins",
    "People newly treated for high blood pressure who measured at home first, out of all newly treated.",
    (28, 31, 27, 33, 30, 36, 34, 41, 44, 43, 47, 49),
    goal=70,
)

PLANS = (
    YearPlan(
        "whin",
        170,
        (
            Goal(
                "Treat those who need it",
                "Half of the people with a high reading at the practice are well at home.",
                "INTR",
                (
                    Work(
                        "Measure at home first",
                        "70 in 100 people newly treated for high blood pressure have measured at home first.",
                        "It was 28 in 100.",
                        "hamza",
                        (1, 2, 3, 4),
                        ((160, "TESTING", ""),),
                        ((64, "Of the first hundred people, 46 needed no medicine."),),
                        shared="BOARD",
                        series=AT_HOME,
                    ),
                ),
            ),
        ),
        agreed=0,
    ),
)
