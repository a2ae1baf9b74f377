"""Who may open what in escalations."""

from escalations.selectors import contacts_mark, ladder_mark
from tests.escalations.story import name_leads, posted, raised, refer_up
from tests.house.matrix import Row

RAISERS = "asha callum pam tom"
# In the cluster's reach, but not for them to raise.
ONLOOKERS = "morag heather lewis rhona bruce duncan olive priya isla"


def at_locality(world):
    """Asha's, passed up by Callum: with the East Strath quality group now."""
    esc = raised(world)
    return [refer_up(escalation=esc, by=world.callum, reasons="Needs money.").reference]


def with_leads(world):
    name_leads(world)
    return [world.rowan.forum.slug]


def rungs(world):
    empty = {"kind": "", "name": "", "forum": "", "decide_within_days": "20"}
    rows = [{**empty, "position": str(n)} for n in range(1, 7)]
    rows[0]["kind"] = "LOC_QUAL"
    told = {f"rung-{n}-{name}": value for n, row in enumerate(rows) for name, value in row.items()}
    return {"rung-TOTAL_FORMS": "6", "rung-INITIAL_FORMS": "6", "seen": ladder_mark(world.strath), **told}


def contacts(world):
    leads = {"first_lead": str(world.heather.pk), "second_lead": str(world.rhona.pk)}
    return {"safety_incident": "Datix", "seen": contacts_mark(world.strath), **leads}


ROWS = [
    Row("escalations:escalation_list", get={200: "everyone"}),
    Row(
        "escalations:escalation_raise",
        args=with_leads,
        get={200: RAISERS, 403: ONLOOKERS},
        post={302: RAISERS, 403: ONLOOKERS},
        data=lambda w: posted(),
    ),
    Row(
        "escalations:escalation",
        args=at_locality,
        get={200: "asha heather rhona duncan"},
        # Without the mark of a page that was read, the holders are shown it again; the move is not Asha's at all.
        post={200: "heather rhona duncan", 403: "asha"},
        data=lambda w: {"move": "resolve", "reasons": "Two sessions are funded."},
    ),
    Row(
        "escalations:escalation_readers",
        args=at_locality,
        get={200: "asha", 403: "heather rhona duncan"},
        post={302: "asha", 403: "heather rhona duncan"},
        data=lambda w: {"who": "callum@example.org"},
    ),
    Row("escalations:ladder_list", get={200: "priya olive isla"}),
    Row(
        "escalations:ladder",
        args=lambda w: [w.strath.code],
        get={200: "priya isla", 403: "olive"},
        post={302: "priya isla", 403: "olive"},
        data=rungs,
    ),
    Row(
        "escalations:safety_contacts",
        args=lambda w: [w.strath.code],
        get={200: "priya isla", 403: "olive"},
        post={302: "priya isla", 403: "olive"},
        data=contacts,
    ),
]
