"""Four parts of an aim as people type them, and the sentence that they make."""

PARTS = ("by_when", "how_much", "what", "where")
SENTENCES = (
    (
        ("By the end of March 2027.", "75 in 100", "People with diabetes are seen", "In Rowan"),
        "By the end of March 2027, 75 in 100 people with diabetes are seen in Rowan.",
    ),
    (
        ("March 2027", "Nine in ten", "COPD reviews are done", "At our seven practices."),
        "By March 2027, nine in ten COPD reviews are done at our seven practices.",
    ),
    (
        ("The end of the year,", "All", "Letters  are read", "Alder and Beech"),
        "By the end of the year, all letters are read Alder and Beech.",
    ),
    (("", "A third of", "Patients", "IN Rowan"), "A third of patients IN Rowan."),
    (("", "", "Every child is seen", ""), "Every child is seen."),
    (
        ("by May", "50%", "of calls, answered", "In, or near, Rowan"),
        "By May, 50% of calls, answered in, or near, Rowan.",
    ),
)
