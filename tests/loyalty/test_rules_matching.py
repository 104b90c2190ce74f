"""Which sale a returned article came from, on lists of sold and returned lines written out by hand."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.loyalty.matching import GoodsLine, Match, Matching, match_returns

CUP, POT = 1, 2
Told = tuple[int, int, int, int]
"""Returned line, sold line, quantity, import that found it."""


def line(number: int, day: int, quantity: int, product: int = CUP, load: int = 1, sale: int | None = None) -> GoodsLine:
    """Of the sale of the same number unless another is given."""
    at = datetime(2026, 1, 1, 12, tzinfo=UTC) + timedelta(days=day)
    return GoodsLine(number, number if sale is None else sale, at, product, quantity, load)


def told(found: Matching) -> list[Told]:
    return [(each.back.id, each.sold.id, each.quantity, each.import_no) for each in found.matches]


@pytest.mark.parametrize(
    ("lines", "matches", "unmatched"),
    [
        ([], [], set()),
        ([line(1, 1, 3), line(2, 2, 4)], [], set()),  # nothing came back
        ([line(1, 1, 3), line(2, 2, -1)], [(2, 1, 1, 1)], set()),
        # The newest sale first, then the next older one, in the order of the days whatever that of the list.
        ([line(4, 4, -5), line(2, 2, 3), line(1, 1, 9)], [(4, 2, 3, 1), (4, 1, 2, 1)], set()),
        # A later sale cannot be what came back.
        ([line(1, 1, 3), line(2, 2, -2), line(3, 3, 8)], [(2, 1, 2, 1)], set()),
        # More came back than was sold: what is there is found, the line stays open.
        ([line(1, 1, 3), line(2, 2, -4)], [(2, 1, 3, 1)], {2}),
        ([line(2, 2, -4)], [], {2}),
        # The second return takes what the first has left: 3 − 2 of the newest, the rest of the older.
        (
            [line(1, 1, 2), line(2, 2, 3), line(3, 3, -2), line(4, 4, -2)],
            [(3, 2, 2, 1), (4, 2, 1, 1), (4, 1, 1, 1)],
            set(),
        ),
        # A sale that came back whole gives nothing more.
        ([line(1, 1, 2), line(2, 2, 3), line(3, 3, -3), line(4, 4, -1)], [(3, 2, 3, 1), (4, 1, 1, 1)], set()),
        # A line of nothing neither gives nor takes.
        ([line(1, 1, 2), line(2, 2, 0), line(3, 3, -1)], [(3, 1, 1, 1)], set()),
        # Another article is another matter.
        (
            [line(1, 1, 2, POT), line(2, 2, 3), line(3, 3, -1, POT), line(4, 3, -1)],
            [(3, 1, 1, 1), (4, 2, 1, 1)],
            set(),
        ),
        ([line(1, 1, 2, POT), line(3, 3, -1)], [], {3}),
        # At one moment what was sold comes before what came back, whatever their numbers.
        ([line(1, 1, -2), line(2, 1, 2)], [(1, 2, 2, 1)], set()),
        # Of two sales of one moment the one with the greater number, of one sale the later line.
        ([line(5, 1, 1, sale=9), line(6, 1, 1, sale=8), line(7, 2, -1)], [(7, 5, 1, 1)], set()),
        ([line(6, 1, 1, sale=8), line(5, 1, 1, sale=8), line(7, 2, -1)], [(7, 6, 1, 1)], set()),
    ],
)
def test_what_came_back_comes_from_the_newest_earlier_sale_that_still_holds_it(
    lines: list[GoodsLine], matches: list[Told], unmatched: set[int]
) -> None:
    found = match_returns(lines)
    assert (told(found), set(found.unmatched)) == (matches, unmatched)


def test_a_match_holds_both_lines_whole() -> None:
    sold, back = line(1, 1, 3), line(2, 2, -1)
    assert match_returns([back, sold]).matches == (Match(back, sold, 1, 1),)


@pytest.mark.parametrize(
    ("lines", "matches", "unmatched"),
    [
        # What the first import found stays, though the second brings a newer sale that would have been nearer.
        (
            [line(1, 1, 1), line(3, 3, -1), line(2, 2, 1, load=2), line(4, 4, -1, load=2)],
            [(3, 1, 1, 1), (4, 2, 1, 2)],
            set(),
        ),
        # What found no sale is tried again when a later import brings an older one.
        ([line(3, 3, -2), line(1, 1, 5, load=2)], [(3, 1, 2, 2)], set()),
        # Half of it was found by the first import, the other half by the third; nothing by the second.
        (
            [line(1, 1, 1), line(3, 3, -2), line(4, 4, 1, load=2), line(2, 2, 1, load=3)],
            [(3, 1, 1, 1), (3, 2, 1, 3)],
            set(),
        ),
        # A sale of which something is left serves the returns of a later import.
        ([line(1, 1, 3), line(2, 2, -1), line(3, 3, -2, load=2)], [(2, 1, 1, 1), (3, 1, 2, 2)], set()),
        ([line(1, 1, 3), line(2, 2, -1), line(3, 3, -3, load=2)], [(2, 1, 1, 1), (3, 1, 2, 2)], {3}),
    ],
)
def test_a_later_import_changes_nothing_that_an_earlier_one_found(
    lines: list[GoodsLine], matches: list[Told], unmatched: set[int]
) -> None:
    found = match_returns(lines)
    assert (told(found), set(found.unmatched)) == (matches, unmatched)


def test_matches_are_told_by_import_then_by_the_moment_of_the_return_then_by_its_number() -> None:
    lines = [
        line(1, 1, 9, POT),
        line(2, 1, 9),
        line(7, 5, -1, POT),
        line(6, 5, -1),
        line(8, 4, -1),
        line(3, 3, -1, POT, load=2),
    ]
    assert [each.back.id for each in match_returns(lines).matches] == [8, 6, 7, 3]


loads = st.lists(
    st.tuples(st.integers(0, 6), st.integers(-3, 3).filter(bool), st.sampled_from([CUP, POT]), st.integers(1, 3)),
    max_size=12,
)


@given(loads)
def test_no_line_gives_more_than_it_sold_and_what_is_not_found_is_told(
    drawn: list[tuple[int, int, int, int]],
) -> None:
    lines = [line(number, *drawn_line) for number, drawn_line in enumerate(drawn, 1)]
    found = match_returns(lines)
    for each in lines:
        moved = sum(m.quantity for m in found.matches if each in (m.back, m.sold))
        assert moved <= abs(each.quantity)
        assert (each.id in found.unmatched) == (each.quantity < 0 and moved < -each.quantity)
    assert all(m.sold.at <= m.back.at and m.sold.product_id == m.back.product_id for m in found.matches)
    assert all(m.quantity > 0 and m.import_no == max(m.sold.import_no, m.back.import_no) for m in found.matches)
    before = match_returns([each for each in lines if each.import_no < 3])
    assert before.matches == tuple(m for m in found.matches if m.import_no < 3)
