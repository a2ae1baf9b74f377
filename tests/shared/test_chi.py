"""The guard finds patient numbers however they are spelt, and leaves everything else alone."""

import random
import time

import pytest

from shared import chi
from shared.chi import findings, findings_in_cells
from tests.shared import lines

LINES = 20_000


def number(check=chi.modulus_11, stem="010180123"):
    return next(stem + d for d in "0123456789" if check(stem + d))


def wrong(stem="010180123"):
    return next(stem + d for d in "0123456789" if not chi.is_chi(stem + d))


def certain(text):
    return [text[f.start : f.end] for f in findings(text) if f.certain]


def asked(text):
    return [text[f.start : f.end] for f in findings(text) if not f.certain]


def test_both_check_digits_count():
    stem = next(f"0101801{n:02}" for n in range(100) if number_or_none(f"0101801{n:02}") != luhn_only(f"0101801{n:02}"))
    assert certain(f"x {luhn_only(stem)} y") == [luhn_only(stem)]
    assert certain(number()) == [number()]


def number_or_none(stem):
    return next((stem + d for d in "0123456789" if chi.modulus_11(stem + d)), None)


def luhn_only(stem):
    return next(stem + d for d in "0123456789" if chi.modulus_10(stem + d))


@pytest.mark.parametrize("gap", [*" -\t\u00a0\u2009\u2007\u202f\u2011\u2013\u2014_\u200b\u2212", " - ", "  "])
def test_a_gap_hides_nothing(gap):
    n = number()
    spelt = f"{n[:6]}{gap}{n[6:]}"
    assert certain(f"Seen {spelt}, again") == [spelt]


@pytest.mark.parametrize("spelt", ["01/01/80 {0}", "01.01.80 {0}", "01.01.80-{0}", "01 01 80 {0}", "01-01-80-{0}"])
def test_a_date_with_dots_or_slashes(spelt):
    spelt = spelt.format(number()[6:])
    assert certain(f"pt {spelt} phoned") == [spelt]


@pytest.mark.parametrize("base", [0xFF10, 0x660, 0x6F0, 0x966])
def test_digits_of_other_scripts(base):
    spelt = number().translate({48 + d: base + d for d in range(10)})
    assert certain(f"pt {spelt}") == [spelt]


@pytest.mark.parametrize("spelt", ["CHI{}", "CHI:{}", "chi no. {}", "pt{}x", "({})", "“{}”", "#{}", "CHI number is {}"])
def test_glued_and_labelled(spelt):
    assert certain(spelt.format(number())) == [number()]


@pytest.mark.parametrize("spelt", ["{0},{1}", '"{0}","{1}"', "| {0} | {1} |", "{0}\t{1}", "{0};{1}", "{0}\n{1}"])
def test_a_number_split_over_two_cells_of_pasted_text(spelt):
    n = number()
    assert len(certain("Name " + spelt.format(n[:6], n[6:]))) == 1


def test_cells_of_a_table():
    n = number()
    assert findings_in_cells(["Alder", n]) == ((1, chi.Finding(0, 10, "CHI", True)),)
    assert [cell for cell, _ in findings_in_cells(["Alder", n[:6], n[6:], "x"])] == [1]
    assert [cell for cell, _ in findings_in_cells(["01/01/1980", n[6:]])] == [0]
    assert findings_in_cells(["10017", "8251", "5230", "01382 123456", "Alder"]) == ()


def test_a_cell_that_lost_its_zero():
    n = number()
    assert n[0] == "0"
    assert certain(n[1:]) == [n[1:]]
    assert certain(f"DOB\t{n[1:]}\tx") == [n[1:]]


def test_nhs_numbers_spaced_or_labelled():
    n = next("485077734" + d for d in "0123456789" if chi.modulus_11("485077734" + d))
    spaced = f"{n[:3]} {n[3:6]} {n[6:]}"
    assert certain(f"pt {spaced}") == [spaced]
    assert certain(f"NHS no: {n}") == [n]
    assert certain(f"NHS number {n[:5]} {n[5:]}") == [f"{n[:5]} {n[5:]}"]
    assert certain(f"order {n}") == []
    assert certain(f"Meeting ID: {spaced}") == []


def test_a_wrong_check_digit_asks():
    assert asked(f"pt {wrong()} phoned") == [wrong()]
    assert asked(f"pt {wrong()[:6]} {wrong()[6:]}") == [f"{wrong()[:6]} {wrong()[6:]}"]
    assert certain(f"pt {wrong()}") == []
    assert findings("pt 3113801234") == ()


def test_the_leap_day():
    assert chi.born("2902000000") is not None  # 2000 had one, 1900 had none
    assert chi.born("2902040000") is not None
    assert chi.born("2902010000") is None
    assert chi.born("3104800000") is None
    assert chi.born("0000800000") is None


@pytest.mark.parametrize(
    "text",
    [
        "0141 232 0500",
        "+44 141 232 0500",
        "+44 (0)1382 123456",
        "0044 1382 123456",
        "01382 123456 01382 654321",
        "07700 900123",
        "10017 10092 31126 31130",
        "12 03 2024 15:30",
        "2024-03-12 10:15",
        "2011-12-31 10",
        "8,251 to 8,312",
        "2026-11-12T10:15:00Z",
        "ESC-2026-0042",
        "3.1415926535",
        "Meeting ID: 312 345 678 901",
        "SC012345 2024",
        "12345678-1234-4234-8234-123456789012",
    ],
)
def test_what_is_no_patient_number(text):
    assert findings(text) == ()


def test_fewer_than_one_false_alarm_in_10_000_lines():
    r = random.Random(20261112)
    alarms = [line for line in (lines.line(r) for _ in range(LINES)) if findings(line)]
    assert len(alarms) < LINES / 10_000, alarms


def test_the_measure_can_fail():
    """The same count over lines with a number in every thousandth must not pass."""
    r = random.Random(1)
    sample = [lines.line(r) + (f" {lines.chi(r)}" if n % 1000 == 0 else "") for n in range(LINES)]
    assert sum(bool(findings(line)) for line in sample) >= LINES / 1000


@pytest.mark.parametrize("spell", [lines.spelt_chi, lines.spelt_nhs])
def test_nearly_every_spelling_is_found(spell):
    r = random.Random(42)
    missed = [s for s in (spell(r) for _ in range(10_000)) if not certain(s)]
    assert len(missed) <= 10, missed


@pytest.mark.parametrize("text", ["1" * 10**6, "1 " * 500_000, "a1" * 500_000, " " * 10**6, "+44 " * 250_000])
def test_a_megabyte_takes_no_time(text):
    begin = time.process_time()
    findings(text)
    assert time.process_time() - begin < 2  # 0.2–0.7 s alone on the machine
