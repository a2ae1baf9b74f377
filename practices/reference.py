"""The 14 health boards and 31 HSCPs of Scotland, and the archived codes that older files still use.

Codes and names are plain facts, published by Public Health Scotland.
"""

# Code to name.
BOARDS = {
    "S08000015": "NHS Ayrshire and Arran",
    "S08000016": "NHS Borders",
    "S08000017": "NHS Dumfries and Galloway",
    "S08000019": "NHS Forth Valley",
    "S08000020": "NHS Grampian",
    "S08000022": "NHS Highland",
    "S08000024": "NHS Lothian",
    "S08000025": "NHS Orkney",
    "S08000026": "NHS Shetland",
    "S08000028": "NHS Western Isles",
    "S08000029": "NHS Fife",
    "S08000030": "NHS Tayside",
    "S08000031": "NHS Greater Glasgow and Clyde",
    "S08000032": "NHS Lanarkshire",
}

# Code to name and code of the health board.
HSCPS = {
    "S37000001": ("Aberdeen City", "S08000020"),
    "S37000002": ("Aberdeenshire", "S08000020"),
    "S37000003": ("Angus", "S08000030"),
    "S37000004": ("Argyll and Bute", "S08000022"),
    "S37000005": ("Clackmannanshire and Stirling", "S08000019"),
    "S37000006": ("Dumfries and Galloway", "S08000017"),
    "S37000007": ("Dundee City", "S08000030"),
    "S37000008": ("East Ayrshire", "S08000015"),
    "S37000009": ("East Dunbartonshire", "S08000031"),
    "S37000010": ("East Lothian", "S08000024"),
    "S37000011": ("East Renfrewshire", "S08000031"),
    "S37000012": ("Edinburgh", "S08000024"),
    "S37000013": ("Falkirk", "S08000019"),
    "S37000016": ("Highland", "S08000022"),
    "S37000017": ("Inverclyde", "S08000031"),
    "S37000018": ("Midlothian", "S08000024"),
    "S37000019": ("Moray", "S08000020"),
    "S37000020": ("North Ayrshire", "S08000015"),
    "S37000022": ("Orkney Islands", "S08000025"),
    "S37000024": ("Renfrewshire", "S08000031"),
    "S37000025": ("Scottish Borders", "S08000016"),
    "S37000026": ("Shetland Islands", "S08000026"),
    "S37000027": ("South Ayrshire", "S08000015"),
    "S37000028": ("South Lanarkshire", "S08000032"),
    "S37000029": ("West Dunbartonshire", "S08000031"),
    "S37000030": ("West Lothian", "S08000024"),
    "S37000031": ("Western Isles", "S08000028"),
    "S37000032": ("Fife", "S08000029"),
    "S37000033": ("Perth and Kinross", "S08000030"),
    "S37000034": ("Glasgow City", "S08000031"),
    "S37000035": ("North Lanarkshire", "S08000032"),
}

# Archived code to the code in use today.
ARCHIVED_BOARDS = {
    "S08000018": "S08000029",  # Fife
    "S08000027": "S08000030",  # Tayside
    "S08000021": "S08000031",  # Greater Glasgow and Clyde
    "S08000023": "S08000032",  # Lanarkshire
}
ARCHIVED_HSCPS = {
    "S37000014": "S37000032",  # Fife
    "S37000023": "S37000033",  # Perth and Kinross
    "S37000015": "S37000034",  # Glasgow City
    "S37000021": "S37000035",  # North Lanarkshire
}

# Boards that share a border on land or a bridge. A cluster may cross between them; the same cluster name in boards
# that lie apart means two clusters.
NEIGHBOURS = frozenset(
    frozenset(pair)
    for pair in (
        ("S08000015", "S08000017"),  # Ayrshire and Arran, Dumfries and Galloway
        ("S08000015", "S08000031"),  # Ayrshire and Arran, Greater Glasgow and Clyde
        ("S08000015", "S08000032"),  # Ayrshire and Arran, Lanarkshire
        ("S08000016", "S08000017"),  # Borders, Dumfries and Galloway
        ("S08000016", "S08000024"),  # Borders, Lothian
        ("S08000016", "S08000032"),  # Borders, Lanarkshire
        ("S08000017", "S08000032"),  # Dumfries and Galloway, Lanarkshire
        ("S08000019", "S08000022"),  # Forth Valley, Highland
        ("S08000019", "S08000024"),  # Forth Valley, Lothian
        ("S08000019", "S08000029"),  # Forth Valley, Fife
        ("S08000019", "S08000030"),  # Forth Valley, Tayside
        ("S08000019", "S08000031"),  # Forth Valley, Greater Glasgow and Clyde
        ("S08000019", "S08000032"),  # Forth Valley, Lanarkshire
        ("S08000020", "S08000022"),  # Grampian, Highland
        ("S08000020", "S08000030"),  # Grampian, Tayside
        ("S08000022", "S08000030"),  # Highland, Tayside
        ("S08000022", "S08000031"),  # Highland, Greater Glasgow and Clyde
        ("S08000024", "S08000029"),  # Lothian, Fife
        ("S08000024", "S08000032"),  # Lothian, Lanarkshire
        ("S08000029", "S08000030"),  # Fife, Tayside
        ("S08000031", "S08000032"),  # Greater Glasgow and Clyde, Lanarkshire
    )
)
