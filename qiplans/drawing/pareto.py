"""A Pareto chart: bars by size, and a line that says how much they make up together."""

from fractions import Fraction

from measures.drawing.svg import Svg, element
from qiplans.analysis.pareto import Bar, Pareto, percent
from qiplans.drawing.parts import FAINT, GREY, INK, LINE, ROW, filled, framed, written

WIDE, LEFT, RIGHT, TOP, PLANE, NAMES = 960, 64, 60, 40, 280, 5
PICTURED = 15  # more bars than this would have no room for their names: the rest stand as one, last
REST = "All others"


def draw_pareto(pareto: Pareto, *, name: str, key: str, told: str) -> Svg:
    """The picture. Beyond fifteen causes the smallest stand together as one bar at the end."""
    bars = _pictured(pareto.bars)
    room = (WIDE - LEFT - RIGHT) / max(len(bars), 1)
    names = [_short(filled(bar.name, room * 1.1 - 6)) for bar in bars]
    high = TOP + PLANE + 24 + ROW * max((len(lines) for lines in names), default=1) + 14
    parts = [*_axes(pareto.total), *_bars(bars, names, room, pareto.total), *_line(bars, room)]
    return framed(parts, key=key, name=f"Pareto chart: {name}", told=told, wide=WIDE, high=round(high))


def _pictured(bars: tuple[Bar, ...]) -> list[Bar]:
    if len(bars) <= PICTURED:
        return list(bars)
    kept, rest = bars[: PICTURED - 1], bars[PICTURED - 1 :]
    count, share = sum(bar.count for bar in rest), sum((bar.share for bar in rest), Fraction(0))
    return [*kept, Bar(f"{REST} ({len(rest)})", count, share, bars[-1].so_far, is_vital=False)]


def _short(lines: list[str]) -> list[str]:
    """At most five lines; the table beside the picture has all of the name."""
    return lines if len(lines) <= NAMES else [*lines[: NAMES - 1], f"{lines[NAMES - 1][:-1]}…"]


def _y(share: Fraction) -> float:
    return round(TOP + PLANE * (1 - float(share)), 1)


def _axes(total: int) -> list[Svg]:
    parts = [*written(["Count"], LEFT, 18, fill=GREY, text_anchor="end")]
    parts += written(["Together"], WIDE - RIGHT, 18, fill=GREY, text_anchor="end")
    for step in range(0, 101, 20):
        y, share = _y(Fraction(step, 100)), Fraction(step, 100)
        counted = total * share
        dashes, ink = "6 4" if step == 80 else None, INK if step in (0, 80) else FAINT
        parts.append(element("line", x1=LEFT, x2=WIDE - RIGHT, y1=y, y2=y, stroke=ink, stroke_dasharray=dashes))
        if counted.denominator == 1:
            parts.append(element("text", counted, x=LEFT - 8, y=y + 4, text_anchor="end"))
        parts.append(element("text", f"{step}%", x=WIDE - RIGHT + 8, y=y + 4))
    return parts


def _bars(bars: list[Bar], names: list[list[str]], room: float, total: int) -> list[Svg]:
    """The few are filled, the many only outlined: seen without colour too."""
    parts, wide, foot = [], room * 0.76, _y(Fraction(0))
    for n, (bar, lines) in enumerate(zip(bars, names, strict=True)):
        x, y = LEFT + room * (n + 0.5), _y(bar.share)
        fill = LINE if bar.is_vital else "#ffffff"
        said = element("title", f"{bar.name}: {bar.count}, together {percent(bar.so_far)}")
        parts.append(element("rect", said, x=x - wide / 2, y=y, width=wide, height=foot - y, fill=fill, stroke=LINE))
        inside = bar.share > Fraction(1, 8)
        ink = "#ffffff" if bar.is_vital and inside else INK
        parts.append(element("text", bar.count, x=x, y=y + 17 if inside else y - 5, text_anchor="middle", fill=ink))
        parts += written(lines, x, TOP + PLANE + 20, text_anchor="middle", font_size=12)
    return parts


def _line(bars: list[Bar], room: float) -> list[Svg]:
    points = [(LEFT + room * (n + 0.5), _y(bar.so_far)) for n, bar in enumerate(bars)]
    stroke = element(
        "polyline",
        points=" ".join(f"{x:.1f},{y:.1f}" for x, y in points),
        fill="none",
        stroke=INK,
        stroke_width=2,
    )
    dots = [element("circle", cx=x, cy=y, r=4, fill=INK, stroke="#ffffff") for x, y in points]
    return [stroke, *dots] if len(points) > 1 else dots
