"""Reads tables of figures, practices by periods. Plain Python; touches no rows."""

from measures.parsing.figure_table import Asked, FigureTable, Told, read_figures
from measures.parsing.sheets import SIZE_LIMIT, lines_of_file, lines_of_paste

__all__ = ["SIZE_LIMIT", "Asked", "FigureTable", "Told", "lines_of_file", "lines_of_paste", "read_figures"]
