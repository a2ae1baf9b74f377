"""Who reads the analysis of a significant event, and who writes it: nobody above the cluster."""

from dataclasses import replace

from meetings.models import Item
from tests.house.matrix import Row
from tests.meetings.minutes import entry, published

READERS = "asha pam tom"
WORDS = {"what_happened": "A letter was filed unread.", "why": "", "learning": "", "change_agreed": "", "version": ""}


def an_event(w) -> Item:
    """An item about a significant event in published minutes that are shared as high as they go."""
    of = replace(entry(w).items[1], title="A letter missed", kind="SEA")
    return published(w, share_level="BOARD", items=(of,)).items.get()


ROWS = [
    Row(
        "meetings:event",
        lambda w: [an_event(w).pk],
        get={200: f"callum morag {READERS}"},
        post={302: "callum morag", 403: READERS},
        data=lambda w: WORDS,
    ),
    Row(
        "meetings:event_list",
        lambda w: [an_event(w).meeting.forum],
        get={200: f"callum morag {READERS}", 403: "heather lewis rhona duncan bruce priya olive isla"},
    ),
]
