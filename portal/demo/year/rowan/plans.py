"""What Rowan works on, this year and last."""

from portal.demo.parts import Goal, Series, Todo, Work, YearPlan

RECALL = Series(
    "Type 2 diabetes: all eight care processes",
    "People with type 2 diabetes whose eight care processes were all done in the last 15 months, out of all "
    "people with type 2 diabetes at the seven practices, on the last day of the month. Source: practice systems.",
    (
        57.6,
        58.4,
        57.9,
        58.8,
        57.2,
        58.1,
        58.6,
        57.8,
        58.3,
        59.1,
        61.4,
        64.2,
        66.1,
        67.0,
        68.4,
        69.9,
        70.3,
        70.1,
        71.2,
        71.0,
    ),
    goal=75,
    notes={9: "Recall letter tried at one practice", 11: "All seven practices send the letter and a text"},
)
RECONCILED = Series(
    "Repeat list updated within three working days of the discharge letter",
    "Discharge letters with a change of medicine whose repeat list was updated within three working days, out of "
    "a sample of ten letters a practice each month.",
    (41, 44, 39, 46, 43, 40, 47, 45, None, 52, 55, 51, 58, 60),
    goal=80,
    notes={8: "No sample: two practices changed their system", 9: "Two wards give reasons for changes"},
)
EVENING = Series(
    "Places taken at evening recall clinics",
    "Places taken out of places offered at evening clinics, all practices together.",
    (62, 75, 71, 83, 79),
    notes={0: "Two practices only"},
)

GOALS = (
    Goal(
        "People with long-term conditions are called once, for everything",
        "Five of seven practices named recall as their biggest pressure. One call for all that is due is kinder "
        "and quicker than four letters a year.",
        "INTR",
        (
            Work(
                "One recall for diabetes",
                "By the end of March, 75 in 100 people with type 2 diabetes at our seven practices have had all "
                "eight care processes in the last 15 months; it was 58.",
                (
                    "Foot checks and urine samples are missing in two thirds of the gaps, and both can be done in"
                    " one visit."
                ),
                "callum",
                (1, 2, 3, 4, 5, 6, 7),
                ((290, "SCOPING", ""), (252, "TESTING", ""), (205, "IMPLEM", "")),
                (
                    (251, "Letter ready; the first 40 people are asked next week."),
                    (168, "All seven practices send letter and text; 66 in 100."),
                    (77, "Holding at 70; asking at any visit does half the work."),
                    (36, "71 in 100. Evening clinics next, for people in work."),
                ),
                shared="SCOTLAND",
                series=RECALL,
                review_in=40,
            ),
            Work(
                "Evening recall clinics",
                (
                    "Within three months, each practice has offered one evening clinic and three in four places "
                    "were taken."
                ),
                "People under 50 come least, and say that they cannot leave work.",
                "asha",
                (1, 2, 7),
                ((36, "TESTING", ""),),
                (
                    (34, "First dates are set at two practices."),
                    (6, "Four of seven have a date; a clinic can be shared."),
                ),
                help="Nurse hours after six o’clock",
                todos=(
                    Todo("Find a nurse for two evenings a month", "asha", 14),
                    Todo("Say on all seven websites which evenings there are", "morag", 10),
                ),
                shared="BOARD",
                series=EVENING,
                review_in=25,
            ),
            Work(
                "Shared training afternoons",
                "Two afternoons a year with all seven practices closed together.",
                "We learn more from each other than from slides.",
                "morag",
                (1, 4),
                (
                    (200, "SCOPING", ""),
                    (
                        20,
                        "STOPPED",
                        "No cover could be found for any of the dates, with three agencies asked. What we "
                        "learned: ask for cover before choosing dates, and try lunchtimes by video first.",
                    ),
                ),
                ((150, "Two dates proposed."),),
                review_in=None,
            ),
        ),
    ),
    Goal(
        "Medicines are right after a stay in hospital",
        "In 29 of 70 letters that we read, a medicine had changed without a reason. We want to put it right with "
        "the hospital, not in spite of it.",
        "EXTR",
        (
            Work(
                "Reasons for changes in discharge letters",
                "Within a year, nine in ten discharge letters with a change of medicine say why, and the repeat "
                "list is right within three working days for 80 in 100.",
                "The pharmacist for discharge came to us and two wards have begun.",
                "beech",
                (1, 3, 4, 6),
                ((210, "SCOPING", ""), (120, "TESTING", "")),
                (
                    (174, "Median from letter to repeat list: four working days."),
                    (75, "Two medical wards have the required field."),
                    (33, "31 of 34 letters from the two wards give a reason."),
                ),
                help="The same field on all medical wards",
                shared="BOARD",
                series=RECONCILED,
            ),
            Work(
                "Antidepressants for longer than two years",
                "Everybody who has taken an antidepressant for two years is asked whether they still want it.",
                "One practice asked 20 people; eight wished to come off, slowly.",
                "willow",
                (7,),
                (),
                (),
            ),
        ),
    ),
)

PLANS = (
    YearPlan("rowan", 330, GOALS, agreed=3),
    YearPlan(
        "rowan",
        600,
        (
            Goal(
                "Urgent letters are read the day they come",
                (
                    "Letters waited three days at two practices. A shared rule for what is urgent was the first "
                    "thing that all seven agreed."
                ),
                "INTR",
                (
                    Work(
                        "A shared rule for urgent letters",
                        "All urgent letters are read on the day they come, at all seven practices.",
                        "Letters waited three days at two practices.",
                        "callum",
                        (1, 2, 3, 4, 5, 6, 7),
                        ((560, "SCOPING", ""), (540, "TESTING", ""), (480, "IMPLEM", ""), (400, "COMPLET", "")),
                        (
                            (470, "Two practices still find letters on Mondays."),
                            (402, "None waited in the last ten weeks."),
                        ),
                        shared="BOARD",
                        review_in=None,
                    ),
                ),
            ),
        ),
        agreed=0,
        last_year=True,
    ),
)
