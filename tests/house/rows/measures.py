"""Who may open what in measures."""

from tests.house.matrix import Row

ROWS: list[Row] = []
