"""Who may open what in escalations."""

from tests.house.matrix import Row

ROWS: list[Row] = []
