"""Blackthorn: a cluster in two HSCPs."""

from portal.demo.parts import Goal, Minute, Question, Series, Todo, Topic, Work, YearPlan

MEETINGS = (
    Minute(
        ago=283,
        data=True,
        topics=(
            Topic(
                "One cluster, two HSCPs",
                (
                    "Four practices refer to one community team and two to another. The forms differ, the waits "
                    "differ by six weeks."
                ),
                "DISC",
                "We keep one list of who to call for what, on both sides.",
                "Nobody else will write it for us.",
                todos=(
                    Todo(
                        "Write the list of who to call, on both sides",
                        "oluwaseun",
                        42,
                        39,
                        "List in the cluster folder, checked by both teams",
                    ),
                ),
            ),
        ),
    ),
    Minute(
        ago=199,
        shared="HSCP",
        data=True,
        away={5: "APOLOGY"},
        topics=(
            Topic(
                "Gabapentinoids: reviews with the pharmacist",
                (
                    "About 5 in every 1,000 patients take one together with an opioid. Reviews take 20 minutes "
                    "and are welcome."
                ),
                "DATA",
                "Every practice reviews those who take both within three months.",
                "The risk is in the combination.",
                todos=(
                    Todo(
                        "Search for people who take both, and offer a review",
                        "practice 2",
                        90,
                        80,
                        "All offered; 83 in 100 reviewed",
                    ),
                ),
            ),
        ),
    ),
    Minute(
        ago=86,
        shared="BOARD",
        data=True,
        away={0: "DEPUTY"},
        deputies={0: "Fiona Guthrie"},
        topics=(
            Topic(
                "Gabapentinoids: done",
                "3 in every 1,000 take both now. Two practices have written down how they did it.",
                "LEARN",
                "The project is complete.",
                "What is left are people for whom it was decided with care.",
            ),
            Topic(
                "District nursing on both sides",
                "Wounds from the same operation are dressed by different teams under different rules.",
                question=Question(
                    "Can both HSCPs use one form for wound care after surgery?",
                    to="heather",
                    in_days=28,
                    reply="Both leads have agreed to try the shorter of the two forms from next month.",
                    after=19,
                ),
            ),
        ),
    ),
    Minute(
        ago=23,
        shared="HSCP",
        data=True,
        away={3: "APOLOGY", 5: "ABSENT"},
        next_in=49,
        topics=(
            Topic(
                "What next",
                "Three ideas: wound care, cancer referrals that come back, shared telephone lines on Monday mornings.",
                "DISC",
                todos=(
                    Todo("Bring one page on cancer referrals that come back", "gregor", 42),
                    Todo("Bring one page on Monday mornings", "pql 5", 42),
                ),
            ),
        ),
    ),
)
GABAPENTINOIDS = Series(
    "Gabapentinoid together with an opioid",
    "People with a gabapentinoid and an opioid on repeat prescription, per 1,000 registered patients.",
    (5.2, 5.3, 5.1, 5.2, 5.4, 5.1, 5.0, 4.8, 4.5, 4.1, 3.8, 3.5, 3.3, 3.2, 3.1, 3.1),
    unit="RATE",
    direction="DOWN",
    goal=3.5,
    notes={7: "Reviews with the pharmacist begin"},
)

PLANS = (
    YearPlan(
        "blackthorn",
        280,
        (
            Goal(
                "Safer medicines for pain",
                "Both HSCPs measure it, and the combination of two medicines is where harm happens.",
                "INTR",
                (
                    Work(
                        "Gabapentinoids with opioids: a review for everybody",
                        "Fewer than 3.5 in every 1,000 patients take a gabapentinoid together with an opioid.",
                        "It was 5.2, and nobody had asked for two years.",
                        "blackthorn2",
                        (1, 2, 3, 4, 5, 6),
                        ((260, "TESTING", ""), (195, "IMPLEM", ""), (84, "COMPLET", "")),
                        (
                            (120, "83 in 100 have had their review."),
                            (85, "3.1 per 1,000. What is left was decided with care."),
                        ),
                        shared="SCOTLAND",
                        series=GABAPENTINOIDS,
                        review_in=None,
                    ),
                ),
            ),
            Goal(
                "The same wound care on both sides",
                "Wounds from the same operation are dressed by different teams under different rules.",
                "EXTR",
                (
                    Work(
                        "One form for wound care after surgery",
                        "Both HSCPs use one form, and no patient is sent back for the other one.",
                        "Six in ten referrals came back for another form.",
                        "oluwaseun",
                        (1, 3, 5),
                        ((80, "SCOPING", ""), (22, "TESTING", "")),
                        ((60, "Both leads have agreed to the shorter form."),),
                        shared="BOARD",
                    ),
                ),
            ),
        ),
    ),
)
