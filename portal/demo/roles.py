"""What is known about roles in the demo: who shares a cluster's lead how, and who else sits at its table."""

from accounts.roles import Role
from clusters.models import RoleAssignment

Seat, Profession = RoleAssignment.Seat, RoleAssignment.Profession

# Person, role, sessions a month, who pays, portfolio, and in how many days it is looked at again.
FACTS: tuple[tuple[str, Role, str, str, str, int | None], ...] = (
    ("callum", Role.CQL, "4", "the HSCP", "", 120),
    ("duncan", Role.CQL, "2", "the HSCP", "", 45),
    ("asha", Role.PQL, "1", "the practice, through its contract", "", None),
    ("ewan", Role.CQL, "2", "the HSCP", "long-term conditions and prescribing", 200),
    ("farzana", Role.CQL, "2", "the HSCP", "access, and work with community nursing", 200),
    ("gregor", Role.CQL, "1.5", "the HSCP that leads the cluster", "mental health", 75),
    ("oluwaseun", Role.CQL, "1", "the neighbouring HSCP", "the interface with the hospital", 75),
    ("ailsa", Role.CQL, "1", "the health board, until the spring", "data and the quality of coding", 30),
    ("shona", Role.CQL, "1", "the HSCP", "", None),
    ("duncan", Role.CLINICAL_LEAD, "3", "the health board", "", 150),
)

# Name, place, seat, profession, who pays: members of the multidisciplinary team, two of them practice nurses.
MEMBERS: tuple[tuple[str, str, str, str, str], ...] = (
    ("Maisie Torrance", "elm", Seat.CORE, Profession.NURSING, "the practice"),
    ("Fraser Macnab", "rowan", Seat.CORE, Profession.PHARMACOTHERAPY, "the health board"),
    ("Sara Lindqvist", "rowan", Seat.GUEST, Profession.THIRD_SECTOR, ""),
    ("Ishbel Urquhart", "larch", Seat.ASSOCIATE, Profession.SOCIAL_WORK, "the HSCP"),
    ("Paweł Grabowski", "larch", Seat.CORE, Profession.ALLIED_HEALTH, "the HSCP"),
    ("Nuala Feeney", "larch2", Seat.CORE, Profession.NURSING, "the practice"),
)
KNOWN_MEMBER: tuple[str, str, str, str] = ("ruaridh", Seat.CORE, Profession.PHARMACY, "the HSCP")

# Who goes: person, role, where, in how many days, and who takes over from the day after.
LEAVING: tuple[str, Role, str, int, str] = ("kirsty", Role.CQL, "aspen", 20, "Rowena Halliday")

# Who went before today, and to whom what they left was handed over since.
HANDED_OVER: tuple[str, Role, str] = ("eilidh", Role.PQL, "callum")

# What people who left had said they would do: who, in which cluster, how many days ago, what, and due in how many.
# What Eilidh left was handed over; what Fergus left has no owner yet.
LEFT_BEHIND: tuple[tuple[str, str, int, str, int], ...] = (
    ("eilidh", "rowan", 75, "Send round how Hazelside books the nurse’s long appointments", 16),
    ("fergus", "hawthorn", 64, "Ask the HSCP how many sessions a new lead would have", -12),
    ("fergus", "hawthorn", 58, "Write down what the cluster has learned about same-day access", 20),
)

# What quality leads answer, one after the other, when they are asked how they came to their role; "" is no answer.
ANSWERS = ("NOMINATED", "ONLY", "VOLUNTEER", "ONLY", "NOMINATED", "", "ONLY", "VOLUNTEER", "", "NOMINATED", "ONLY")
FEW_ANSWERS = ("APPOINTED", "APPOINTED")
