"""Who may use the tools of projects and clusters. Tom leads the project, Asha is PQL of a practice taking part and Pam
her deputy: all three use its tools. Diagrams of the cluster itself are kept by those who write it up.
"""

from qiplans.services.pdsa import report_cycle
from tests.house.matrix import Row
from tests.qiplans.conftest import a_plan
from tests.qiplans.tools import a_cycle, a_diagram, a_pareto, some_drivers, some_feedback

WRITERS = "callum morag"
MEMBERS = "asha pam tom"
USERS = f"{WRITERS} {MEMBERS}"
ABOVE = "heather lewis rhona bruce duncan"
REGISTRY = "olive priya isla"

PLAN = {
    "idea": "new",
    "new_idea": "Text",
    "objective": "Do texts help?",
    "question_1": "Do they?",
    "prediction_1": "Yes",
}


def project(w):
    return [a_plan(w).project.pk]


def done(w):
    of = a_cycle(w, a_plan(w).project)
    return [report_cycle(by=w.callum, cycle=of, version=1, observations="Six of ten came.").pk]


def cycle(w):
    return [a_cycle(w, a_plan(w).project).pk]


def idea(w):
    return [some_drivers(w, a_plan(w).project)[1][2].pk]


def drivers(w):
    return [some_drivers(w, a_plan(w).project)[0].pk]


def cause(w):
    return [a_pareto(w, {"No appointment": 4}).lines.get().pk]


def of_project(name, args, data):
    return Row(name, args, get={200: USERS}, post={302: USERS}, data=data)


ROWS = [
    of_project("qiplans:cycle_add", project, lambda w: PLAN),
    Row("qiplans:cycle", cycle, get={200: USERS}),
    Row("qiplans:cycle_file", lambda w: [*cycle(w), "pdf"], get={200: USERS}),
    of_project("qiplans:cycle_plan", cycle, lambda w: {**PLAN, "version": 1}),
    of_project("qiplans:cycle_do", cycle, lambda w: {"observations": "Six of ten came.", "version": 1}),
    of_project("qiplans:cycle_study", done, lambda w: {"result_1": "Six came.", "decision": "ADAPT", "version": 2}),
    of_project(
        "qiplans:feedback_add",
        project,
        lambda w: {"theme": "Texts are liked", "tone": "WELL", "source": "TALK", "heard_on": str(w.today)},
    ),
    of_project(
        "qiplans:feedback_change",
        lambda w: [some_feedback(w, a_plan(w).project).pk],
        lambda w: {
            "theme": "Texts are liked",
            "tone": "WELL",
            "source": "TALK",
            "heard_on": str(w.today),
            "changed": "Sent earlier",
            "version": 1,
        },
    ),
    Row(
        "qiplans:diagram_list",
        lambda w: [a_diagram(w).cluster.forum.slug],
        get={200: USERS, 403: f"{ABOVE} {REGISTRY}"},
    ),
    Row(
        "qiplans:diagram_add",
        lambda w: ["rowan"],
        get={200: WRITERS, 403: f"{MEMBERS} {ABOVE} {REGISTRY}"},
        post={302: WRITERS, 403: f"{MEMBERS} {ABOVE} {REGISTRY}"},
        data=lambda w: {"kind": "SWOT", "title": "Our cluster"},
    ),
    of_project("qiplans:project_diagram_add", project, lambda w: {"kind": "FISHB", "title": "Checks are missed"}),
    Row("qiplans:drivers_start", project, post={302: USERS}),
    Row("qiplans:drivers_fill", project, post={302: USERS}),
    Row("qiplans:diagram", lambda w: [some_drivers(w, a_plan(w).project)[0].pk], get={200: USERS}),
    Row("qiplans:diagram_file", lambda w: [*drivers(w), "docx"], get={200: USERS}),
    Row(
        "qiplans:diagram_change",
        lambda w: [a_diagram(w).pk],
        get={200: WRITERS, 403: MEMBERS},
        post={302: WRITERS, 403: MEMBERS},
        data=lambda w: {"title": "Foot checks are late", "version": 1},
    ),
    Row(
        "qiplans:line_add",
        lambda w: [some_drivers(w, a_plan(w).project)[0].pk],
        get={200: USERS},
        post={302: USERS},
        data=lambda w: {"text": "Capacity to see people"},
    ),
    Row(
        "qiplans:line_change",
        cause,
        get={200: WRITERS, 403: MEMBERS},
        post={302: WRITERS, 403: MEMBERS},
        data=lambda w: {"text": "No appointments", "count": "6", "version": 1},
    ),
    Row("qiplans:line_move", idea, post={302: USERS}, data=lambda w: {"way": "up"}),
    Row("qiplans:line_remove", idea, get={200: USERS}, post={302: USERS}),
    Row(
        "qiplans:learning_needs",
        lambda w: ["rowan"],
        get={200: USERS, 403: f"{ABOVE} {REGISTRY}"},
        post={302: USERS, 403: f"{ABOVE} {REGISTRY}"},
        data=lambda w: {"methods": "4", "leading": "2", "facilitating": "1"},
    ),
    Row("qiplans:method_choose", get={200: "everyone"}, query="?urgent=no&aim=better&known=why"),
]
