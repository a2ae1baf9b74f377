"""Who decides after whom, where other matters go, and what was asked between meetings."""

# Kind of group and the working days it has for a decision, lowest rung first.
LADDER = (("LOC_QUAL", 15), ("LOC_MGMT", 20), ("HSCP_GOV", 20), ("BOARD", 30))

# Telephone numbers 01632 960xxx are kept free for fiction; example.org belongs to nobody.
CONTACTS = {
    "safety_incident": "The health board’s incident reporting system; advice on 01632 960 101 in working hours",
    "child_protection": "Child protection line 01632 960 102, day and night",
    "adult_protection": "Adult protection line 01632 960 103; adult.protection@example.org",
    "concern_about_colleague": "The professional adviser of the health board: 01632 960 104; adviser@example.org",
}

# Words in a minute that could point to one person: the records officer has blacked them out.
BLACKED_OUT = "the lady at the old toll house"
WHY_BLACKED_OUT = "It could point to one person."

# Asked between meetings: working days ago, by whom, for which cluster, to whom, question, reply, working days to it.
QUESTIONS: tuple[tuple[int, str, str, str, str, str, int], ...] = (
    (9, "duncan", "larch", "heather", "Will the podiatry sessions go on next year?", "", 0),
    (6, "callum", "rowan", "heather", "Who pays for the text reminders next year?", "", 0),
    (
        3,
        "farzana",
        "sycamore",
        "heather",
        "May we use the locality room on Thursday mornings for pharmacist calls?",
        "",
        0,
    ),
    (
        17,
        "asha",
        "rowan",
        "heather",
        "Can evening recall clinics be paid as extra hours?",
        (
            "Yes, for healthcare assistants and nurses, until the end of March. Claim on the usual form with "
            "“recall” in the first line."
        ),
        5,
    ),
    (
        12,
        "gregor",
        "blackthorn",
        "rhona",
        "Which locality meeting should our six practices go to?",
        "Ours; the other HSCP has agreed.",
        4,
    ),
)
WITHDRAWN = (10, "shona", "juniper", "catriona", "Is there a date for the new link worker?")
