"""Forums above and beside the clusters, and how members have agreed to work. All invented; days count from today."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Named:
    """Somebody who sits in a forum without a role that says so: a key of the cast, or a name with its body."""

    who: str
    part: str = ""
    body: str = ""
    since: int = 400
    left: int | None = None


@dataclass(frozen=True)
class Told:
    """One forum. `at`: the key of the place it serves. Without a `name` it is the one that the ladder entered.

    `review`: days from today, negative where the review is overdue. `closed`: so many days ago.
    """

    kind: str
    at: str
    name: str = ""
    purpose: str = ""
    responsibilities: str = ""
    structure: str = ""
    outputs: str = ""
    terms: str = ""
    link: str = ""
    every: int | None = None
    adopted: int | None = None
    review: int | None = None
    begun: int = 600
    closed: int | None = None
    members: tuple[Named, ...] = ()


FORUMS = (
    Told(
        "CQL_LM",
        "east",
        "{east} leads and locality manager",
        purpose="The leads of the clusters and the locality manager look at what clusters cannot settle alone.",
        responsibilities="Settles what the locality can settle with its own staff and money. Prepares everything else.",
        structure="An hour by video every six weeks; the locality manager chairs, the leads set the agenda in turn.",
        outputs="Notes go to every cluster of the locality within a week and stand on the agenda of its next meeting.",
        every=6,
        adopted=500,
        review=120,
    ),
    Told(
        "TRIPART",
        "hscp",
        "Tripartite group",
        purpose="Cluster leads, GP subcommittee and HSCP agree what quality work in general practice needs.",
        responsibilities="Agrees the priorities that clusters are offered, the support they get, and how asks are met.",
        structure=(
            "Every twelve weeks, in person. The chair goes round: a cluster lead, a member of the GP subcommittee, the "
            "clinical lead. Nothing is agreed unless each of the three agrees."
        ),
        outputs=(
            "An action note to all Cluster Quality Leads the same week; what it asks of the health board goes to the "
            "clinical governance committee. Leads report back to their clusters."
        ),
        terms="Members: all Cluster Quality Leads, three of the GP subcommittee, the clinical leads and the HSCP lead.",
        link="https://example.org/tripartite-terms",
        every=12,
        adopted=520,
        review=-35,
        members=(
            Named("Murdo Finlayson", "Chair this year", "GP subcommittee"),
            Named("Grace Oyelaran", "", "GP subcommittee"),
            Named("Ishbel Rennie", "", "GP subcommittee", 500, 90),
            Named("moira", "Quality improvement", "Health board"),
        ),
    ),
    Told(
        "LOC_QUAL",
        "east",
        purpose="Leads, clinical lead and locality manager look at quality and safety across the locality.",
        responsibilities="Decides on escalations of the clusters within the locality’s means; passes the others up.",
        structure="Every eight weeks; the clinical lead chairs. Two leads and the manager make it quorate.",
        outputs="Decisions are written on the escalation; a page of minutes goes to every cluster and to governance.",
        every=8,
        adopted=430,
        review=60,
    ),
    Told(
        "LOC_MGMT",
        "east",
        purpose="Runs the locality’s services: people, premises, money.",
        responsibilities="Moves staff and money within the locality. Answers what the quality group passes up.",
        structure="Every four weeks; the locality manager chairs.",
        outputs="Answers go back by the same way that the question came.",
        every=4,
    ),
    Told(
        "HSCP_GOV",
        "hscp",
        purpose="Makes sure that care in the HSCP is safe, effective and person-centred.",
        responsibilities="Decides what several localities share; may mandate an action; assures the health board.",
        structure="Every twelve weeks; the HSCP lead chairs, clinical leads report for their localities.",
        outputs="Its decisions go to locality managers, who tell clusters; its report goes to the board’s committee.",
        every=12,
        adopted=700,
        review=200,
        members=(Named("Torquil Baird", "Chief social work officer", "Council"),),
    ),
    Told(
        "BOARD",
        "board",
        purpose="Assures the health board about clinical quality, hospitals and community together.",
        responsibilities="Decides what needs the whole board, such as letters from hospitals.",
        structure="Four times a year; a non-executive member chairs.",
        outputs="Minutes are public. Decisions for clusters go to the HSCP leads, who answer who raised the matter.",
        every=13,
        adopted=800,
        review=150,
    ),
    Told(
        "NETWORK",
        "hscp",
        "CQL network",
        purpose="Cluster leads help each other: what works, what does not, how to lead.",
        responsibilities="Decides nothing for clusters. Speaks with one voice when asked.",
        structure="Lunch by video every eight weeks; no chair, a host who goes round.",
        outputs="A page of what was learned to all leads; topics for the tripartite group.",
        every=8,
        members=(Named("moira", "Quality improvement adviser"),),
    ),
    Told(
        "GPSUB",
        "board",
        "GP subcommittee of the area medical committee",
        purpose="Advises the health board on behalf of general practitioners; speaks with the Local Medical Committee.",
        responsibilities="Advises on contracts, workload and the interface with hospitals.",
        structure="Every six weeks in the evening; elected members.",
        outputs="Names three members of the tripartite group, who report back.",
        every=6,
        members=(Named("Murdo Finlayson", "Chair", "GP partner"), Named("Grace Oyelaran", "Vice chair", "GP partner")),
    ),
    Told(
        "STRATEG",
        "hscp",
        "Strategic planning group",
        purpose="Writes the strategic plan of the integration authority with those who use and give care.",
        structure="Every twelve weeks; one Cluster Quality Lead has a seat.",
        outputs="The strategic plan and its yearly review.",
        every=12,
        members=(Named("callum", "For the clusters"),),
    ),
    Told(
        "TASK",
        "hscp",
        "Task group on discharge letters",
        purpose="Reasons for changed medicines in every discharge letter.",
        outputs="A required field on two wards; a report to clinical and care governance.",
        every=4,
        begun=330,
        closed=40,
        members=(Named("beech", "For the clusters", since=330),),
    ),
)

# Cluster, how many days ago it was agreed, in how many days it is looked at again, and the words.
WAYS = (
    (
        "rowan",
        520,
        None,
        "We begin at half past twelve. Every practice speaks once before anybody speaks twice.",
    ),
    (
        "rowan",
        140,
        220,
        "We begin at half past twelve and end on time. Every practice speaks once before anybody speaks twice. "
        "Figures are for learning: no practice is ranked. What is said under peer support stays in the room. "
        "Who cannot come sends a deputy and says so by the day before.",
    ),
    (
        "larch",
        300,
        65,
        "One priority at a time. We look at a chart before we discuss it. Whoever proposes work does the first step.",
    ),
    (
        "sycamore",
        410,
        -45,
        "Two leads share the chair. Papers three days before, or they wait for the next meeting. Twelve practices is "
        "many: we talk in fours and then together.",
    ),
)
