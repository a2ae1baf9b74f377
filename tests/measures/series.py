"""Series for tests that hold for any: numbers of every kind, ties, gaps, and what is no number."""

from decimal import Decimal

from hypothesis import strategies as st

NUMBERS = st.one_of(
    st.none(),
    st.integers(-(10**9), 10**9),
    st.decimals(-1000, 1000, places=2),
    st.fractions(-100, 100, max_denominator=50),
    st.floats(-1e6, 1e6),
    st.sampled_from([float("nan"), float("inf"), Decimal("NaN"), Decimal("Infinity")]),
)
FEW_VALUES = st.lists(st.one_of(st.none(), st.integers(0, 6)), max_size=60)
ANY = st.one_of(st.lists(NUMBERS, max_size=60), FEW_VALUES)
