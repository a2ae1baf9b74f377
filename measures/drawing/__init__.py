"""Charts as accessible inline SVG: pure Python, presentation attributes only, so that the strict policy holds."""

from measures.drawing.chart import Drawn, Mark, draw_run_chart
from measures.drawing.sparkline import draw_sparkline
from measures.drawing.svg import Svg

__all__ = ["Drawn", "Mark", "Svg", "draw_run_chart", "draw_sparkline"]
