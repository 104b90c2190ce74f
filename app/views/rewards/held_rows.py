"""What one customer holds, as the lines of a list; purses that are empty now still have their statement."""

from dataclasses import dataclass
from datetime import date

from app.domain.rewards.codes import shown_code
from app.domain.rewards.kinds import PlanKind
from app.services import rewards
from app.services.rewards import Coupon, Held, Pocket
from app.views.shared import reward_words
from app.views.shared.desk import Desk


@dataclass(frozen=True, slots=True)
class HeldRow:
    """One thing that is or was held: a purse, or a coupon."""

    id: str
    name: str
    left: str
    until: str
    pocket: Pocket | None = None
    coupon: Coupon | None = None


def held_rows(held: Held, known: dict[Pocket, str], desk: Desk) -> list[HeldRow]:
    """Stored value and cards, then what is used up of them, then coupons."""
    full = [*_stored(held, desk), *_cards(held, desk)]
    there = {row.pocket for row in full}
    empty = [HeldRow(f"{one}", name or reward_words.part(one.part), "–", "–", one) for one, name in known.items()]
    return [*full, *(row for row in empty if row.pocket not in there), *_coupons(held, desk)]


def _stored(held: Held, desk: Desk) -> list[HeldRow]:
    both = ((rewards.PRINCIPAL, held.stored.principal, None), (rewards.BONUS, held.stored.bonus, held.bonus_ends))
    return [
        HeldRow(f"{pocket}", reward_words.part(pocket.part), desk.money(amount), _until(ends, desk), pocket)
        for pocket, amount, ends in both
        if amount
    ]


def _cards(held: Held, desk: Desk) -> list[HeldRow]:
    rows = []
    for card in held.cards:
        pocket = Pocket(card.kind, plan_id=card.plan_id)
        left = reward_words.card_left(card)
        rows.append(HeldRow(f"{pocket}", card.name, left, _until(card.expires_on, desk), pocket))
    return rows


def _coupons(held: Held, desk: Desk) -> list[HeldRow]:
    today = desk.today()
    return [
        HeldRow(one.code, f"{one.name} · {shown_code(one.code)}", "", reward_words.until(one.last, today), coupon=one)
        for one in held.coupons
    ]


def _until(day: date | None, desk: Desk) -> str:
    return reward_words.until(day, desk.today()) if day else "–"


def signed(kind: PlanKind, units: int, desk: Desk) -> str:
    """How much moved, in the units of the purse, with its sign."""
    figure = desk.money(abs(units)) if kind is PlanKind.STORED else f"{abs(units):,}"
    return f"{'−' if units < 0 else '+'}{figure}"


def amount(kind: PlanKind, units: int, desk: Desk) -> str:
    """How much there is: money, or a number of visits or stamps; below 0 what is owed."""
    figure = desk.money(abs(units)) if kind is PlanKind.STORED else f"{abs(units):,}"
    return f"−{figure}" if units < 0 else figure
