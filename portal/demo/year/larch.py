"""Larch: better days at home with frailty."""

from portal.demo.parts import Goal, Minute, Question, Series, Todo, Topic, Work, YearPlan

MEETINGS = (
    Minute(
        ago=301,
        data=True,
        topics=(
            Topic(
                "Who is frail, and do we know it",
                "Between 3 and 9 in 100 people over 65 are coded as severely frail, depending on the practice. "
                "The difference is in coding, not in people.",
                "DATA",
                "Everyone codes frailty with the same scale, at any contact.",
                "We cannot plan for people whom we have not counted.",
                todos=(
                    Todo(
                        "Put the frailty scale on the home visit template",
                        "practice 1",
                        28,
                        21,
                        "Template in use at all five practices",
                    ),
                ),
            ),
        ),
    ),
    Minute(
        ago=229,
        shared="HSCP",
        away={2: "APOLOGY"},
        data=True,
        topics=(
            Topic(
                "Plan for the year",
                "One priority, two projects. The work on falls waits for the physiotherapists.",
                "DECN",
                "The plan is agreed.",
                "Five of five practices want fewer things, done properly.",
            ),
            Topic(
                "Summaries for out of hours",
                (
                    "People with a current key information summary were admitted less often at night, as far as "
                    "small numbers can tell."
                ),
                "DATA",
                todos=(
                    Todo(
                        "Update ten summaries a practice each month",
                        "practice 3",
                        60,
                        55,
                        "Fifty done in the first month",
                    ),
                ),
                question=Question(
                    "Can the out-of-hours service tell us when a summary was opened?",
                    in_days=21,
                    reply="Not for single people. A count by practice will come every quarter.",
                    after=15,
                ),
            ),
        ),
    ),
    Minute(
        ago=146,
        shared="HSCP",
        away={4: "DEPUTY"},
        deputies={4: "Stuart Imrie"},
        data=True,
        topics=(
            Topic(
                "Community nurses at the practice meeting",
                "Where the nurses come for ten minutes a week, summaries are updated the same day.",
                "LEARN",
                "Every practice keeps ten minutes a week for the community nurses.",
                "It costs less than the telephone calls it saves.",
            ),
            Topic(
                "Support after a difficult complaint",
                "One colleague described what had helped.",
                "PEER",
                kept=True,
            ),
        ),
    ),
    Minute(
        ago=41,
        shared="HSCP",
        away={1: "ABSENT"},
        guests=(("{rhona}", "Locality"),),
        data=True,
        next_in=63,
        topics=(
            Topic(
                "Summaries: holding at seven in ten",
                "71 in 100 people with severe frailty have a current summary, for five months now.",
                "DATA",
                "The project moves to keeping it up; a count twice a year is enough.",
                "It no longer depends on anybody pushing.",
                todos=(
                    Todo("Say in half a page what made it work", "duncan", 60),
                    Todo("Put the count into the calendar for every sixth month", "morag", 28, 6, "In the calendar"),
                ),
            ),
            Topic(
                "Physiotherapy for people who have fallen",
                "The wait is eleven weeks. Two practices have stopped referring.",
                todos=(Todo("Find out how many referrals were sent back in the last six months", "rhona", 30),),
            ),
        ),
    ),
)
SUMMARIES = Series(
    "Severe frailty: key information summary up to date",
    "People coded as severely frail with a key information summary changed or checked in the last 12 months, out "
    "of all people coded as severely frail at the five practices.",
    (44, 43, 46, 45, 44, 47, 49, 52, 56, 59, 63, 66, 68, 71, 70, 71, 72, 71),
    goal=70,
    notes={7: "Ten minutes a week with the community nurses"},
)

PLANS = (
    YearPlan(
        "larch",
        300,
        (
            Goal(
                "Better days at home with frailty",
                (
                    "People who are frail see many teams. If each knows what matters to the person, fewer nights "
                    "end in hospital."
                ),
                "INTR",
                (
                    Work(
                        "Summaries that out of hours can trust",
                        (
                            "Within half a year, 70 in 100 people with severe frailty have a key information "
                            "summary checked in the last year."
                        ),
                        "Only 44 in 100 had one, and half of those were older than the person’s last admission.",
                        "duncan",
                        (1, 2, 3, 4, 5),
                        ((280, "TESTING", ""), (190, "IMPLEM", ""), (40, "SUSTAIN", "")),
                        (
                            (144, "Ten minutes a week with the community nurses at every practice."),
                            (39, "71 in 100 for five months; we count twice a year from now."),
                        ),
                        shared="BOARD",
                        series=SUMMARIES,
                    ),
                    Work(
                        "Physiotherapy after a fall",
                        "People who have fallen are seen by a physiotherapist within four weeks.",
                        "The wait is eleven weeks, and two practices have stopped referring.",
                        "larch1",
                        (1, 3),
                        ((140, "SCOPING", ""),),
                        ((95, "Two practices count how long people wait."),),
                        help="Waiting times from the physiotherapy service",
                        shared="BOARD",
                        review_in=-8,
                    ),
                ),
            ),
        ),
    ),
)
