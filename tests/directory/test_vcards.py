"""vCards are as RFC 6350 wants them, whatever somebody is called. Read by a small parser of the test's own."""

import re

import pytest

from directory.documents.vcards import vcards
from directory.selectors.people import Listed


def parsed(data: bytes) -> list[list[tuple[str, str]]]:
    """Cards as lists of property (with parameters) and raw value, by the letter of sections 3.2 and 3.3."""
    text = data.decode("utf-8")
    assert text.endswith("\r\n")
    assert not re.search(r"(?<!\r)\n|\r(?!\n)", text), "a bare line end"
    for line in text.split("\r\n"):
        assert len(line.encode()) <= 75, line
    unfolded = text.replace("\r\n ", "").removesuffix("\r\n").split("\r\n")
    cards, card = [], None
    for line in unfolded:
        match = re.fullmatch(r"([A-Z-]+(?:;[A-Z]+=[a-z0-9]+)*):(.*)", line)
        assert match, line
        name, value = match.groups()
        if name == "BEGIN":
            assert (card, value) == (None, "VCARD")
            card = []
        elif name == "END":
            cards.append(card)
            card = None
        else:
            card.append((name, value))
    assert card is None
    return cards


def unescaped(value: str) -> str:
    assert re.fullmatch(r"(?:[^\\,;]|\\[\\,;n])*", value), value
    return re.sub(r"\\(.)", lambda m: "\n" if m[1] == "n" else m[1], value)


def card_of(name="Asha Rahman", email="asha@example.org", roles=("Practice Quality Lead",), places=("Alder",)):
    (card,) = parsed(vcards([Listed(name, email, roles, places)]))
    return card


def test_an_ordinary_card():
    card = card_of()
    assert card[0] == ("VERSION", "4.0")
    assert dict(card)["FN"] == "Asha Rahman"
    assert dict(card)["N"] == "Rahman;Asha;;;"
    assert dict(card)["EMAIL;TYPE=work"] == "asha@example.org"
    assert re.fullmatch(r"urn:uuid:[0-9a-f-]{36}", dict(card)["UID"])
    assert [value for name, value in card if name == "TITLE"] == ["Practice Quality Lead"]


def test_the_same_person_keeps_their_number():
    assert dict(card_of())["UID"] == dict(card_of(name="Asha R", email="ASHA@example.org"))["UID"]
    assert dict(card_of())["UID"] != dict(card_of(email="tom@example.org"))["UID"]


@pytest.mark.parametrize(
    "name",
    [
        "O’Neil; Sons, Inc \\ Co",
        "Zofia Wiśniewska",
        "李" * 60,
        "🙂" * 40,
        "A" * 400,
        "é" * 74 + " " + "x" * 74,
    ],
)
def test_whatever_they_are_called(name):
    assert unescaped(dict(card_of(name=name))["FN"]) == name


@pytest.mark.parametrize(
    "break_", ["\r\n", "\n", "\r", "\x0b", "\x0c", "\x1c", "\x1d", "\x1e", "\x85", "\u2028", "\u2029", "\x00", "\r\n "]
)
def test_nobody_adds_lines_of_their_own(break_):
    evil = f"Eve{break_}EMAIL:evil@example.net{break_}END:VCARD"
    card = card_of(name=evil, email=f"a@b.c{break_}X:1", roles=(evil,), places=(evil,))
    assert [name for name, _ in card] == ["VERSION", "KIND", "UID", "FN", "N", "EMAIL;TYPE=work", "TITLE", "ORG"]
    assert not set("\x00\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029") & set("".join(v for _, v in card))


def test_a_naive_writer_would_have_been_caught():
    """Negative control."""
    with pytest.raises(AssertionError):
        parsed(b"BEGIN:VCARD\r\nVERSION:4.0\r\nFN:Eve\nEMAIL:evil@example.net\r\nEND:VCARD\r\n")
    with pytest.raises(AssertionError):
        parsed(b"BEGIN:VCARD\r\nFN:" + b"x" * 80 + b"\r\nEND:VCARD\r\n")


def test_many_in_one_file_as_a_download(world, as_person):
    sent = as_person(world.callum).get("/people/lists/export.vcf", {"role": "PQL", "place": "cluster:rowan"})
    assert sent.headers["Content-Type"] == "text/vcard; charset=utf-8"
    assert sent.headers["Content-Disposition"] == 'attachment; filename="people.vcf"'
    assert [dict(card)["FN"] for card in parsed(sent.content)] == ["Asha Rahman", "Tom Kerr"]
