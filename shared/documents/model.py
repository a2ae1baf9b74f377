"""What a document is made of. Plain values: no markup, so nothing that somebody typed can be more than text."""

from dataclasses import dataclass

WEB = ("https://", "http://")


@dataclass(frozen=True)
class Line:
    """A text, perhaps with a bold `label` before it ("Decision") and the web address that it leads to."""

    text: str
    label: str = ""
    link: str = ""

    @property
    def address(self) -> str:
        """The link where it leads to the web; empty for anything else that somebody typed."""
        return self.link if self.link.startswith(WEB) else ""


@dataclass(frozen=True)
class Heading:
    """Level 1 for a part of the document, 2 within a part."""

    text: str
    level: int = 1


@dataclass(frozen=True)
class Paragraph:
    line: Line
    is_quiet: bool = False


@dataclass(frozen=True)
class Facts:
    """Things known by a name: ("Next meeting", "Thu 10 Dec 2026")."""

    pairs: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Bullets:
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Table:
    """Rows under a head that stands on every page; `widths` say how wide the columns are, against each other.

    A dense one has smaller letters and narrower rows: for many short cells that have to fit on the page.
    """

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[int, ...]
    is_dense: bool = False


@dataclass(frozen=True)
class Picture:
    """A drawing of ours as SVG, as wide as the page, and what it shows in words for those who don't see it."""

    svg: str
    told: str


Block = Heading | Paragraph | Facts | Bullets | Table | Picture


@dataclass(frozen=True)
class Document:
    """A document and what stands on each of its pages: `about` ("Rowan · Thu 12 Nov 2026") and `mark` ("Draft") at the
    head; `printed` (for whom, on which day) and `readers` (who may read it) at the foot, with the number of the page.
    """

    title: str
    about: str
    printed: str
    readers: str
    blocks: tuple[Block, ...]
    mark: str = ""
