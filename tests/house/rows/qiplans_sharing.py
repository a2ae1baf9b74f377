"""Who may open work across Scotland: everybody who can sign in."""

from tests.house.matrix import Row

ROWS = [Row("qiplans:across_scotland", get={200: "everyone"})]
