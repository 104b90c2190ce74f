"""With any one of the twelve rules switched off the stories end at it: so that they pass means something."""

import re
import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from sqlcipher3 import dbapi2

from app.domain.loyalty import earning, terms
from app.domain.loyalty import lots as lot_rules
from app.domain.loyalty import returns as return_rules
from app.domain.loyalty.returns import EarnedFor
from app.services.duplicates import correcting
from app.services.loyalty import adjusting, posting
from app.services.loyalty.holdings import lots_of
from app.services.till import points_of_sale, returning, selling
from tests.loyalty.machine.auditor import RuleBroken
from tests.loyalty.machine.card_story import CardStory
from tests.loyalty.machine.telling import Beginning, tell

STORIES, STEPS, ROUNDS = 60, 30, 5
SHORT = 6
"""Steps of a story that begins where its rule matters: many short ones come to it sooner than a few long ones."""
"""What the stories of one round miss, those of the next find."""
Off = Callable[[pytest.MonkeyPatch, Path], None]


def rows_may_change(_: pytest.MonkeyPatch, shop: Path) -> None:
    """1: the guards of the ledger are gone from the file."""
    raw = dbapi2.connect(str(shop))
    triggers = "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'point_entries'"
    guards = f"{triggers} AND name LIKE '%_no_%'"
    for (name,) in raw.execute(guards).fetchall():
        raw.execute(f"DROP TRIGGER {name}")
    raw.close()


def points_are_rounded_up(patch: pytest.MonkeyPatch, _: Path) -> None:
    """2: the sum of the lines is not rounded down."""
    earned = earning.points_earned

    def up(bases: Any, *rest: Any) -> int:
        """One unit of currency less a fen more than was bought."""
        rates, *more = rest
        return earned([*bases, 99], [*rates, 1] if isinstance(rates, list) else rates, *more)

    patch.setattr(return_rules, "points_earned", up)


def the_last_to_end_is_spent_first(patch: pytest.MonkeyPatch, _: Path) -> None:
    """3: lots are drawn on in the wrong order."""
    patch.setattr(lot_rules, "spending_order", lambda lot: (-lot.id,))
    patch.setattr(posting, "lots_to_pay", lambda session, cards, points, day: lots_of(session, cards))


def nothing_ends_before_it_is_spent(patch: pytest.MonkeyPatch, shop: Path) -> None:
    """4: a till does not let points end before it moves others."""
    _begins_with(shop, points_expiry_months=1)
    for module in (selling, adjusting, returning):
        patch.setattr(module, "expire_of", lambda *_: None)


def a_return_takes_what_has_expired(patch: pytest.MonkeyPatch, _: Path) -> None:
    """5: what expired of a sale is taken back once more."""
    due = return_rules.points_to_take_back
    patch.setattr(points_of_sale, "points_to_take_back", lambda earned, taken, _, left: due(earned, taken, 0, left))


def nothing_is_repaid(patch: pytest.MonkeyPatch, _: Path) -> None:
    """6: new points do not pay what is owed."""
    patch.setattr(posting, "repayment", lambda debt, points: 0)


def the_first_spent_comes_back_first(patch: pytest.MonkeyPatch, _: Path) -> None:
    """7: spent points come back in the order of consumption."""
    given = return_rules.give_back
    patch.setattr(points_of_sale, "give_back", lambda spent, *rest: given(spent[::-1], *rest))


def nothing_is_pending(patch: pytest.MonkeyPatch, shop: Path) -> None:
    """8: points can be spent at once."""
    _begins_with(shop, points_pending_days=5)
    patch.setattr(posting, "available_from", lambda day, rule: day)


def a_return_goes_by_the_rule_of_today(patch: pytest.MonkeyPatch, _: Path) -> None:
    """9: a sale is taken back under another rule than it was made under."""

    def of_today(text: str, digits: int) -> EarnedFor:
        return replace(terms.read(text, digits), visit_points=7, rate=Decimal(3))

    patch.setattr(points_of_sale, "read", of_today)


def undo_forgets_the_lots(patch: pytest.MonkeyPatch, _: Path) -> None:
    """10: reversing rows do not go to the lots that were drawn on."""
    turn = posting.Posting._turn_round

    def loose(self: posting.Posting, entry: Any, lot: Any) -> None:
        if entry.lot_id is None:
            turn(self, entry, lot)
        else:
            self._post(entry.kind, -entry.points, opens_lot=entry.points < 0, expires_on=date(2099, 1, 1))

    patch.setattr(posting.Posting, "_turn_round", loose)


def parting_corrects_nothing(patch: pytest.MonkeyPatch, _: Path) -> None:
    """11: the lots of a card that parts stay as the other left them."""
    patch.setattr(correcting, "post", lambda *_: None)


def pending_points_count_as_usable(patch: pytest.MonkeyPatch, shop: Path) -> None:
    """12: what the shop owes holds what cannot be spent yet."""
    _begins_with(shop, points_pending_days=5)
    module = import_module("app.services.loyalty.ledger")  # the package has a function of that name
    owed = module.owed
    patch.setattr(module, "owed", lambda lots, day: owed([replace(lot, available_from=date.min) for lot in lots], day))


def _begins_with(shop: Path, **settings: int) -> None:
    """So that the stories come to the rule sooner: they could set this too."""
    raw = dbapi2.connect(str(shop))
    raw.executemany("INSERT INTO shop_settings (key, value) VALUES (?, ?)", [*settings.items()])
    raw.commit()
    raw.close()


def somebody_has_spent(story: CardStory) -> None:
    """A sale of 700 three times over, and the same again out of its points."""
    story.sell(0, [(700, 3)], 0, 0)
    story.sell(0, [(700, 3)], 0, 3)


def somebody_owes(story: CardStory) -> None:
    """The points of a sale were spent before all of it came back."""
    somebody_has_spent(story)
    story.bring_back(1, [3, 0, 0])


OFF: dict[int, Off] = {
    1: rows_may_change,
    2: points_are_rounded_up,
    3: the_last_to_end_is_spent_first,
    4: nothing_ends_before_it_is_spent,
    5: a_return_takes_what_has_expired,
    6: nothing_is_repaid,
    7: the_first_spent_comes_back_first,
    8: nothing_is_pending,
    9: a_return_goes_by_the_rule_of_today,
    10: undo_forgets_the_lots,
    11: parting_corrects_nothing,
    12: pending_points_count_as_usable,
}
BEGINNINGS: dict[int, Beginning] = {6: somebody_owes, 10: somebody_has_spent}
"""Where the stories of a rule begin, so that they come to it sooner; any story could go on to it."""
SHOWS_AS = {2: {2, 5}, 4: {4, 5}, 9: {5}, 10: {7, 10}}
"""Where a rule shows in the figures of another."""


@pytest.mark.parametrize("number", OFF)
def test_the_stories_find_a_rule_that_is_off(
    number: int, empty_shop_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shop = Path(shutil.copy(empty_shop_file, tmp_path / "off.shop"))
    OFF[number](monkeypatch, shop)
    begins = BEGINNINGS.get(number)
    with pytest.raises(RuleBroken) as found:
        for other in range(ROUNDS):
            tell(shop, STORIES, SHORT if begins else STEPS, number + 100 * other, begins)
    assert found.value.rule in SHOWS_AS.get(number, {number}), str(found.value)


def test_each_of_the_twelve_is_switched_off() -> None:
    assert list(OFF) == list(range(1, 13))
    assert all(re.match(rf"{number}: ", off.__doc__ or "") for number, off in OFF.items())
