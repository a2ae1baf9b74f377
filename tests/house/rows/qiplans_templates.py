"""Who may read templates of projects, start from them, and write them for an HSCP."""

from qiplans.services.templates import write_template
from tests.house.matrix import CAST, Row
from tests.qiplans.conftest import a_plan

WRITERS = "callum morag"
HSCP = "heather lewis"
AROUND = "asha callum morag heather lewis rhona bruce pam duncan tom"
WORDS = {
    "title": "Lithium checks",
    "how_much": "nine in ten",
    "what": "people on lithium had their bloods",
    "where": "in all practices",
    "by_when": "a year from the start",
    "why": "Levels go unseen.",
    "orientation": "INTR",
    "measure_name": "Bloods in time",
    "numerator": "People with bloods in three months",
    "denominator": "People on lithium",
    "source": "A saved search",
    "ideas": "One recall day",
    "first_test": "Ring five people.",
}


def a_template(w):
    return write_template(by=w.heather, hscp=w.strath, **WORDS)


def own(w):
    return [f"own-{a_template(w).pk}"]


def shipped(w):
    a_plan(w)
    return ["advance-care-planning"]


def start_data(w):
    from qiplans.models import Priority

    return {"priority": Priority.objects.first().pk}


def but(*groups):
    """Everybody of the cast who is in none of the groups."""
    named = {name for group in groups for name in group.split()}
    return " ".join(name for name in CAST if name not in named)


ROWS = [
    Row("qiplans:template_list", get={200: "everyone"}),
    Row("qiplans:template", shipped, get={200: "everyone"}),
    Row("qiplans:template", own, get={200: AROUND}),
    Row(
        "qiplans:template_start",
        shipped,
        get={200: WRITERS, 403: but(WRITERS)},
        post={302: WRITERS, 403: but(WRITERS)},
        data=start_data,
    ),
    Row(
        "qiplans:template_add",
        get={200: HSCP, 403: but(HSCP)},
        post={302: HSCP, 403: but(HSCP)},
        data=lambda w: {**WORDS, "hscp": w.strath.pk},
    ),
    Row("qiplans:template_retire", own, post={302: HSCP, 403: "asha callum morag rhona bruce pam duncan tom"}),
]
