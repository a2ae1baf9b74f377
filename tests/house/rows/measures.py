"""Who may open what in measures: it has no paths of its own, a measure is reached through its project."""

from tests.house.matrix import Row

ROWS: list[Row] = []
