"""Diagrams as accessible inline SVG: pure Python, presentation attributes only, so that the strict policy holds."""

from qiplans.drawing.fishbone import draw_fishbone
from qiplans.drawing.pareto import PICTURED, draw_pareto
from qiplans.drawing.parts import Branch
from qiplans.drawing.swot import draw_swot
from qiplans.drawing.tree import draw_drivers

__all__ = ["PICTURED", "Branch", "draw_drivers", "draw_fishbone", "draw_pareto", "draw_swot"]
