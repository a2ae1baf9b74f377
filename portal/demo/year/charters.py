"""What projects of the demo agreed with themselves, what they asked of the HSCP, and what the analyst was asked."""

from typing import Any

CHARTER = {
    "aim_how_much": "75 in 100",
    "aim_what": "people with type 2 diabetes have had all eight care processes",
    "aim_where": "at our seven practices",
    "aim_by_when": "the end of March",
    "problem": "Foot checks and urine samples are missing in two thirds of the gaps.",
    "benefits": "Fewer calls for each person, and one visit instead of three.",
    "out_of_scope": "People with type 1 diabetes, whom the hospital reviews.",
    "risks": "Texts do not reach people who changed their number.",
    "change_ideas": "One letter for all that is due\nA text a week later\nEvening clinics for people in work",
}
PARTNERS = (
    ("Practice nurses", "PROF", True),
    ("Podiatry", "PROF", True),
    ("Community diabetes nurses", "PROF", False),
)
MILESTONES = (
    ("All seven practices send the letter", -200, True),
    ("Evening clinics counted for a quarter", -9, False),
    ("Look back and decide whether to spread", 90, False),
)
VARIATION = "We ring instead of texting: a third of our patients have no mobile phone."
OUT = "Two of our doctors are away until spring; we will join then."
SUPPORT = (
    ("A podiatry session a month at one of the practices, for people who cannot travel.", 60, "PART"),
    ("An hour of a data facilitator, to bring the recall search to two practices with another system.", 6, ""),
)
REASONS = "A session every second month from next quarter; podiatry can’t staff more. We look at it again in spring."
PROGRESS = ("3.5", "Evening clinics are still too few to count.")
CARD = (
    "Prescribing and hospital data by practice and cluster, run charts, and how we compare with the rest of Scotland. "
    "A question that needs one source takes about a week."
)
ASKED = (
    (
        "Which of our practices send most people over 75 to hospital unplanned, and at what time of the week?",
        "Whether to move the frailty half-hour to a Friday.",
        70,
        "DELIVER",
    ),
    (
        "How many people on five or more medicines have had no talk about them in two years, by practice?",
        "Where the new pharmacist begins.",
        5,
        "",
    ),
)
USEFUL = "Friday afternoon stood out in three practices; the half-hour moved."
TEMPLATE: dict[str, Any] = {
    "title": "Lithium checks that nobody misses",
    "how_much": "19 in 20",
    "what": "people on lithium have had level, kidney and thyroid checked in time",
    "where": "in all our practices",
    "by_when": "twelve months from the start",
    "why": "A level that drifts unseen harms kidneys; each practice has few such patients and no routine for them.",
    "orientation": "INTR",
    "measure_name": "Lithium checked in time",
    "numerator": "People on lithium with level, kidney and thyroid checked in the last three months",
    "denominator": "People on lithium",
    "source": "A saved search, the same in all practices",
    "ideas": "One recall day a quarter\nA stop on the repeat after four months\nOne named nurse a practice",
    "first_test": "One practice rings its five patients and asks what made the last check hard.",
    "evidence": "Two clusters of ours did it last year.",
}
