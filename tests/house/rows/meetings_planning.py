"""Who may plan meetings, and take them into a calendar."""

from meetings.models import Meeting
from meetings.selectors.coming import series_of
from tests.house.matrix import Row
from tests.meetings.test_meeting_plan import plan_fields, planned
from tests.meetings.test_series import begun, series_fields

INSIDE = "callum morag asha pam tom"
ABOVE = "heather lewis rhona duncan bruce"
REGISTRY = "priya olive isla"
READERS = "asha pam tom"


def _planned(w):
    """Each on a day of its own, so that one world takes the rows together."""
    return [planned(w, days=50 + Meeting.objects.filter(state=Meeting.State.PLANNED).count()).pk]


def _forum(w):
    return [w.rowan.forum]


def _of_series(w):
    w.series = series_of(w.rowan.forum) or begun(w)
    return [w.rowan.forum]


ROWS = [
    Row("meetings:my_meetings", get={200: "everyone"}),
    Row(
        "meetings:meeting_plan",
        args=_forum,
        get={200: "callum morag", 403: f"{READERS} {ABOVE} {REGISTRY}"},
        post={302: "callum morag", 403: f"{READERS} {ABOVE} {REGISTRY}"},
        data=lambda w: plan_fields(w),
    ),
    Row("meetings:meeting", args=_planned, get={200: INSIDE}),
    Row(
        "meetings:meeting_change",
        args=_planned,
        get={200: "callum morag", 403: READERS},
        post={302: "callum morag", 403: READERS},
        data=lambda w: plan_fields(w, place="Elsewhere", version="1"),
    ),
    Row(
        "meetings:meeting_call_off",
        args=_planned,
        get={200: "callum morag", 403: READERS},
        post={302: "callum morag", 403: READERS},
        data=lambda w: {"reason": "Snow", "version": "1"},
    ),
    Row("meetings:meeting_calendar", args=_planned, get={200: INSIDE}),
    Row("meetings:forum_calendar", args=_forum, get={200: INSIDE, 403: f"{ABOVE} {REGISTRY}"}),
    Row(
        "meetings:meeting_series",
        args=_forum,
        get={200: "callum morag", 403: f"{READERS} {ABOVE} {REGISTRY}"},
        # The first answer shows what it would do.
        post={200: "callum morag", 403: f"{READERS} {ABOVE} {REGISTRY}"},
        data=lambda w: series_fields(w),
    ),
    Row(
        "meetings:meeting_series_end",
        args=_of_series,
        get={200: "callum morag", 403: f"{READERS} {ABOVE} {REGISTRY}"},
        post={302: "callum morag", 403: f"{READERS} {ABOVE} {REGISTRY}"},
        data=lambda w: {"version": str(w.series.pk)},
    ),
]
