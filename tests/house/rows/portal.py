"""Pages that belong to no app."""

from tests.house.matrix import Row

ROWS = [
    Row("health", get={200: "everyone"}, open=True),
    Row("robots", get={200: "everyone"}, open=True),
    Row("accessibility", get={200: "everyone"}, open=True),
    Row("privacy", get={200: "everyone"}, open=True),
]
