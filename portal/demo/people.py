"""Who acts in the demo: the cast, and names enough for every practice's quality lead. All invented."""

from accounts.roles import Role

PASSWORD = "demo-rowan-berries"  # noqa: S105 - for demos only, shown on the sign-in page of a demo

# Key, name, what they are to the reader, and the roles with the key of the place.
CAST: tuple[tuple[str, str, str, tuple[tuple[Role, str], ...]], ...] = (
    ("callum", "Callum Reid", "Cluster Quality Lead of {rowan}", ((Role.CQL, "rowan"),)),
    ("asha", "Asha Rahman", "Practice Quality Lead at {alder}", ((Role.PQL, "alder"),)),
    (
        "pam",
        "Pam Doig",
        "Practice manager and deputy at {alder}",
        ((Role.PRACTICE_MANAGER, "alder"), (Role.DEPUTY, "alder")),
    ),
    (
        "morag",
        "Morag Bain",
        "Administrator of six clusters",
        tuple((Role.CLUSTER_SUPPORT, c) for c in ("rowan", "larch", "juniper", "sycamore", "hawthorn", "aspen")),
    ),
    ("heather", "Heather Lind", "HSCP lead", ((Role.HSCP_LEAD, "hscp"),)),
    ("lewis", "Lewis Orr", "HSCP analyst", ((Role.ANALYST, "hscp"),)),
    ("rhona", "Rhona Fyfe", "Locality manager", ((Role.LOCALITY_MANAGER, "east"),)),
    (
        "duncan",
        "Duncan Shaw",
        "Clinical lead of the locality, and Cluster Quality Lead of {larch}",
        ((Role.CLINICAL_LEAD, "east"), (Role.CQL, "larch")),
    ),
    ("bruce", "Bruce Tait", "Health board lead", ((Role.BOARD_LEAD, "board"),)),
    ("nell", "Nell Croft", "Cluster Quality Lead of {birch}, in another HSCP", ((Role.CQL, "birch"),)),
    ("olive", "Olive Gunn", "Auditor (reads only)", ((Role.AUDITOR, "everywhere"),)),
    ("priya", "Priya Nair", "Registry administrator of all Scotland", ((Role.REGISTRY_ADMIN, "everywhere"),)),
    ("isla", "Isla Bruce", "Registry administrator of one HSCP", ((Role.REGISTRY_ADMIN, "hscp"),)),
    ("iona", "Iona Muir", "Records officer", ((Role.RECORDS_OFFICER, "everywhere"),)),
)

# Others with a part to play; they have no password and cannot sign in.
OTHERS: tuple[tuple[str, str, tuple[tuple[Role, str], ...]], ...] = (
    ("catriona", "Catriona MacGillivray", ((Role.LOCALITY_MANAGER, "west"),)),
    ("sorcha", "Sorcha Buchanan-Ogilvie", ((Role.CLINICAL_LEAD, "hscp"),)),
    ("alasdair", "Alasdair Whyte", ((Role.HSCP_LEAD, "neighbour"),)),
    ("moira", "Moira Kinnaird", ((Role.QI_ADVISER, "board"),)),
    ("shona", "Shona Drummond", ((Role.CQL, "juniper"),)),
    ("ewan", "Ewan Abernethy", ((Role.CQL, "sycamore"),)),
    ("farzana", "Farzana Siddiqui", ((Role.CQL, "sycamore"),)),
    ("kirsty", "Kirsty Lamont", ((Role.CQL, "aspen"),)),
    ("gregor", "Gregor Munro", ((Role.CQL, "blackthorn"),)),
    ("oluwaseun", "Oluwaseun Adeyemi-Ferguson", ((Role.CQL, "blackthorn"),)),
    ("ailsa", "Ailsa Robertson", ((Role.CQL, "blackthorn"),)),
    ("hamza", "Hamza Malik", ((Role.CQL, "whin"),)),
    ("ruaridh", "Ruaridh Farquharson", ((Role.MDT_MEMBER, "rowan"),)),
)

# Who led and does no longer: name, role, place, and how many days ago it ended.
FORMER: tuple[tuple[str, str, Role, str, int], ...] = (
    ("fergus", "Fergus Mill", Role.CQL, "hawthorn", 47),
    ("eilidh", "Eilidh Strachan", Role.PQL, "hazel", 49),
)

# The quality leads of the seven practices of Rowan after Alder; the others come from the names below, in order.
ROWAN_LEADS = {
    "ash": "Gillian Petrie",
    "beech": "Tom Kerr",
    "elm": "Zofia Wiśniewska",
    "holly": "Niall Gourlay",
    "willow": "Adaeze Okonkwo",
}

NAMES = tuple(
    """
    Iain Dalgleish; Mairi Macaskill; Sunita Chaudhary; Robbie Cargill; Elspeth Laidlaw; Chukwuemeka Eze; Jean Balfour;
    Katarzyna Nowak; Angus Learmonth; Siobhan Gallacher; Imran Qureshi; Lorna Haldane; Wei Ling Chan; Struan Ogilvie;
    Patricia Inglis; Mohammed Al-Rashid; Beth Carnegie; Innes Pringle; Anjali Krishnamurthy; Ross Galbraith;
    Margaret-Anne Mackintosh; Teodora Popescu; Calum Forsyth; Yetunde Bakare; Hector Lockhart; Aoife Brennan;
    Sandeep Gill; Isobel Carruthers; Magnus Sinclair; Rukhsana Javed; Andrew Moncur; Jennifer Tulloch;
    Dimitrios Papadopoulos; Effie Ramage; Donnie MacSween; Harpreet Sandhu; Sheila Auchterlonie; Piotr Zieliński;
    Lindsay Wedderburn; Kwabena Asante; Mhairi Rutherford; Graeme Purves; Noor Hussain; Vivienne Dalrymple;
    Alistair Menzies-Carmichael; Hannah Swanson; Finlay Geddes; Marta Kowalczyk; Joyce Leckie; Usman Sheikh;
    Rosalind Arbuckle; Murdo Nicolson; Chiara Rossi; Keith Ballantyne; Abena Mensah; Elaine Crichton; Scott Hepburn;
    Parveen Aslam; Jessie Threipland; Neil Rankine; Bronagh Devlin; Tendai Moyo; Agnes Cuthbertson; Hugh Somerville;
    Leila Haddad; Euan Traquair; Maureen Spowart; Vikram Menon; Christina Halcrow; Archie Winning; Nadia Rehman;
    Grant Liddell; Sorley Macrae; Deirdre Whelan; Bogdan Ionescu; Flora Maitland; Craig Stobie; Ifeoma Obi;
    Winifred Houston; Lachlan Baird; Jasmin Kaur; Ronald Abercrombie; Olga Petrenko; Muriel Haddow; Sean Docherty
    """.replace("\n", " ").split(";")
)
