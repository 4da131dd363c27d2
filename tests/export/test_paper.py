"""What all papers have in common."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xsector.export.paper import EDGES, LINE, column_shares

WORDS = st.lists(st.text("abcdefgh", min_size=1, max_size=14), min_size=0, max_size=9).map(" ".join)
TABLES = st.integers(1, 6).flatmap(lambda columns: st.lists(st.tuples(*[WORDS] * columns), min_size=1, max_size=5))


@given(TABLES)
def test_columns_share_the_whole_width_and_none_is_empty(rows):
    shares = column_shares(rows)

    assert sum(shares) == pytest.approx(1)
    assert min(shares) > 0


def test_no_column_is_narrower_than_its_longest_word():
    named = "City Children's Office 19, Riverside School Board 17"
    rows = (
        ("Job", "Named today", "Should lead", "Say they lead", "Nobody or don’t know", "Finding"),
        ("Make the final call on big choices", named, named, named, "0", "contested"),
    )

    shares = column_shares(rows)

    longest = [max(len(word) for row in rows for word in row[place].split()) for place in range(len(rows[0]))]
    assert all(share * LINE >= letters + EDGES - 1e-9 for share, letters in zip(shares, longest, strict=True))
    assert shares[0] == max(shares)


def test_where_every_word_fits_columns_keep_their_shares():
    rows = (("Statement", "Lowest", "Gap"), ("a" * 8 + " " + "b" * 40, "Business and more", "3.0"))

    assert column_shares(rows) == pytest.approx([60 / 87, 17 / 87, 10 / 87])
