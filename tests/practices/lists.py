"""Invented practice lists in the shape of the published ones, and the real one with a few lines changed."""

import csv
from io import StringIO

HEADER = (
    "PracticeCode,GPPracticeName,PracticeListSize,AddressLine1,AddressLine2,AddressLine3,AddressLine4,Postcode,"
    "TelephoneNumber,PracticeType,Dispensing,HB,HSCP,DataZone,GPCluster"
).split(",")
FALKIRK, STIRLING, FIFE, PERTH, SHETLAND = "S37000013", "S37000005", "S37000032", "S37000033", "S37000026"
BOARDS = {
    FALKIRK: "S08000019",
    STIRLING: "S08000019",
    FIFE: "S08000029",
    PERTH: "S08000030",
    SHETLAND: "S08000026",
}

Rows = list[dict[str, str]]


def practice(code: int, cluster: str, hscp: str = FALKIRK, size: int = 5000, **cells: str) -> dict[str, str]:
    """One line of a list."""
    return {
        "PracticeCode": str(code),
        "GPPracticeName": f"Practice {code}",
        "PracticeListSize": str(size),
        "AddressLine1": "Health Centre",
        "AddressLine2": "1, High Street",
        "AddressLine3": "Sampleton",
        "AddressLine4": "",
        "Postcode": "ZZ1 1AA",
        "TelephoneNumber": "01632   960   001",
        "PracticeType": "17J",
        "Dispensing": " ",
        "HB": BOARDS[hscp],
        "HSCP": hscp,
        "DataZone": "S01000001",
        "GPCluster": cluster,
        **cells,
    }


def cluster(name: str, first: int, how_many: int, hscp: str = FALKIRK, size: int = 5000) -> Rows:
    """Practices with codes counting up from `first`, all in one cluster."""
    return [practice(first + n, name, hscp, size + 10 * n) for n in range(how_many)]


def as_file(rows: Rows, *, header: list[str] | None = None, ends: str = "\r\n", encoding: str = "utf-8") -> bytes:
    """The rows as a CSV file."""
    out = StringIO(newline="")
    writer = csv.DictWriter(out, header or HEADER, lineterminator=ends, extrasaction="ignore")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode(encoding)


def rows_in(data: bytes) -> Rows:
    """The rows of a CSV file, to change some of them."""
    return list(csv.DictReader(StringIO(data.decode("utf-8-sig"), newline="")))


def small() -> Rows:
    """Three clusters of four in two boards, one practice in none."""
    return [
        *cluster("Alpha", 10001, 4),
        *cluster("Beta Cluster", 10011, 4, STIRLING),
        *cluster("Gamma/Delta", 10021, 4, FIFE),
        practice(10031, "Forth Valley Undefined"),
    ]


def without(rows: Rows, *codes: int) -> Rows:
    return [row for row in rows if int(row["PracticeCode"]) not in codes]


def changed(rows: Rows, *codes: int, **cells: str) -> Rows:
    """The rows with `cells` put into those with these codes (all of them when none is named)."""
    return [{**row, **cells} if not codes or int(row["PracticeCode"]) in codes else row for row in rows]


def renamed(rows: Rows, before: str, after: str) -> Rows:
    return [{**row, "GPCluster": after} if row["GPCluster"] == before else row for row in rows]
