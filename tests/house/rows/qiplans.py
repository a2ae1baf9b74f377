"""Who may open what in qiplans."""

from tests.house.matrix import Row

ROWS: list[Row] = []
