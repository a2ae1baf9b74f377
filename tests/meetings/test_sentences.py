"""Actions typed as sentences: who, what and by when."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meetings.parsing import Candidate, find_date, person_names, practice_names, propose

ON = date(2026, 11, 12)  # a Thursday
ALDER = Candidate("practice:1", "Alder Medical Practice", practice_names("Alder Medical Practice"))
SHORE = Candidate("practice:2", "The Shore Street Surgery", practice_names("The Shore Street Surgery"))
ASHA = Candidate("person:1", "Asha Rahman", person_names("Asha Rahman"))
CALLUM = Candidate("person:2", "Dr Callum Reid", (*person_names("Dr Callum Reid"), "CQL"))
HEATHER = Candidate("person:3", "Heather Lind", person_names("Heather Lind"))
ALL = (ALDER, SHORE, ASHA, CALLUM, HEATHER)


@pytest.mark.parametrize(
    ("sentence", "owner", "what", "due_on"),
    [
        ("Alder: share text template by 3 Dec", ALDER, "Share text template", date(2026, 12, 3)),
        ("Alder share text template by 3 Dec", ALDER, "Share text template", date(2026, 12, 3)),
        ("Asha to audit recall list by Friday", ASHA, "Audit recall list", date(2026, 11, 13)),
        ("ASHA RAHMAN will ring the lab tomorrow", ASHA, "Ring the lab", date(2026, 11, 13)),
        ("Shore Street: count the letters by 1/12", SHORE, "Count the letters", date(2026, 12, 1)),
        ("CQL to write to the board by end of month", CALLUM, "Write to the board", date(2026, 11, 30)),
        ("Dr Reid to chase phlebotomy in two weeks", CALLUM, "Chase phlebotomy", date(2026, 11, 26)),
        ("Share the minutes by tomorrow (Asha)", ASHA, "Share the minutes", date(2026, 11, 13)),
        ("Fund the texts by 31 January 2027 → Heather", HEATHER, "Fund the texts", date(2027, 1, 31)),
        ("Asha: order 2 May posters by Fri 4 December 2026", ASHA, "Order 2 May posters", date(2026, 12, 4)),
        ("Alder: check codes 14/15 within 10 days", ALDER, "Check codes 14/15", date(2026, 11, 22)),
        ("Asha: flu figures by end of March", ASHA, "Flu figures", date(2027, 3, 31)),
        ("Asha: send it by 2026-12-01", ASHA, "Send it", date(2026, 12, 1)),
        ("Alder: tell the others on the 3rd of December.", ALDER, "Tell the others", date(2026, 12, 3)),
        ("Asha: report by 3 Jan", ASHA, "Report", date(2027, 1, 3)),
        ("Asha: report next Tuesday", ASHA, "Report", date(2026, 11, 17)),
    ],
)
def test_who_what_and_when(sentence, owner, what, due_on):
    read = propose(sentence, candidates=ALL, on=ON)
    assert (read.owner, read.what, read.due_on) == (owner, what, due_on)


@pytest.mark.parametrize(
    "sentence",
    ["look at three charts", "Alder and Asha to meet", "Nobody: do it", "", "   ", "Alderson to call", "Ashamed of it"],
)
def test_no_owner_is_guessed(sentence):
    assert propose(sentence, candidates=ALL, on=ON).owner is None


def test_a_name_that_two_share_counts_for_neither():
    other = Candidate("person:9", "Asha Bell", person_names("Asha Bell"))
    assert propose("Asha to call", candidates=(*ALL, other), on=ON).owner is None
    assert propose("Asha Bell to call", candidates=(*ALL, other), on=ON).owner == other


@pytest.mark.parametrize(
    "text",
    ["by 31 Sep", "by 29 Feb 2027", "by 0/0", "the march data", "may help", "sat down", "5 items", "by 9999-99-99", ""],
)
def test_what_is_no_date_stays_unread(text):
    assert find_date(text, on=ON) is None


def test_a_sentence_without_words_keeps_what_was_typed():
    assert propose("by 3 Dec", candidates=ALL, on=ON).what == "by 3 Dec"


@given(st.text(max_size=80), st.dates())
def test_it_never_raises(text, on):
    propose(text, candidates=ALL, on=on)


WORDS = st.sampled_from(
    [
        "Alder",
        "Asha",
        ":",
        "to",
        "by",
        "in",
        "end of",
        "next",
        "month",
        "Friday",
        "Feb",
        "29",
        "31",
        "/",
        "9999",
        "0",
        "999",
        "weeks",
        "three",
        "٣",
        "²",
        "ſix",
        "fıve",
        "wee\u212as",
    ]
)


@pytest.mark.parametrize(
    "sentence", ["call in ٣ weeks", "call in ſix weeks", "call in fıve weeks", "by ٣ Dec", "in 2 wee\u212as"]
)
def test_letters_and_digits_of_other_alphabets_are_no_date(sentence):
    assert find_date(sentence, on=ON) is None


@given(st.lists(WORDS, max_size=8), st.dates())
def test_it_never_raises_on_what_looks_like_a_date(words, on):
    propose(" ".join(words), candidates=ALL, on=on)


@given(st.text(max_size=60))
def test_names_never_raise(text):
    assert all(person_names(text))
    assert all(practice_names(text))
