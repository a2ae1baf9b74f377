"""What Rowan drew and tested: the drivers of one project, its PDSA cycles, and diagrams of the cluster."""

from typing import Any

PROJECT = "One recall for diabetes"

# Primary driver to secondary drivers, each with its change ideas.
DRIVERS: dict[str, dict[str, tuple[str, ...]]] = {
    "Everybody who is due is asked": {
        "The register is right": ("Search for missing codes every quarter",),
        "One letter names all that is due": ("One recall letter for all eight", "Text three days before the visit"),
    },
    "There is room to see them": {
        "Both checks in one visit": ("Foot check and bloods by one person",),
        "Visits outside working hours": ("An evening clinic once a month",),
    },
    "People see the point of coming": {
        "What matters to the person is asked first": ("Results sent before the visit",),
    },
}
LETTER = "One recall letter for all eight"

# Cycles of that idea, oldest first: days ago planned, days until it was studied, plan, report, study.
CYCLES: tuple[tuple[int, int, dict[str, Any], tuple[tuple[str, str, str, bool], ...], str, dict[str, Any]], ...] = (
    (
        262,
        14,
        {"objective": "Find out whether one letter for everything is understood.", "kind": "TEST"},
        (
            ("How many of ten people come for all that is due?", "Six of ten.", "Four of ten.", False),
            ("How many ring to ask what it means?", "Nobody.", "Three rang.", False),
        ),
        "Ten letters went out on a Monday. Three people rang: they took it for a change of medicine.",
        {
            "decision": "ADAPT",
            "has_improved": False,
            "learning": "The first line has to say that nothing is wrong. The list of tests comes after it.",
            "next_step": "The same letter with a new first line, to 40 people.",
        },
    ),
    (
        240,
        28,
        {"objective": "The same letter with a new first line, to 40 people.", "kind": "TEST"},
        (("How many of 40 come for all that is due?", "24 of 40.", "27 of 40.", True),),
        "Nobody rang about the letter. Foot checks were still booked on another day at two practices.",
        {
            "decision": "ADOPT",
            "has_improved": True,
            "learning": "With the plain first line nobody rings, and two in three come at once.",
            "next_step": "All practices send the letter, from one template.",
        },
    ),
)
TEXTS = "Text three days before the visit"
OPEN_CYCLE: dict[str, Any] = {
    "objective": "See whether a text brings those who did not answer the letter.",
    "arrangements": "Two practices, everybody who is a month late, for two weeks.",
    "data_needed": "Texts sent and visits kept; the practice managers count.",
}
OPEN_QUESTION = ("How many of those who get a text come?", "One in three.")

CAUSES = {
    "People": ("Nobody free to check feet on recall days", "New staff are not trained in it"),
    "Process": ("Bloods and feet are booked on two days", "No recall after a missed visit"),
    "Equipment": ("One monofilament for the whole practice",),
    "Place": ("The room is taken on Tuesdays",),
    "Patients": ("They don’t know that it is due", "Can’t leave work twice"),
}
WHY = {"Bloods and feet are booked on two days": "The booking screen has no double slot"}
EFFECT = "Foot checks are missed"
COUNTED = {
    "Booked on another day and not kept": 42,
    "Nobody free to do it": 27,
    "Person did not come at all": 15,
    "Declined": 5,
    "Done and not coded": 5,
    "Other": 2,
}
SUBJECT = "Working as one cluster, a year on"
SWOT = {
    "S": ("All practices come, in person or by deputy", "One person keeps actions and letters together"),
    "W": ("Data come late, and from three systems",),
    "O": ("The HSCP pays for texts from next year", "Third sector groups offer to come to meetings"),
    "T": ("Two practices have no locum cover in winter",),
}
SAID: tuple[tuple[str, str, str, int, int, str], ...] = (
    ("One letter is better than four; less worry about what was forgotten", "WELL", "SURVEY", 31, 120, ""),
    (
        "Coming twice means two half days off work",
        "BETTER",
        "TALK",
        12,
        150,
        "Bloods and feet are booked in one visit at five practices.",
    ),
    ("Send the results before the visit, so that there is time to think", "IDEA", "GROUP", 8, 60, ""),
)
