"""What the clusters marked by hand: which items look inward or outward, and who chose a priority."""

INWARD, OUTWARD = "INTR", "EXTR"

# Topics by title, where the kind of item does not say it.
SIDES = {
    "Cover for training afternoons": OUTWARD,
    "Whether we can keep meeting": INWARD,
    "Reviews by video": INWARD,
    "One cluster, two HSCPs": OUTWARD,
    "District nursing on both sides": OUTWARD,
    "What we might work on": INWARD,
    "Two practices, one nurse for long-term conditions": INWARD,
    "Plan for the year": INWARD,
    "Physiotherapy for people who have fallen": OUTWARD,
    "The plan": INWARD,
    "A shared phlebotomy hub": OUTWARD,
    "Urgent letters": INWARD,
    "What we work on this year": INWARD,
    "Podiatry waiting times": OUTWARD,
    "The plan for the year": INWARD,
    "Home visits for frail people": OUTWARD,
    "Medicines after discharge, with the hospital pharmacist": OUTWARD,
    "Vaccination at home": OUTWARD,
    "Medicines after discharge: two wards with a required field": OUTWARD,
    "Diabetes recall: evening clinics": INWARD,
}
# Priorities by title, where the cluster did not think of them itself.
CHOSEN_BY = {
    "Medicines are right after a stay in hospital": "HSCP",
    "Safer medicines for pain": "LIST",
    "Treat those who need it": "LIST",
    "Blood tests close to home": "HSCP",
    "Same-day access that is fair": "MANDATE",
}
