"""What the forums around a cluster usually do, for the map of the system. A code table: no database, no framework.

After the national guidance for clusters; shown where a forum does not say it itself.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Guide:
    """One stage of the way up: what it is called, what it decides, what goes up from it and how answers come back."""

    kind: str
    label: str
    decides: str
    up: str
    back: str


PRACTICE, CLUSTER = "PRACTICE", "CLUSTER"

# The way up, from the practices to the health board.
WAY_UP = (
    Guide(
        PRACTICE,
        "Practices",
        "Each practice decides for its own patients and staff.",
        "Its Practice Quality Lead brings experience, figures and concerns to the cluster.",
        "Minutes, plans and replies reach every practice of the cluster in the portal.",
    ),
    Guide(
        CLUSTER,
        "Cluster",
        "Chooses its own priorities and projects; settles what its practices can settle together.",
        "Minutes that it shares, questions to the HSCP, and escalations.",
        "Replies and decisions stand on its page and on the agenda of its next meeting.",
    ),
    Guide(
        "CQL_LM",
        "CQL and locality manager",
        "Settles what the locality can settle with its own staff and money.",
        "What clusters have in common goes on to the tripartite and the quality group.",
        "The Cluster Quality Lead reports back at the next cluster meeting.",
    ),
    Guide(
        "TRIPART",
        "Tripartite group",
        "Cluster leads, GP subcommittee and HSCP agree what quality work needs.",
        "What it asks of the HSCP and the health board.",
        "The Cluster Quality Leads take its results to their clusters.",
    ),
    Guide(
        "LOC_QUAL",
        "Locality quality group",
        "Decides on matters of quality and safety within the locality.",
        "Escalations that the locality cannot settle.",
        "Its decisions and their reasons are written on the escalation.",
    ),
    Guide(
        "LOC_MGMT",
        "Locality management team",
        "Moves staff and money within the locality.",
        "Escalations that need more than the locality has.",
        "Its decisions and their reasons are written on the escalation.",
    ),
    Guide(
        "HSCP_GOV",
        "HSCP clinical and care governance",
        "Decides what several localities share, and may mandate an action.",
        "Assurance to the health board, and escalations that need it.",
        "Decisions go to the locality and onto the escalation.",
    ),
    Guide(
        "BOARD",
        "Health board committee",
        "Decides what needs the whole health board, hospitals included.",
        "This is the last stage: its report goes to the board itself.",
        "Decisions go to the HSCP, which answers who raised the matter.",
    ),
)
# Forums beside the way up.
BESIDE = {
    "NETWORK": "Cluster leads learn from each other; it decides nothing for clusters.",
    "GPFORUM": "General practitioners of an area meet and are heard.",
    "STRATEG": "Writes the strategic plan that clusters may influence.",
    "GPSUB": "Advises on behalf of general practitioners.",
    "TASK": "Works on one matter until it is done.",
}
