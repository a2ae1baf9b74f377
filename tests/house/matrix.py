"""The permission matrix: each URL × each of the cast → the status they get. Also the table that the sweeps walk.

A row lives in a list `ROWS` of a module in `tests/house/rows`, named for its app or for its app and subject. Whoever is
not named in it gets 404 (Fergus, whose role ended yesterday, 403 for a form); a visitor who is not signed in is sent
to sign in (302) unless the row is `open`. A method without expectations must answer 405.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from importlib import import_module
from pkgutil import iter_modules
from typing import Any

from django.urls import reverse

from tests.cast import World
from tests.house import rows

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
    "isla",
    "nell",
    "tom",
    "fergus",
    "gail",
    "una",
]

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
        # Whoever's role ended lately is told so when a form finds the door closed (F35): the same answer for a thing
        # that is there, that never was, and that was theirs. See tests/portal/test_endings.py.
        return 403 if (method, who) == ("post", "fergus") else 404


def all_rows() -> list[Row]:
    """Every row of every module in `tests/house/rows`."""
    modules = sorted(module.name for module in iter_modules(rows.__path__))
    return [row for name in modules for row in import_module(f"{rows.__name__}.{name}").ROWS]
