"""Who chases what is late."""

from tests.house.matrix import Row
from tests.meetings.minutes import an_action

WRITE_UP = "callum morag heather rhona bruce duncan nell"


def _late(w):
    return [an_action(w, owner=w.tom, due_in=-3).pk]


ROWS = [
    Row("meetings:chase", get={200: WRITE_UP}),
    Row("meetings:chase_one", args=_late, post={302: "callum morag", 403: "asha pam tom"}),
    Row("meetings:chase_all", get={200: WRITE_UP}, post={302: WRITE_UP}),
]
