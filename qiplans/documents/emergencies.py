"""Emergencies in documents: what is read has to be read with them."""

from collections.abc import Iterator

from qiplans.models import Emergency
from shared.documents import Block, Line, Paragraph


def told_of(emergencies: list[Emergency]) -> Iterator[Block]:
    """A line for each, as the pages have it."""
    yield from (Paragraph(Line(one.told, label=one.get_kind_display())) for one in emergencies)
