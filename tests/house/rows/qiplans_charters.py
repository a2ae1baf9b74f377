"""Who may open what belongs to a project's charter."""

from datetime import timedelta

from qiplans.services.charters import add_milestone, add_partner
from qiplans.services.support import ask_support
from tests.house.matrix import Row
from tests.qiplans.conftest import a_plan

KEEPERS = "callum morag tom"
OTHERS = "asha pam"
ANSWERING = "heather rhona duncan"


def project(w):
    return [a_plan(w).project.pk]


def partner(w):
    of = a_plan(w).project
    return [of.pk, add_partner(by=w.tom, project=of, name="Podiatry", kind="PROF").pk]


def milestone(w):
    of = a_plan(w).project
    return [of.pk, add_milestone(by=w.tom, project=of, what="Letter ready", due_on=w.today).pk]


def support(w):
    of = a_plan(w).project
    return [ask_support(by=w.tom, project=of, what="An analyst for a day", reply_by=w.today).pk]


def _kept(name, data):
    table = {200: KEEPERS, 403: OTHERS}
    return Row(f"qiplans:{name}", project, get=table, post={302: KEEPERS, 403: OTHERS}, data=data)


ROWS = [
    _kept("charter_write", lambda w: {"problem": "Letters get lost.", "version": 1}),
    _kept("partner_add", lambda w: {"name": "Podiatry", "kind": "PROF"}),
    _kept("milestone_add", lambda w: {"what": "Letter ready", "due_on": w.today + timedelta(days=7)}),
    _kept("support_ask", lambda w: {"what": "An analyst", "reply_by": w.today + timedelta(days=7)}),
    _kept("progress_confirm", lambda w: {"score": "1.0", "note": "Nearly there"}),
    Row("qiplans:partner_engage", partner, post={302: KEEPERS, 403: OTHERS}, data=lambda w: {"engaged": "yes"}),
    Row("qiplans:milestone_reach", milestone, post={302: KEEPERS, 403: OTHERS}, data=lambda w: {"done": "yes"}),
    Row(
        "qiplans:practice_opt",
        lambda w: [*project(w), w.alder.code],
        get={200: "asha pam", 403: "callum morag tom"},
        post={302: "asha pam", 403: "callum morag tom"},
        data=lambda w: {"is_in": "yes", "variation": "By letter only"},
    ),
    Row(
        "qiplans:support",
        support,
        get={200: f"{KEEPERS} {OTHERS} {ANSWERING}"},
        post={302: ANSWERING, 403: f"{KEEPERS} {OTHERS}"},
        data=lambda w: {"decision": "GIVEN", "reasons": "From the improvement fund"},
    ),
]
ROWS += [
    Row("qiplans:project_file", lambda w, f=form: [*project(w), f], get={200: f"{KEEPERS} {OTHERS}"})
    for form in ("pdf", "docx")
]
ROWS += [Row("qiplans:project_case", project, get={200: f"{KEEPERS} {OTHERS}"})]
ROWS += [
    Row("qiplans:project_case_file", lambda w, f=form: [*project(w), f], get={200: f"{KEEPERS} {OTHERS}"})
    for form in ("pdf", "docx")
]
