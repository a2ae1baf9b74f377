"""Who helps with what in the two HSCPs, the terms of the quality leads, and what people declared. All invented."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Helper:
    """Who is named for a topic: the key of somebody of the demo, or a name with what is typed beside it."""

    topic: str
    who: str
    organisation: str = ""
    email: str = ""
    phone: str = ""
    helps_with: str = ""


# Nobody is named for premises in the one HSCP, nor for communications in the other.
LEAD_HELPERS = (
    Helper("QI", "moira", "Quality improvement team of the health board", helps_with="Coaching for a first project"),
    Helper("DATA", "lewis", "HSCP", helps_with="Figures for a meeting, within two weeks"),
    Helper(
        "DATA",
        "Struan Kidd",
        "Local Intelligence Support Team",
        "struan.kidd@example.org",
        helps_with="Questions that need linked data",
    ),
    Helper("PHARMACY", "Catherine Ure", "Primary care pharmacy", "catherine.ure@example.org", "0131 496 0112"),
    Helper("PUBLIC", "Dr Bashir Anwar", "Public health", "bashir.anwar@example.org"),
    Helper("COMMS", "Jill Sorley", "HSCP communications", "jill.sorley@example.org", "0131 496 0148"),
    Helper("FINANCE", "Peter Vallance", "HSCP finance", "peter.vallance@example.org", helps_with="Claims for sessions"),
    Helper("WORKFORCE", "Una Corrigall", "Organisational development", "una.corrigall@example.org"),
    Helper("CONFLICT", "sorcha", helps_with="A first talk in confidence, before anything is written down"),
    Helper("IT", "Primary care IT desk", "Health board", phone="0131 496 0170", helps_with="Weekdays 8 to 6"),
    Helper("CONTRACT", "Dr Marsali Dunbar", "Local Medical Committee", "marsali.dunbar@example.org"),
    Helper("TRAINING", "moira", "Quality improvement team of the health board", helps_with="Induction of new leads"),
)
NEIGHBOUR_HELPERS = (
    Helper("QI", "moira", "Quality improvement team of the health board"),
    Helper("DATA", "Ishbel Tannock", "Local Intelligence Support Team", "ishbel.tannock@example.org"),
    Helper("PHARMACY", "Rory Laing", "Primary care pharmacy", "rory.laing@example.org"),
    Helper("PUBLIC", "Dr Bashir Anwar", "Public health", "bashir.anwar@example.org"),
    Helper("FINANCE", "Morven Skene", "HSCP finance", "morven.skene@example.org", "0131 496 0155"),
    Helper("WORKFORCE", "Lesley Toshack", "HSCP", "lesley.toshack@example.org"),
    Helper("CONFLICT", "alasdair", "HSCP"),
    Helper("PREMISES", "Gordon Raeburn", "Property services", "gordon.raeburn@example.org"),
    Helper("IT", "Primary care IT desk", "Health board", phone="0131 496 0170"),
    Helper("CONTRACT", "Dr Marsali Dunbar", "Local Medical Committee", "marsali.dunbar@example.org"),
    Helper("TRAINING", "Lesley Toshack", "HSCP", "lesley.toshack@example.org"),
)

OWN_AREA = ("Community link workers", "What is near by for patients beyond medicine")
OWN_AREA_HELPER = Helper("", "Siân Pritchard", "Third sector interface", "sian.pritchard@example.org")
RETIRED_AREA = ("Winter planning", "Calls and beds in the winter of last year")

CQL_TERMS = """The Cluster Quality Lead leads the cluster and speaks for it.

Time: at least four sessions a month, paid by the HSCP at the agreed rate. Leave is arranged with the other leads.

Support: a cluster administrator, an analyst, and a named person for each support area.

Term: two years, then renewed or handed over. Three months' notice on either side.

Interests that bear on a decision are declared here and at the meeting."""
CQL_TERMS_TWO = f"""{CQL_TERMS}

Handover: the leaver and the successor meet at least once before the last day, and the HSCP pays a session for it."""
CQL_CHANGED = "A paid session for the handover is new."
PQL_TERMS = """The Practice Quality Lead leads on quality in the practice and takes part in the cluster.

Time: two sessions a month, protected by the practice.

A deputy comes when the lead cannot. What the cluster agrees is brought back to the practice within two weeks."""

# Key, kind, what, and since how many days; the last number is how many days ago it ended, or nothing.
INTERESTS: tuple[tuple[str, str, str, int, int | None], ...] = (
    ("duncan", "LMC", "Member of the Local Medical Committee", 600, None),
    ("duncan", "MCN", "Lead of the diabetes network of the health board", 400, None),
    ("callum", "ROLE", "Trainer of GP specialty trainees", 500, None),
    ("callum", "MONEY", "Shares in a company that makes recall software", 500, 200),
    ("nell", "NONE", "", 300, None),
    ("heather", "NONE", "", 250, None),
    ("asha", "GPSUB", "Member of the GP subcommittee", 120, None),
)
