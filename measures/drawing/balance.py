"""A bar in two parts: how much of a cluster's work is intrinsic, how much extrinsic. Told in words beside it too."""

from measures.drawing.svg import Svg, element

WIDE, HIGH = 480, 64
BAR, TOP = 28, 30


def draw_balance(intrinsic: int, extrinsic: int, *, label: str) -> Svg:
    """The bar; nothing where nothing is counted. The two parts differ by pattern and words, not by colour alone."""
    whole = intrinsic + extrinsic
    if not whole:
        return Svg("")
    inner = round((WIDE - 2) * intrinsic / whole)
    share = round(100 * intrinsic / whole)
    stripes = [
        element("line", x1=x, x2=min(x + 12, WIDE - 1), y1=TOP + BAR, y2=TOP, **{"class": "portal-balance__stripe"})
        for x in range(1 + inner, WIDE - 12, 14)
    ]
    return element(
        "svg",
        element("text", f"Intrinsic {share}%", x=1, y=20, **{"class": "portal-balance__word"}),
        element(
            "text",
            f"Extrinsic {100 - share}%",
            x=WIDE - 1,
            y=20,
            text_anchor="end",
            **{"class": "portal-balance__word"},
        ),
        element("rect", x=1, y=TOP, width=WIDE - 2, height=BAR, **{"class": "portal-balance__out"}),
        *stripes,
        element("rect", x=1, y=TOP, width=inner, height=BAR, **{"class": "portal-balance__in"}),
        role="img",
        aria_label=label,
        **{"class": "portal-balance", "viewBox": f"0 0 {WIDE} {HIGH}"},
    )
