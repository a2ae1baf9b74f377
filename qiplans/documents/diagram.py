"""A diagram to take away: its picture, and the same as a list or a table."""

from collections.abc import Iterator
from datetime import date

from accounts.models import User
from meetings.documents.sheets import members_only, printed_for
from qiplans.models import Diagram
from qiplans.selectors.diagrams import DiagramSeen, Node
from shared.documents import Block, Bullets, Document, Heading, Line, Paragraph, Picture, Table

ABOVE = "Shared above the cluster."
STEP = "\u2003"  # a space as wide as a letter: how deep a line stands


def diagram_document(seen: DiagramSeen, *, reader: User, on: date, is_inside: bool) -> Document:
    """The diagram as its reader sees it on the page."""
    diagram = seen.diagram
    forum = diagram.cluster.forum
    of = f" · {diagram.project.title}" if diagram.project else ""
    return Document(
        title=f"{diagram.get_kind_display()}: {seen.name}",
        about=f"{forum}{of}",
        printed=printed_for(reader, on=on),
        readers=members_only(forum) if is_inside else ABOVE,
        blocks=tuple(_blocks(seen)),
    )


def _blocks(seen: DiagramSeen) -> Iterator[Block]:
    if seen.diagram.kind == Diagram.Kind.DRIVER:
        yield Paragraph(Line(seen.subject, label="Aim"))
    yield Paragraph(Line(seen.words))
    if seen.picture:
        yield Picture(seen.picture, f"{seen.diagram.get_kind_display()}: {seen.words}")
    if seen.diagram.kind == Diagram.Kind.PARETO:
        yield from _table(seen)
    elif seen.diagram.kind == Diagram.Kind.SWOT:
        for part, nodes in seen.lists:
            yield from (Heading(part.label), _list(nodes))
    elif seen.nodes:
        yield from (Heading("As a list"), _list(seen.nodes))


def _list(nodes: list[Node]) -> Block:
    if not nodes:
        return Paragraph(Line("Nothing yet."))
    return Bullets(tuple(_lines(nodes, 0)))


def _lines(nodes: list[Node], level: int) -> Iterator[Line]:
    for node in nodes:
        note = f" ({node.note})" if node.note else ""
        called = "" if node.line.part else f"{STEP * level}{node.called}"
        yield Line(f"{node.line.text}{note}", label=called)
        yield from _lines(node.under, level + 1)


def _table(seen: DiagramSeen) -> Iterator[Block]:
    counted = [
        (name, str(count), share, together, "yes" if few else "") for name, count, share, together, few in seen.shares
    ]
    left = [(name, "not counted yet", "", "", "") for name in seen.pareto.left]
    if rows := tuple(counted + left):
        yield Table(("Cause", "Count", "Share", "Together", "One of the few"), rows, (6, 3, 2, 2, 3))
