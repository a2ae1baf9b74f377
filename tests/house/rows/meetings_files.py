"""Who may take away what of a meeting, and of a forum's actions, as a file."""

from tests.house.matrix import Row
from tests.meetings.minutes import logged, published

INSIDE = "callum morag asha pam tom"
FROM_HSCP = "heather lewis rhona duncan"
FORMS = ("pdf", "docx")


def _rows(form: str) -> list[Row]:
    return [
        Row(
            "meetings:minutes_file",
            args=lambda w: [published(w, share_level="HSCP").pk, form],
            get={200: f"{INSIDE} {FROM_HSCP}"},
        ),
        Row("meetings:minutes_file", args=lambda w: [logged(w).pk, form], get={200: "callum morag"}),
        Row(
            "meetings:agenda_file",
            args=lambda w: [published(w, share_level="HSCP").pk, form],
            get={200: INSIDE, 403: FROM_HSCP},
        ),
        Row(
            "meetings:action_log_file",
            args=lambda w: [w.rowan.forum.slug, form],
            get={200: INSIDE, 403: f"{FROM_HSCP} bruce priya olive isla"},
        ),
    ]


ROWS = [row for form in FORMS for row in _rows(form)]
