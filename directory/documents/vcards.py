"""People as vCards (RFC 6350, version 4.0) that address books take in."""

import re
from collections.abc import Iterable
from uuid import NAMESPACE_URL, uuid5

from directory.selectors.people import Listed

MOST_OCTETS = 75  # of a line, without its end (section 3.2)
# Whatever some reader takes for the end of a line, as one space; other control characters go.
_BREAKS = re.compile("[\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]+")
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


def vcards(people: Iterable[Listed]) -> bytes:
    """One file with a card a person: name, address, roles, and places."""
    return "".join(_card(person) for person in people).encode()


def _card(person: Listed) -> str:
    given, _, family = _plain(person.name).rpartition(" ")
    lines = [
        "BEGIN:VCARD",
        "VERSION:4.0",
        "KIND:individual",
        f"UID:urn:uuid:{uuid5(NAMESPACE_URL, f'mailto:{person.email.lower()}')}",
        f"FN:{_text(person.name)}",
        f"N:{_text(family)};{_text(given)};;;",
        f"EMAIL;TYPE=work:{_text(person.email)}",
        *(f"TITLE:{_text(role)}" for role in person.roles),
        *(f"ORG:{_text(place)}" for place in person.places),
        "END:VCARD",
    ]
    return "".join(_folded(line) for line in lines)


def _plain(text: str) -> str:
    """One line without control characters: what somebody typed begins no line of the file."""
    return _CONTROLS.sub("", _BREAKS.sub(" ", text)).strip()


def _text(value: str) -> str:
    """A value with the characters escaped that mean something (section 3.4)."""
    return re.sub(r"([\\,;])", r"\\\1", _plain(value))


def _folded(line: str) -> str:
    """The line and its end; a long one goes on after a break and a space, never inside a character."""
    out, length = "", 0
    for character in line:
        size = len(character.encode())
        if length + size > MOST_OCTETS:
            out, length = f"{out}\r\n ", 1
        out, length = out + character, length + size
    return f"{out}\r\n"
