"""The one place where markup is made. Everything else hands over names, numbers and plain text."""

from html import escape


class Svg(str):
    """Finished markup.

    Safe to put into a page as it is: only `element` makes it, and `element` escapes every attribute and every
    child that is not itself an `Svg`. Templates ask `__html__` and so don't escape it a second time.
    """

    __slots__ = ()

    def __html__(self) -> str:
        return self


def element(tag: str, *children: object, **attributes: object) -> Svg:
    """`element("text", "a < b", x=1, text_anchor="end")`: an underscore in a name is written as a hyphen."""
    named = "".join(
        f' {name.replace("_", "-")}="{escape(_written(value))}"'
        for name, value in attributes.items()
        if value is not None
    )
    inner = "".join(child if isinstance(child, Svg) else escape(str(child)) for child in children)
    return Svg(f"<{tag}{named}>{inner}</{tag}>" if inner else f"<{tag}{named}/>")


def together(parts: list[Svg]) -> Svg:
    """Several pieces of markup as one."""
    return Svg("".join(parts))


def _written(value: object) -> str:
    if isinstance(value, float):
        return f"{value:.1f}".removesuffix(".0")
    return str(value)
