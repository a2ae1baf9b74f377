"""Makes what the guard is measured on: lines as clusters write them, and patient numbers as people spell them."""

import random
import uuid
from datetime import date, timedelta
from hashlib import sha256

from shared.chi import modulus_10, modulus_11

AREAS = ["0131", "0141", "01382", "01475", "01224", "01463", "01595", "01856", "0800", "0845", "07700", "01847"]
WORDS = "recall texts helped agreed with Alder Beech practice list clinic nurse diabetes bloods from the HSCP".split()


def phone(r: random.Random) -> str:
    area = r.choice(AREAS)
    rest = "".join(r.choices("0123456789", k=11 - len(area)))
    local = rest if len(rest) == 6 else f"{rest[:3]} {rest[3:]}"
    national = r.choice(
        [
            f"{area} {local}",
            f"{area}{rest}",
            f"({area}) {local}",
            f"{area}-{rest[:3]}-{rest[3:]}",
            f"{area} {rest[:3]} {rest[3:]}",
            f"{area} {rest[:2]} {rest[2:4]} {rest[4:]}",
        ]
    )
    abroad = r.choice(
        [f"+44 {area[1:]} {local}", f"+44{area[1:]}{rest}", f"+44 (0){area[1:]} {local}", f"0044 {area[1:]} {local}"]
    )
    return r.choice(["", "Tel ", "Phone: ", "call ", "T: "]) + r.choice([national, national, abroad])


def day(r: random.Random) -> date:
    return date(2019, 1, 1) + timedelta(days=r.randrange(3300))


def moment(r: random.Random) -> str:
    d = day(r)
    hour, minute = r.randrange(8, 19), r.choice([0, 5, 10, 15, 20, 30, 40, 45, 50])
    form = r.choice(["%d %m %Y", "%Y-%m-%d", "%d/%m/%Y", "%d/%m/%y", "%d.%m.%y", "%-d %b %Y", "%d-%m-%Y", "%Y%m%d"])
    clock = r.choice([f"{hour}:{minute:02}", f"{hour}.{minute:02}", f"{hour}:{minute:02}:07", f"{hour:02}{minute:02}"])
    return f"{d:{form}} {clock}"


def stamp(r: random.Random) -> str:
    d = day(r)
    return r.choice(
        [
            f"{d:%Y-%m-%d}T{r.randrange(24):02}:{r.randrange(60):02}:{r.randrange(60):02}Z",
            f"{d:%Y%m%d}T{r.randrange(24):02}{r.randrange(60):02}",
            f"minutes_{d:%Y%m%d}_{r.randrange(24):02}{r.randrange(60):02}.docx",
            str(1_760_000_000 + r.randrange(35_000_000)),
            f"{d:%Y-%m-%d} {r.randrange(24)}",
        ]
    )


def figures(r: random.Random) -> str:
    number = lambda low, high: r.randrange(low, high)  # noqa: E731
    return r.choice(
        [
            f"list size {number(1500, 15000):,} to {number(1500, 15000):,}",
            f"list sizes {' '.join(str(number(1500, 15000)) for _ in range(r.randrange(2, 8)))}",
            f"{r.choice(WORDS)}\t{number(100, 999)}\t{number(100, 999)}\t{number(1500, 9999)}",
            f"£{number(1000, 9_999_999):,}.{number(0, 99):02} of £{number(1, 9)},{number(100, 999)},000",
            f"{number(0, 99)}.{number(0, 9)} % in {number(2015, 2027)}-{number(15, 27)}",
            f"counts {' '.join(str(number(0, 60)) for _ in range(r.randrange(6, 14)))}",
            f"counts {', '.join(str(number(0, 60)) for _ in range(r.randrange(3, 14)))}",
            f"{number(2015, 2026)}-{number(2016, 2027)}: {number(100, 9999)}",
            f"{r.random():.10f} and {r.random() * 100:.4f}",
            f"BP {number(100, 180)}/{number(60, 99)}, HbA1c {number(40, 90)}",
            f"{number(2018, 2027)} {number(2018, 2027)} {number(2018, 2027)}",
            f"{day(r):%d/%m/%Y}: {number(1500, 9999)} patients",
        ]
    )


def codes(r: random.Random) -> str:
    some = [str(r.randrange(10000, 99999)) for _ in range(r.randrange(1, 7))]
    return f"practices {r.choice([' ', ', ', '/', chr(9), '; '])}".replace("practices ", "practices") + r.choice(
        [" ", ", ", "; "]
    ).join(some)


def references(r: random.Random) -> str:
    digits = lambda k: "".join(r.choices("0123456789", k=k))  # noqa: E731
    return r.choice(
        [
            f"ESC-{r.randrange(2024, 2028)}-{digits(4)}",
            f"SC0{digits(5)} {r.randrange(2010, 2027)}",
            f"PO 4500{digits(6)}",
            f"Order {digits(10)}",
            f"invoice no. {digits(8)}",
            f"GMC {digits(7)}",
            f"EH{r.randrange(1, 50)} {r.randrange(1, 9)}AB",
            f"sort code {digits(2)}-{digits(2)}-{digits(2)} account {digits(8)}",
            f"VAT GB {digits(3)} {digits(4)} {digits(2)}",
        ]
    )


def calls(r: random.Random) -> str:
    digits = lambda k: "".join(r.choices("0123456789", k=k))  # noqa: E731
    return r.choice(
        [
            f"Meeting ID: {digits(3)} {digits(4)} {digits(4)} Passcode: {digits(6)}",
            f"Meeting ID: {digits(3)} {digits(3)} {digits(4)}",
            f"Meeting ID: {digits(3)} {digits(3)} {digits(3)} {digits(3)} Passcode: aB3{digits(2)}",
            f"Phone conference ID: {digits(3)} {digits(3)} {digits(3)}#",
            f"Conference ID {digits(9)}#",
            f"https://nhs.zoom.us/j/{digits(11)}?pwd={sha256(digits(5).encode()).hexdigest()[:24]}",
            f"https://nhs.zoom.us/j/{digits(10)}",
        ]
    )


def links(r: random.Random) -> str:
    made = uuid.UUID(int=r.getrandbits(128), version=4)
    return r.choice(
        [
            f"https://www.gov.scot/publications/{r.randrange(10**6)}/pages/{r.randrange(20)}/",
            str(made),
            f"https://teams.microsoft.com/l/{made.hex}/{r.randrange(10**5)}",
            sha256(made.bytes).hexdigest(),
            f"nhs{r.randrange(100)}@nhs.scot",
        ]
    )


def rarities(r: random.Random) -> str:
    d = day(r)
    return r.choice(
        [
            f"{d:%d/%m/%y} {r.randrange(8, 19):02}{r.choice([0, 15, 30, 45]):02}",
            f"{d:%d.%m.%y} {r.randrange(1500, 9999)} patients",
            "".join(r.choices("0123456789", k=9)),
            "".join(r.choices("0123456789", k=10)),
            f"{r.randrange(100, 999)} {r.randrange(100, 999)} {r.randrange(1000, 9999)}",
        ]
    )


def line(r: random.Random) -> str:
    """A line of minutes with one to three things in it that hold digits; one in 2,000 has something odder."""
    kinds = [phone, moment, stamp, figures, codes, references, calls, links]
    parts = [r.choice(kinds)(r) for _ in range(r.choice([1, 1, 2, 3]))]
    if r.random() < 1 / 2000:
        parts.append(rarities(r))
    glue = r.choice([", ", " – ", " and ", "; ", " (", ". ", " | "])
    return f"{' '.join(r.choices(WORDS, k=3))} {glue.join(parts)}"


# --- Patient numbers (made up here; none belongs to anybody) --------------------------------------


def chi(r: random.Random, check=None) -> str:
    """A CHI number that is right by modulus 11 or modulus 10."""
    check = check or r.choice([modulus_11, modulus_10])
    while True:
        born = date(1915, 1, 1) + timedelta(days=r.randrange(40_800))
        stem = f"{born:%d%m%y}{r.randrange(1000):03}"
        for last in "0123456789":
            if check(stem + last):
                return stem + last


def nhs(r: random.Random) -> str:
    while True:
        stem = r.choice("46789") + "".join(r.choices("0123456789", k=8))
        for last in "0123456789":
            if modulus_11(stem + last):
                return stem + last


def spelt_chi(r: random.Random) -> str:
    """A CHI number in one of the spellings that people use, inside a line."""
    n = chi(r)
    gap = r.choice([" ", "-", "\u00a0", "\u2009", "\u2007", "\u202f", "\u2011", "\u2013", "\u2014", "\t", " - ", "  "])
    spelt = r.choice(
        [
            n,
            n,
            f"{n[:6]}{gap}{n[6:]}",
            f"{n[:6]}{gap}{n[6:]}",
            f"{n[:2]}{gap}{n[2:4]}{gap}{n[4:6]}{gap}{n[6:]}",
            n.translate({48 + d: 0xFF10 + d for d in range(10)}),
            n.translate({48 + d: 0x660 + d for d in range(10)}),
            f"CHI{n}",
            f"CHI no: {n[:2]}/{n[2:4]}/{n[4:6]} {n[6:]}",
            f"{n[:6]} {n[6:9]} {n[9]}",
            f"{n[:3]} {n[3:6]} {n[6:]}",
            f"{n[:6]}\u200b{n[6:]}",
            f"| {n[:6]} | {n[6:]} |",
            f'"{n[:6]}","{n[6:]}"',
            f"seen{n}x",
        ]
    )
    return around(r, spelt)


def spelt_nhs(r: random.Random) -> str:
    n = nhs(r)
    gap = r.choice([" ", "-", "\u00a0", "\u2009", "\u2011", "\u2013"])
    label = r.choice(["NHS no ", "NHS number: ", "NHS No. ", "nhs no:", "NHS ", "NHS#", "NHS number is "])
    spelt = f"{n[:3]}{gap}{n[3:6]}{gap}{n[6:]}"
    return around(r, r.choice([spelt, label + n, label + spelt]))


def around(r: random.Random, spelt: str) -> str:
    before = r.choice(["", "Patient ", "pt: ", "Discussed (", "1. ", "Alder 2 patients, "])
    return before + spelt + r.choice(["", ".", ", texted", ")", " seen 3 times", "\nnext line"])
