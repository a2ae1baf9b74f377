"""Birch: asthma, next door."""

from portal.demo.parts import Goal, Minute, Question, Series, Todo, Topic, Work, YearPlan

MEETINGS = (
    Minute(
        ago=240,
        data=True,
        topics=(
            Topic(
                "Asthma: reliever inhalers",
                "One person in nine was given more than six relievers in a year.",
                "DATA",
                "A review is offered with the seventh.",
                "Six or more a year tells us that the asthma is not controlled.",
                todos=(
                    Todo("Set the limit on repeat prescriptions", "practice 1", 28, 26, "Set at all five practices"),
                ),
            ),
        ),
    ),
    Minute(
        ago=128,
        shared="HSCP",
        data=True,
        away={2: "APOLOGY"},
        topics=(
            Topic(
                "Reviews by video",
                "People in work like them; inhaler technique can be seen well enough.",
                "LEARN",
                question=Question(
                    "Can the respiratory nurses join our video reviews one morning a month?",
                    to="alasdair",
                    in_days=21,
                    reply="One nurse can, on first Mondays.",
                    after=14,
                ),
            ),
        ),
    ),
    Minute(
        ago=30,
        circulated=True,
        shared="CLUSTER",
        data=True,
        next_in=56,
        topics=(
            Topic(
                "Seven relievers and a review: is it working?",
                "8 in 100 instead of 11. One practice has had no change and is looking into why.",
                "DATA",
                todos=(Todo("Read twenty prescriptions at the practice without change", "cql", 45),),
            ),
        ),
    ),
)
RELIEVERS = Series(
    "More than six reliever inhalers in a year",
    (
        "People with asthma who were given more than six reliever inhalers in the last 12 months, out of all "
        "people with asthma."
    ),
    (11.2, 11.4, 11.0, 11.3, 11.1, 10.9, 10.2, 9.7, 9.4, 8.8, 8.5, 8.2),
    direction="DOWN",
    goal=6,
    notes={5: "A review is offered with the seventh inhaler"},
)

PLANS = (
    YearPlan(
        "birch",
        230,
        (
            Goal(
                "Breathing well",
                "One person with asthma in nine uses more relievers than is safe.",
                "INTR",
                (
                    Work(
                        "A review with the seventh inhaler",
                        "Fewer than 6 in 100 people with asthma are given more than six relievers in a year.",
                        "Relievers were on repeat without a limit at three of five practices.",
                        "nell",
                        (1, 2, 3, 4, 5),
                        ((220, "TESTING", ""), (125, "IMPLEM", "")),
                        (
                            (126, "Limit set at all five practices."),
                            (29, "8 in 100; one practice has had no change yet."),
                        ),
                        shared="BOARD",
                        series=RELIEVERS,
                    ),
                ),
            ),
        ),
        agreed=0,
    ),
)
