"""Who may open what in clusters."""

from tests.house.matrix import Row

ROWS: list[Row] = []
