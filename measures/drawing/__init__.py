"""Charts as accessible inline SVG: pure Python, presentation attributes only, so that the strict policy holds."""

from measures.drawing.chart import draw_chart
from measures.drawing.drawn import Drawn, Height, Look, Mark, Stretch
from measures.drawing.icons import draw_icon
from measures.drawing.small import draw_small, ends_of
from measures.drawing.sparkline import draw_sparkline
from measures.drawing.svg import Svg

__all__ = [
    "Drawn",
    "Height",
    "Look",
    "Mark",
    "Stretch",
    "Svg",
    "draw_chart",
    "draw_icon",
    "draw_small",
    "draw_sparkline",
    "ends_of",
]
