"""Sycamore: twelve practices, medicines reviewed one way."""

from portal.demo.parts import Goal, Minute, Question, Series, Todo, Topic, Work, YearPlan

MEETINGS = (
    Minute(
        ago=310,
        data=True,
        away={6: "APOLOGY", 9: "ABSENT"},
        topics=(
            Topic(
                "How twelve practices review antidepressants",
                "Four have a yearly recall, five review when a request comes in, three could not say.",
                "DATA",
                "One way of reviewing for all twelve, tried in three practices first.",
                "Twelve ways cannot be compared or helped.",
                todos=(
                    Todo("Write the review on one page", "farzana", 35, 33, "One page, read by three pharmacists"),
                    Todo("Find out who is in the first three", "ewan", 14, 10, "Practices 1, 3 and 7"),
                ),
            ),
        ),
    ),
    Minute(
        ago=238,
        shared="HSCP",
        data=True,
        away={4: "DEPUTY", 9: "ABSENT", 11: "APOLOGY"},
        deputies={4: "Ann Lee"},
        topics=(
            Topic(
                "The plan",
                "Two priorities: reviews of medicines, and blood tests close to home.",
                "DECN",
                "The plan is agreed, with the blood tests as a trial.",
                "Ten of twelve were there, nobody was against.",
            ),
            Topic(
                "A shared phlebotomy hub",
                "{sycamore3} has a room free on two mornings.",
                todos=(
                    Todo("Work out what one morning of phlebotomy costs", "ewan", 30, 28, "Costs sent to the locality"),
                ),
                question=Question(
                    "Will the HSCP pay for one phlebotomist on two mornings as a trial?",
                    to="catriona",
                    in_days=28,
                    reply="For three months, from the locality’s small projects money.",
                    after=18,
                ),
            ),
        ),
    ),
    Minute(
        ago=155,
        shared="HSCP",
        data=True,
        away={1: "APOLOGY", 9: "DEPUTY"},
        deputies={9: "Jyoti Bhatt"},
        topics=(
            Topic(
                "Reviews in all twelve practices",
                (
                    "The first three went from 31 to 52 in 100 in four months. What helped most was the "
                    "pharmacist’s telephone call."
                ),
                "DATA",
                "All twelve begin next month.",
                "Three practices of different sizes saw the same.",
                todos=(
                    Todo("Show the other nine how the search works", "practice 3", 30, 26, "Two lunchtime sessions"),
                    Todo(
                        "Share the tapering table with community pharmacies",
                        "farzana",
                        42,
                        35,
                        "Sent through the pharmacy lead",
                    ),
                ),
            ),
            Topic(
                "Phlebotomy hub: we stop",
                (
                    "The hub took a third of the bloods that we had hoped for; people would rather wait a day and"
                    " stay local."
                ),
                "DECN",
                "The hub stops at the end of the trial.",
                "People voted with their feet, and the money does more elsewhere.",
            ),
        ),
    ),
    Minute(
        ago=58,
        shared="HSCP",
        data=True,
        away={2: "ABSENT", 9: "ABSENT", 10: "APOLOGY"},
        mode="PERSON",
        next_in=84,
        topics=(
            Topic(
                "Reviews: half a year with all twelve",
                (
                    "61 in 100 have had a review in the last year; it was 34. Eleven practices are up, one has "
                    "had no pharmacist."
                ),
                "DATA",
                todos=(
                    Todo(
                        "Lend a pharmacist for two mornings to the practice without one",
                        "practice 7",
                        30,
                        21,
                        "Done; 46 reviews",
                    ),
                    Todo("Draw the figures by practice for those who agree to it", "lewis", 42),
                ),
            ),
            Topic(
                "A prescribing slip and what we changed",
                "Two medicines with names alike. Each practice looked at its own short list.",
                "SEA",
                kept=True,
                todos=(Todo("Turn on the warning for names that look alike", "practice 11", 45),),
            ),
        ),
    ),
)
ANTIDEPRESSANTS = Series(
    "Antidepressant for longer than two years: reviewed in the last year",
    "People who have had an antidepressant for longer than two years with a review in the last 12 months, out of "
    "all who have had one that long, at the twelve practices.",
    (33, 34, 32, 33, 35, 34, 33, 31, 34, 33, 34, 35, 36, 38, 41, 44, 46, 49, 52, 55, 57, 58, 60, 61),
    goal=65,
    notes={12: "Three practices try the one-page review", 16: "All twelve practices"},
)

PLANS = (
    YearPlan(
        "sycamore",
        305,
        (
            Goal(
                "One way of reviewing medicines",
                "Twelve practices had twelve ways. One way can be compared, taught and helped by the pharmacy team.",
                "INTR",
                (
                    Work(
                        "Antidepressants for longer than two years",
                        (
                            "By March, 65 in 100 people with an antidepressant for longer than two years have had"
                            " a review in the last year."
                        ),
                        "Three practices could not say how many had been reviewed.",
                        "farzana",
                        (1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12),
                        ((300, "TESTING", ""), (150, "IMPLEM", "")),
                        (
                            (153, "From 31 to 52 in 100 at the first three practices."),
                            (56, "61 in 100; eleven of twelve practices are up."),
                        ),
                        shared="BOARD",
                        series=ANTIDEPRESSANTS,
                    ),
                    Work(
                        "Names that look alike",
                        (
                            "No two medicines with names alike stand next to each other on a repeat list without "
                            "a warning."
                        ),
                        "A slip, found in time.",
                        "sycamore11",
                        (2, 11),
                        ((55, "SCOPING", ""),),
                        (),
                    ),
                ),
            ),
            Goal(
                "Blood tests close to home",
                "Patients travel an hour for a blood test that the practice next door could take.",
                "EXTR",
                (
                    Work(
                        "A shared phlebotomy hub",
                        "A third of hospital blood tests are taken at one practice on two mornings a week.",
                        "One practice has a free room, the locality has money for three months.",
                        "ewan",
                        (1, 3, 4, 7),
                        (
                            (235, "TESTING", ""),
                            (
                                152,
                                "STOPPED",
                                "The hub took a third of the bloods that we had hoped for. People would rather "
                                "wait a day and stay local. What we learned: ask patients where they would go "
                                "before finding a room.",
                            ),
                        ),
                        ((190, "Eleven bloods a morning; we had hoped for thirty."),),
                        shared="BOARD",
                        review_in=None,
                    ),
                ),
            ),
        ),
    ),
)
