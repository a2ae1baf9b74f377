"""Who may take the log of actions away as a file."""

from tests.house.matrix import Row

INSIDE = "callum morag asha pam tom"
ABOVE = "heather lewis rhona duncan bruce"
REGISTRY = "priya olive isla"


def _rowan(w):
    return [w.rowan.forum.slug]


ROWS = [
    Row("meetings:action_list", get={200: "everyone"}, query="?view=print&show=all"),
    Row("meetings:action_issued", get={200: "heather rhona duncan"}),
    Row("meetings:action_list_csv", get={200: "everyone"}),
    Row("meetings:action_list_excel", get={200: "everyone"}),
    Row("meetings:cluster_actions_csv", args=_rowan, get={200: INSIDE, 403: f"{ABOVE} {REGISTRY}"}),
    Row("meetings:cluster_actions_excel", args=_rowan, get={200: INSIDE, 403: f"{ABOVE} {REGISTRY}"}),
]
