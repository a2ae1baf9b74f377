"""Everybody who signs in chooses how often they are reminded."""

from tests.house.matrix import Row

ROWS = [
    Row(
        "office:reminders",
        get={200: "everyone"},
        post={302: "everyone"},
        data=lambda w: {"rhythm": "WEEKLY"},
    )
]
