"""The permission matrix: each URL × each of the cast → the status they get. Also the table that the sweeps walk.

A row lives in `tests/house/rows/<app>.py` in a list `ROWS`. Whoever is not named in it gets 404; a visitor who is
not signed in is sent to sign in (302) unless the row is `open`. A method without expectations must answer 405.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from importlib import import_module
from typing import Any

from django.urls import reverse

from tests.cast import World

CAST = [
    "asha",
    "callum",
    "morag",
    "heather",
    "lewis",
    "rhona",
    "bruce",
    "pam",
    "duncan",
    "olive",
    "priya",
    "iona",
    "nell",
    "tom",
    "fergus",
    "gail",
    "una",
]
APPS = ("portal", "reporting", "office", "clusters", "meetings", "measures", "qiplans", "escalations")

Expected = dict[int, str]


@dataclass(frozen=True)
class Row:
    """One URL. `args` may make what the page needs and gives the URL's arguments.

    `get` and `post` map a status to first names ("callum morag"); "everyone" stands for the whole cast.
    `data` gives what is posted: valid for those who may. A URL that asks in steps has a row a step (`query`).
    """

    name: str
    args: Callable[[World], list[Any]] = lambda w: []
    get: Expected = field(default_factory=dict)
    post: Expected = field(default_factory=dict)
    data: Callable[[World], dict[str, Any]] = lambda w: {}
    open: bool = False
    query: str = ""

    def path(self, world: World) -> str:
        return reverse(self.name, args=self.args(world)) + self.query

    def expected(self, method: str, who: str) -> int:
        """The status that `who` must get."""
        table: Expected = getattr(self, method)
        if not table:
            return 405
        for status, names in table.items():
            if names == "everyone" or who in names.split():
                return status
        return 404


def all_rows() -> list[Row]:
    """Every row of every app."""
    return [row for app in APPS for row in import_module(f"tests.house.rows.{app}").ROWS]
