"""Topics that Rowan talks about for its next plan: who, title, why, where from, how it is known, figures, days ago."""

PUT_FORWARD = (
    (
        "pam",
        "One way to send blood forms to the hospital lab",
        "Every practice prints its own form; one in ten samples comes back because a box is empty.",
        "EVENT",
        "Three significant events this year, in three practices.",
        "Count of returned samples, by practice and month",
        34,
    ),
    (
        "asha",
        "Long-term pain: less oxycodone, more of what helps",
        "Doses have crept up, and the pain service has a wait of a year.",
        "DATA",
        "National Therapeutic Indicators: two of our practices stand well above the rest.",
        "National Therapeutic Indicators, quarterly",
        21,
    ),
    (
        "callum",
        "Anticoagulation in atrial fibrillation",
        "Each stroke that is not prevented is one too many, and the list is quickly made.",
        "LIST",
        "SIGN 152; Scottish Government: Heart Disease Action Plan (2021).",
        "Scottish Therapeutics Utility; SPIRE.",
        12,
    ),
)
SUGGESTION = {"Anticoagulation in atrial fibrillation": "fibrillation"}
# The points that were agreed at a meeting, by title, and what was said.
SCORES: dict[str, tuple[dict[str, int | None], str]] = {
    "One way to send blood forms to the hospital lab": (
        {"need": 2, "impact": 1, "evidence": 1, "effort": 3, "relevance": 3, "inequalities": 1, "data": 1, "fit": 2},
        "Small, but everybody meets it every day.",
    ),
    "Long-term pain: less oxycodone, more of what helps": (
        {"need": 3, "impact": 2, "evidence": 3, "effort": 0, "relevance": 2, "inequalities": 3, "data": 3, "fit": 3},
        "Much to gain, and much work: only with the pain service.",
    ),
    "Anticoagulation in atrial fibrillation": (
        {"need": 1, "impact": None, "evidence": None, "effort": 2, "relevance": 2, "data": 3},
        "Easy to count. Nobody could say yet how many of ours would gain.",
    ),
}
ASKED = (
    "Falls at home: who finds people before they fall?",
    "Admissions after a fall rose by a tenth in two years, most in people over 80 who live alone.",
    "Public Health Scotland: unintentional injuries; our own unscheduled care figures.",
    9,
    24,
)
ANSWERED = "We talk about it at our next meeting, with the falls team if they can come. Then you hear yes or no."
ASKED_TOO = ("larch",)
VOTE = "Which two do we take into the next plan?"
# How the first four laid their dots, topic by topic.
DOTS = ((1, 2, 0, 0), (0, 2, 0, 1), (2, 0, 0, 1), (0, 1, 1, 1))
# Lines of the HSCP's strategic plan, and where they stand in it.
LINES = (
    ("People with long-term conditions live well with them", "Strategic plan, outcome 2"),
    ("Fewer stays in hospital that could be avoided", "Strategic plan, outcome 4"),
)
# What people saw differently, who decides, where it goes else, and what came of it.
SEEN_DIFFERENTLY = (
    "Whether evening clinics are for every practice",
    "Three practices want an evening each month at all seven. Two say that they have no nurse for it, and that their "
    "patients would rather come at lunch.",
    "CLUSTER",
    "The locality, if a second meeting ends the same",
    "Each practice chooses its own evening or lunch; all count the places taken. We look at the counts in spring.",
)
# A time in which less activity is no failure: where, kind, why, and how long ago it began.
SHORT_OF = ("whin", "STAFF", "Two of the five doctors are on sick leave until the new year.", 20)
# Other sides of the priorities of Rowan, in their order: class of work, who could be left behind, the people at work.
SIDES = (
    (
        "IMPROVE",
        "People under 50 in the most deprived fifth come least. They are rung in the evening, by somebody they know.",
        "Less searching for the nurses from spring on; more work for two months before that.",
    ),
    ("ASSURE", "People whose medicines a carer looks after: the letter goes to the carer too.", ""),
)
# What quality means to the first members who were asked, in the first of them.
MEANINGS = ("POPUL", "POPUL", "SAFETY", "EFFIC", "WELL")
