"""Who may open what in meetings."""

from tests.house.matrix import Row

ROWS: list[Row] = []
