"""What the practices of the demo are like, and which of their posts stand empty. All invented."""

SOURCE = "Practice populations by data zone, made up for this demo"

# Key, months ago, number of GPs, urban rural class, patients in the most deprived fifth (per cent), edition of SIMD.
FIGURES = (
    ("alder", 19, 6, "3", "20.5", 2020),
    ("alder", 5, 5, "3", "21.2", 2020),
    ("ash", 5, 4, "3", "14.8", 2020),
    ("beech", 7, 5, "2", "31.6", 2020),
    ("elm", 4, 3, "5", "4.2", 2020),
    ("hazel", 5, 3, "2", "27.9", 2020),
    ("holly", 8, 2, "5", "6.0", 2020),
    ("willow", 5, 1, "6", None, None),
    ("larch1", 6, 7, "2", "18.4", 2020),
    ("juniper2", 6, 1, "6", "0", 2020),
    ("sycamore3", 3, 9, "2", "35.1", 2020),
    ("osier", 14, 3, "5", "8.7", 2020),
)

# Key, staff group, whole-time equivalent, empty since so many days ago, filled so many days ago (None: still empty).
VACANCIES = (
    ("alder", "NURSE", "0.6", 75, None),
    ("alder", "ADMIN", "1", 210, 150),
    ("beech", "ANP", "1", 34, None),
    ("elm", "PHARM", "0.5", 121, None),
    ("hazel", "GP", "0.75", 49, None),
    ("holly", "HCA", "0.4", 180, 90),
    ("willow", "GP", "0.5", 260, None),
    ("sycamore8", "PHARM", "1", 128, None),
    ("osier", "ADMIN", "0.5", 320, None),
)
