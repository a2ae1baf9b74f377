"""Files of data zones are taken whole or refused whole, with every problem at once."""

import pytest

from practices.parsing import Refused
from practices.parsing.locality_file import read_locality_file
from practices.selectors import known_codes

STIRLING, FALKIRK = "S37000005", "S37000013"
ONE, TWO, THREE = "S01900001", "S01900002", "S01900003"


def read(text, *, hscp=STIRLING, encoding="utf-8"):
    return read_locality_file(text.encode(encoding), hscp=hscp, codes=known_codes())


def refusals(text):
    with pytest.raises(Refused) as refused:
        read(text)
    return [(wrong.line, wrong.field, wrong.reason) for wrong in refused.value.refusals]


def test_zones_by_name():
    file = read(f"DataZone,Locality\n{ONE},East\n{TWO}, West  End \n")
    assert (file.zones, file.of_others) == ({ONE: "East", TWO: "West End"}, 0)


@pytest.mark.parametrize("header", ["datazone2011,hscp_locality", "DZ 2011 code,Locality name", '"Data zone",LOCALITY'])
def test_columns_by_the_names_they_go_by(header):
    assert read(f"{header}\n{ONE},East\n").zones == {ONE: "East"}


@pytest.mark.parametrize("named", [FALKIRK, "Falkirk", "falkirk hscp", "Falkirk Health and Social Care Partnership"])
def test_lines_of_other_hscps_are_left_aside(named):
    file = read(f"HSCP,DataZone,Locality\n{STIRLING},{ONE},East\n{named},{TWO},Braes\n")
    assert (file.zones, file.of_others) == ({ONE: "East"}, 1)


def test_an_archived_code_and_an_ampersand_are_understood():
    assert read(f"HSCP,DataZone,Locality\nArgyll & Bute,{TWO},Bute\n{STIRLING},{ONE},East\n").of_others == 1


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_encodings_and_line_ends(encoding):
    assert read(f"DataZone,Locality\r\n{ONE},Bràigh\r\n", encoding=encoding).zones == {ONE: "Bràigh"}


def test_every_problem_at_once():
    text = (
        "DataZone,Locality,HSCP\n"
        f"{ONE},East,{STIRLING}\n"
        f"{ONE},East,{STIRLING}\n"
        f"S0199,,{STIRLING}\n"
        f"{TWO},EAST,{STIRLING}\n"
        f"{THREE},West,Narnia\n"
        f"{THREE},West\n"
        "S01900009,0101701233,S37000005\n"
    )
    assert refusals(text) == [
        (3, "DataZone", "This data zone stands on line 2 already."),
        (4, "DataZone", "A data zone is S01 and six digits."),
        (4, "Locality", "This cell is empty."),
        (5, "Locality", "Line 2 writes it “East”. Write it the same way everywhere."),
        (6, "HSCP", "No HSCP has this code or name."),
        (7, "HSCP", "This line has 2 cells; the first line has 3."),
        (8, "Locality", "This cell holds a patient’s CHI number. Take it out: the portal never keeps them."),
    ]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "The file is empty"),
        ("DataZone,Locality\n", "no data zones"),
        ("a,b\n1,2\n", "column is missing"),
        ("DataZone;Locality\nx;y\n", "not parted by commas"),
        (f"DataZone,DataZone,Locality\n{ONE},{ONE},East\n", "there twice"),
        (f"HSCP,DataZone,Locality\n{FALKIRK},{ONE},Braes\n", "No line of this file is about"),
        ("DataZone,Locality\n" + f"{ONE},East\n" * 10_001, "another kind of list"),
        ('DataZone,Locality\n"x,y\n', "quotation marks"),
    ],
)
def test_what_is_no_such_file(text, words):
    assert any(words in reason for _, _, reason in refusals(text))


def test_a_workbook_is_refused_in_words():
    with pytest.raises(Refused) as refused:
        read_locality_file(b"PK\x03\x04 x", hscp=STIRLING, codes=known_codes())
    assert "Excel workbook" in refused.value.refusals[0].reason
