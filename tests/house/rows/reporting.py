"""Who may open what in reporting."""

from tests.house.matrix import Row

ROWS: list[Row] = []
