"""What the registry tells of the demo's clusters: where each stands, time freed, one that merged and one move to come.

All invented. Days count back from today.
"""

DAYS = ("Mondays", "Tuesdays", "Wednesdays", "Thursdays", "Fridays")
# Where the cluster says how often it means to meet.
MEETS_EVERY_WEEKS = {"rowan": 5, "larch": 8}

# Cluster: what it answers for, how it works, where its results go, its terms, adopted so many days ago, and in how many
# days they are reviewed (negative: overdue).
TERMS = (
    (
        "rowan",
        "The quality work that its practices choose together, and what it brings to the HSCP on their behalf.",
        "The Cluster Quality Lead chairs. Every practice has one voice; what divides the room waits for another month.",
        "Minutes go to every practice within a week, what concerns others to the locality quality group.",
        "Seven practices, one lead each. Deputies count. The plan is agreed once a year and looked at every half year.",
        400,
        130,
    ),
    (
        "larch",
        "Frailty and long-term conditions across its practices; no say over how a single practice works.",
        "Led by its Cluster Quality Lead. It decides when most practices are there, and by agreement.",
        "A page for all practice teams after each meeting.",
        "",
        520,
        -30,
    ),
)

# Cluster, how many days ago it was noted, stage, support, and what it goes by.
STAGES = (
    ("rowan", 500, "DEVELOP", "REGULAR", "Meets every month; first figures on the table, few actions closed"),
    ("rowan", 140, "LEADING", "LIGHT", "Runs its own projects to the end and shows others how"),
    ("larch", 310, "ESTABL", "LIGHT", "Steady meetings, actions closed, one project of its own"),
    ("juniper", 200, "ESTABL", "REGULAR", "Two practices that work well; nobody to stand in when one is away"),
    ("sycamore", 260, "DEVELOP", "REGULAR", "Twelve practices: works in three groups, two CQLs"),
    ("hawthorn", 40, "FORMING", "INTENS", "No CQL since October; the locality manager keeps the meetings going"),
    ("aspen", 120, "FORMING", "INTENS", "No meeting for months; help with finding time was asked for"),
    ("blackthorn", 180, "ESTABL", "REGULAR", "Three CQLs across two HSCPs; two ways of referring slow it down"),
    ("birch", 150, "ESTABL", "LIGHT", "Leads the respiratory work of the locality"),
    ("whin", 90, "DEVELOP", "REGULAR", "New CQL, good turnout"),
)

# Cluster, how many years back, sessions, how, and who noted it.
FREED = (
    ("rowan", 1, "96", "Pharmacotherapy takes acute prescriptions in four practices", "callum"),
    ("rowan", 0, "142.5", "Pharmacotherapy in all seven practices, physiotherapist first contact in two", "callum"),
    ("larch", 1, "40", "Community treatment room took over dressings", "duncan"),
    ("larch", 0, "58", "Treatment room, and phlebotomy since August", "heather"),
)

# The cluster that merged into Larch: its name, its practices by number in Larch, its lead, and how it was decided.
MERGED = "Sorrel"
MERGED_INTO = "larch"
MERGED_PRACTICES = (3, 5)
MERGED_LEAD = "Malcolm Gray"
MERGED_AFTER_DAYS = 60  # after the story begins
MERGED_WHY = "Two practices were too few to meet by themselves"
APPROVED_BY = "Primary Care Programme Board"
LAST_MINUTES = (
    (
        "Going on together with Larch",
        "Both practices want to keep a hand on their own frailty list.",
        "Join Larch, and bring the list as the first topic.",
    ),
    ("What we learned in our first year", "Ten patients a month is a number two practices can talk about.", ""),
)

# A move that is planned: practice and number in its cluster, to which cluster, in how many days, and why.
PLANNED = ("sycamore", 10, "juniper", 60)
PLANNED_WHY = "It shares its community nurses with Juniper, and twelve practices are many"
