"""Where the demo takes place: a real board and two of its HSCPs; everything below them is invented."""

from portal.demo.parts import Former, Grouping, Place

LEAD_HSCP = "S37000005"  # Clackmannanshire and Stirling
NEIGHBOUR_HSCP = "S37000013"  # Falkirk, of the same health board

# Key to name. The first two lie in the lead HSCP, the third in its neighbour.
LOCALITIES = {"east": "Strathmarle", "west": "Glenfarrow", "over": "Carseholm"}

# Real practice codes begin at 10002: these can never be mistaken for one.
FIRST_CODE = 101

CLUSTERS = (
    Grouping(
        "rowan",
        "Rowan",
        "east",
        (
            Place("alder", "Alder Medical Practice", 7420, 110),
            Place("ash", "Ashbrig Surgery", 5135, 30),
            Place("beech", "Beech Wynd Medical Practice", 6288, -20),
            Place("elm", "Elmholm Practice", 3960, 25),
            Place("hazel", "Hazelside Medical Practice", 4715, 60),
            Place("holly", "Hollin Row Surgery", 3052, -35),
            Place("willow", "Willow Vennel Practice", 2890, 15),
        ),
        ("callum",),
        "Seven practices learning from each other’s figures, one change at a time.",
    ),
    Grouping(
        "larch",
        "Larch",
        "east",
        (
            Place("larch1", "Pinewell Medical Practice", 8310, 90),
            Place("larch2", "Spruce Loan Surgery", 4480, 10),
            Place("larch3", "Yewbank Practice", 5975, 45),
            Place("larch4", "Firthorn Medical Practice", 3340, -15),
            Place("larch5", "Cedar Brig Surgery", 6120, 70),
        ),
        ("duncan",),
        "Better days at home for people who live with frailty.",
        weekday=2,
        at="13:00",
    ),
    Grouping(
        "juniper",
        "Juniper",
        "west",
        (
            Place("juniper1", "Juniper Glen Medical Practice", 2210, -10),
            Place("juniper2", "Craigmarle and Upper Farrow Surgery", 870, -12),
        ),
        ("shona",),
        "Two rural practices that share what neither could do alone.",
        weekday=1,
        at="14:00",
    ),
    Grouping(
        "sycamore",
        "Sycamore",
        "west",
        (
            Place("sycamore1", "Plane Court Medical Practice", 9120, 150),
            Place("sycamore2", "Limehill Surgery", 6040, 20),
            Place(
                "sycamore3",
                "The Linden House and Quarry Loan Medical Practice, with Mossfoot and Netherfarrow Branch Surgeries",
                10870,
                85,
            ),
            Place("sycamore4", "Chestnut Row Practice", 4405, -25),
            Place("sycamore5", "Maplewell Medical Practice", 5230, 40),
            Place("sycamore6", "Walnut Close Surgery", 3985, 5),
            Place("sycamore7", "Poplar Haugh Practice", 7340, 60),
            Place("sycamore8", "Medlar Street Surgery", 2870, -30),
            Place("sycamore9", "Quince Gate Medical Practice", 4610, 35),
            Place("sycamore10", "Damson Brae Practice", 3525, 15),
            Place("sycamore11", "Mulberry Wynd Surgery", 5815, 50),
            Place("sycamore12", "Farrow Bridge Medical Practice", 6690, 75),
        ),
        ("ewan", "farzana"),
        "Twelve practices, one way of reviewing medicines.",
        weekday=3,
        at="13:30",
    ),
    Grouping(
        "hawthorn",
        "Hawthorn",
        "east",
        (
            Place("hawthorn1", "Sloe Hill Medical Practice", 5540, 20),
            Place("hawthorn2", "Bramblehaugh Surgery", 5210, -10),
            Place("hawthorn3", "Dogrose Lane Practice", 3875, 30),
            Place("hawthorn4", "Elderwell Medical Practice", 6450, 55),
            Place("hawthorn5", "Whitebeam Surgery", 2980, -40),
            Place("hawthorn6", "Spindle Court Practice", 1240, -60),
        ),
        (),
        "",
        weekday=1,
        at="12:45",
    ),
    Grouping(
        "aspen",
        "Aspen",
        "west",
        (
            Place("aspen1", "Aspen Loan Medical Practice", 5060, 25),
            Place("aspen2", "Osier Bank Surgery", 3720, 5),
            Place("aspen3", "Catkin Brae Practice", 4295, 15),
            Place("aspen4", "Sallow Green Medical Practice", 6015, 40),
        ),
        ("kirsty",),
        "",
        weekday=4,
        at="12:30",
    ),
    Grouping(
        "blackthorn",
        "Blackthorn",
        "east",
        (
            Place("blackthorn1", "Marlebridge Medical Practice", 7215, 65),
            Place("blackthorn2", "Kirkfarrow Surgery", 4830, 10),
            Place("blackthorn3", "Burnholm Practice", 5390, 35),
            Place("blackthorn4", "Old Mill Wynd Medical Practice", 4075, -20),
            Place("blackthorn5", "Carse Gate Surgery", 6325, 80, neighbour=True),
            Place("blackthorn6", "Netherholm Practice", 3610, 20, neighbour=True),
        ),
        ("gregor", "oluwaseun", "ailsa"),
        "One cluster on both sides of the river: the same care whichever HSCP a practice belongs to.",
        weekday=2,
        at="12:15",
    ),
    Grouping(
        "birch",
        "Birch",
        "over",
        (
            Place("birch1", "Geanwell Medical Practice", 6870, 45, neighbour=True),
            Place("birch2", "Roseholm Surgery", 4935, 20, neighbour=True),
            Place("birch3", "Silverbark Practice", 5480, 30, neighbour=True),
            Place("birch4", "Birchlea Wynd Medical Practice", 3765, -5, neighbour=True),
            Place("birch5", "Carseholm Cross Surgery", 7110, 95, neighbour=True),
        ),
        ("nell",),
        "Breathing well: asthma and COPD care that starts with the person.",
        neighbour=True,
        weekday=3,
        at="13:00",
    ),
    Grouping(
        "whin",
        "Whin",
        "over",
        (
            Place("whin1", "Gorse Hill Medical Practice", 5695, 30, neighbour=True),
            Place("whin2", "Broomlea Row Surgery", 4340, 15, neighbour=True),
            Place("whin3", "Heatherwell Practice", 6230, 50, neighbour=True),
            Place("whin4", "Bracken Vennel Surgery", 3145, -10, neighbour=True),
        ),
        ("hamza",),
        "",
        neighbour=True,
        weekday=1,
        at="13:15",
    ),
)

# What changed from one practice list to the next, counted from the last one (1).
MISSING_FROM_LAST = "hawthorn6"
MOVED = ("larch4", "hawthorn", 3)  # the practice, its cluster before, and the list that moved it
FORMER_NAME = ("juniper", "Upper Glenfarrow", 4)  # the cluster, its name before, and the list that renamed it
GREW = ("hawthorn2", 1090)  # by so many patients with the last list, when the one above was missing
FORMER_PRACTICE_NAME = ("aspen1", "Aspen Loan Surgery", 2)

# Practices that are no more: under another code, merged, split. One that went on has the same quality lead.
FORMERS = (
    Former(
        Place("osier", "Osier Bank Practice", 3720, 5),
        "aspen",
        "RECODED",
        ("aspen2",),
        3,
        "New contract and a new code; same people, same building",
        (("PM", "Lesley Dunwoodie"),),
    ),
    Former(
        Place("tannery", "Tannery Close Surgery", 1430, -70),
        "larch",
        "MERGED",
        ("larch2",),
        7,
        "The only GP retired; patients and staff went to Spruce Loan",
        (("PQL", "Morven Alexander-Reid"),),
    ),
    Former(
        Place("gorse", "Gorse and Broom Group Practice", 10035, 45, neighbour=True),
        "whin",
        "SPLIT",
        ("whin1", "whin2"),
        6,
        "Too large for one building; each half has its own",
        (("PQL", "Callan Wishart"), ("PM", "Rhoda Jamieson")),
    ),
)

# What the list says that waits for the registry administrator's decision.
WAITING_NAME = ("hawthorn5", "Whitebeam Health Centre")
WAITING_MOVE = ("sycamore8", "aspen")
WAITING_CLUSTER = ("whin", "Whin and Carse")
WAITING_CODE = ("sycamore5", "00199")  # the same practice under a new code
WAITING_MERGER = ("whin4", "sycamore2")  # the first is gone, and the other has grown by its list
WAITING_GONE = "sycamore9"

# The first of them has had no quality lead for seven weeks, the other never had one.
NO_QUALITY_LEAD = ("hazel", "aspen3")

# How short texts call the practices of Rowan.
SHORT = {
    "alder": "Alder",
    "ash": "Ashbrig",
    "beech": "Beech Wynd",
    "elm": "Elmholm",
    "hazel": "Hazelside",
    "holly": "Hollin Row",
    "willow": "Willow Vennel",
    "juniper1": "Juniper Glen",
    "sycamore1": "Plane Court",
    "sycamore3": "Linden House",
}
