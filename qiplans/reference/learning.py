"""What members are asked about their QI knowledge and skills (TOO-15), and the answers they choose from."""

AGREES = 4  # this answer and above count as agreeing
ANSWERS = (
    (5, "Strongly agree"),
    (4, "Agree"),
    (3, "Neither agree nor disagree"),
    (2, "Disagree"),
    (1, "Strongly disagree"),
)
STEM = "I have the knowledge and skills I need for"
QUESTIONS = (
    ("methods", "QI methods: aims, tests of change, charts"),
    ("leading", "leading change"),
    ("facilitating", "facilitating a group"),
)
ASKED = tuple(name for name, _ in QUESTIONS)
LOWEST, HIGHEST = min(ANSWERS)[0], max(ANSWERS)[0]
OUT_OF_RANGE = "Choose one of the five answers."
