"""Which letters a document can hold: all that people write, none that steer, and on paper those of our own fonts."""

import re
import struct
import unicodedata
from functools import cache, lru_cache
from itertools import chain
from pathlib import Path

FONTS = Path(__file__).parent / "fonts"
STEERING = ("Cc", "Cf", "Cs", "Co", "Cn")
UNUSUAL = re.compile(r"[^\n -~]")
BLANKS = {"\r": "\n", "\t": " "}
JOINERS = "\u200c\u200d"  # some scripts need them within a word
MISSING = "□"
BREAK = "\u200b"


class NotMade(Exception):
    """The document could not be made."""


def writable(text: str) -> str:
    """`text` without characters that steer, hide or turn round what follows, which no file format takes unharmed."""
    return UNUSUAL.sub(lambda found: _writable(found[0]), text.replace("\r\n", "\n"))


def printable(text: str, *, longest: int) -> str:
    """`text` as our fonts can print it: a sign that they lack is named ("[thumbs up sign]"), a letter becomes □.

    A word that is longer than `longest` may be broken anywhere.
    """
    shown = UNUSUAL.sub(lambda found: _printable(_writable(found[0])), writable(text))
    return re.sub(rf"\S{{{longest + 1},}}", lambda word: BREAK.join(re.findall(".{1,8}", word[0])), shown)


@lru_cache(maxsize=10_000)
def _writable(character: str) -> str:
    if character in BLANKS:
        return BLANKS[character]
    return character if character in JOINERS or unicodedata.category(character) not in STEERING else ""


@lru_cache(maxsize=10_000)
def _printable(character: str) -> str:
    if not character or ord(character) in covered():
        return character
    kind = unicodedata.category(character)
    if kind in ("Mn", "Sk") or character in JOINERS:
        return ""  # colours and joins of a sign that is named already
    name = unicodedata.name(character, "").lower()
    return f"[{name}]" if kind == "So" and name else MISSING


@cache
def covered() -> frozenset[int]:
    """The code points that every one of our fonts has."""
    sets = [frozenset(_code_points(path.read_bytes())) for path in sorted(FONTS.glob("*.ttf"))]
    return frozenset.intersection(*sets)


def _code_points(font: bytes) -> chain[int]:
    """What the character map of a font lists (OpenType, cmap): its table in format 12, which our fonts have."""
    (tables,) = struct.unpack_from(">H", font, 4)
    offsets = {font[at : at + 4]: struct.unpack_from(">L", font, at + 8)[0] for at in range(12, 12 + 16 * tables, 16)}
    cmap = offsets[b"cmap"]
    (maps,) = struct.unpack_from(">H", font, cmap + 2)
    starts = [cmap + struct.unpack_from(">L", font, cmap + 8 + 8 * n)[0] for n in range(maps)]
    table = next(start for start in starts if struct.unpack_from(">H", font, start)[0] == 12)
    (groups,) = struct.unpack_from(">L", font, table + 12)
    ranges = (struct.unpack_from(">LL", font, table + 16 + 12 * n) for n in range(groups))
    return chain.from_iterable(range(first, last + 1) for first, last in ranges)
