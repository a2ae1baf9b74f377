"""Who may open what in office."""

from tests.house.matrix import Row

ROWS: list[Row] = []
