"""What may be shown of several practices' figures, so that nobody learns of one what it keeps to itself."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from measures.analysis.protection import AGGREGATE, CODED, NAMED, NONE, Count, is_small, protect


def counts(*told):
    """Counts by practice 1, 2, 3…: (numerator, level), each of 50 people."""
    return [Count(n, Decimal(numerator), Decimal(50), level) for n, (numerator, level) in enumerate(told, start=1)]


@pytest.mark.parametrize(
    ("numerator", "denominator", "small"),
    [(0, None, False), (1, None, True), (4, 50, True), (5, 50, False), (0, 4, True), (0, 0, False), (0, 5, False)],
)
def test_one_to_four_is_small_and_nought_is_not(numerator, denominator, small):
    assert is_small(Decimal(numerator), None if denominator is None else Decimal(denominator)) is small


def test_a_total_stands_for_three_practices_at_least():
    assert protect(counts((20, AGGREGATE), (21, AGGREGATE))).total is None
    assert protect(counts((20, AGGREGATE), (21, AGGREGATE), (22, AGGREGATE))).total == (63, 150)


def test_who_is_not_even_in_the_total_is_not_counted():
    told = protect(counts((20, NONE), (21, AGGREGATE), (22, AGGREGATE), (23, AGGREGATE)))
    assert (told.total, told.behind) == ((66, 150), 3)


def test_lines_without_names_need_four():
    assert protect(counts(*[(20, CODED)] * 3, *[(20, AGGREGATE)] * 3)).coded == frozenset()
    assert protect(counts(*[(20, CODED)] * 4, *[(20, AGGREGATE)] * 3)).coded == {1, 2, 3, 4}


def test_a_small_count_is_kept_back_and_can_not_be_worked_out_from_the_rest():
    told = protect(counts((3, NAMED), (20, NAMED), (21, NAMED), (22, NAMED), (23, NAMED), (24, NAMED)))
    assert told.total == (113, 300)
    assert told.named == {4, 5, 6}  # two more are kept back: the sum of three says nothing of one


def test_one_line_between_the_others_and_the_total_is_no_secret():
    told = protect(counts((20, AGGREGATE), (21, NAMED), (22, NAMED), (23, NAMED)))
    assert (told.total, told.named) == ((86, 200), {4})


def test_where_nothing_can_be_kept_back_the_total_is():
    told = protect(counts((2, NAMED), (1, NAMED), (0, NAMED), (20, NAMED), (30, NAMED), (0, NAMED)))
    assert told.total == (53, 300)
    few = protect(counts((1, AGGREGATE), (1, AGGREGATE), (20, AGGREGATE)))
    assert few.total is None  # the third would know that the other two have two together


def test_who_speaks_for_two_learns_nothing_of_a_third():
    three = counts((20, AGGREGATE), (21, AGGREGATE), (22, AGGREGATE))
    assert protect(three, own={1}).total == (63, 150)
    assert protect(three, own={1, 2}).total is None


COUNTS = st.lists(st.tuples(st.integers(0, 30), st.sampled_from([NONE, AGGREGATE, CODED, NAMED])), max_size=9).map(
    lambda told: counts(*told)
)


@given(COUNTS)
def test_nobody_learns_of_one_practice_by_taking_lines_from_the_total(held):
    told = protect(held)
    shown = told.named | told.coded
    for count in held:
        if count.practice in shown:
            assert count.level == (NAMED if count.practice in told.named else CODED)
            assert not is_small(count.numerator, count.denominator)
    assert len(told.coded) == 0 or len(told.coded) >= 4
    if told.total is not None:
        rest = [c for c in held if c.level != NONE and c.practice not in shown]
        assert told.behind >= 3
        assert len(rest) == 0 or len(rest) >= 3
        for one in rest:
            others = sum(c.numerator for c in rest if c is not one)
            assert not 0 < others < 5
