"""How a bill is paid: the ways, that they add up, change, and which way money goes back."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from app.domain.errors import ShopError


class MethodKind(StrEnum):
    CASH = "cash"
    """Counted in the drawer; more may be handed over than is due."""
    TRANSFER = "transfer"
    """A wallet, a card, a transfer: the shop sees it on a statement."""
    STORED = "stored"
    """What the customer has paid in before: a ledger of its own moves with it."""
    VISITS = "visits"
    """Visits paid ahead: never chosen by hand, it follows from the lines that a card pays for."""


NEW_MONEY = frozenset({MethodKind.CASH, MethodKind.TRANSFER})
"""What comes in on the day; the rest was paid in before."""


class PaymentsDoNotAddUp(ShopError):
    """The payments are not what is to be paid. Numbers: paid, total (minor units)."""


class TenderedTooLittle(ShopError):
    """Less cash was handed over than is to be paid in cash. Numbers: short_by (minor units)."""


@dataclass(frozen=True, slots=True)
class Paid:
    """So many minor units by one method; `tendered` is the cash that was handed over, where somebody said so."""

    method: str
    amount: int
    tendered: int | None = None

    @property
    def change(self) -> int:
        return 0 if self.tendered is None else self.tendered - self.amount


def check_paid(paid: Sequence[Paid], total: int) -> None:
    """Raises PaymentsDoNotAddUp or TenderedTooLittle."""
    if any(each.amount <= 0 for each in paid) or sum(each.amount for each in paid) != total:
        raise PaymentsDoNotAddUp(paid=sum(each.amount for each in paid), total=total)
    for each in paid:
        if each.change < 0:
            raise TenderedTooLittle(short_by=-each.change)


def money_back(paid: Sequence[Paid], back_before: int, money: int) -> list[Paid]:
    """How `money` of a sale goes back after `back_before` of it did: what was paid last comes back first.

    As with points (semantics.md, points rule 7), so that parcels end where one whole return ends. What is more than was
    paid, as after a price nobody remembers, goes back by the first method.
    """
    back = []
    for each in reversed(paid):
        skipped = min(each.amount, back_before)
        part = min(each.amount - skipped, money)
        back_before -= skipped
        money -= part
        if part > 0:
            back.append(Paid(each.method, part))
    if money > 0 and paid:
        back.append(Paid(paid[0].method, money))
    return back


def mostly(paid: Sequence[Paid]) -> str:
    """The method that moved most of the money, the first of equals; empty where none did."""
    return max(paid, key=lambda each: abs(each.amount)).method if paid else ""


NOTES = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000)
"""What notes and coins are worth, in units of currency: each currency has most of them."""
_OFFERED = 4


def quick_notes(due: int, minor_digits: int) -> list[int]:
    """What is likely handed over for `due` minor units: the exact amount, then rounded up to the usual notes."""
    if due <= 0:
        return []
    unit = 10**minor_digits
    rounded = {-(-due // (note * unit)) * note * unit for note in NOTES if note >= 10}
    near = sorted(amount for amount in rounded if due < amount <= max(10 * due, 100 * unit))
    return [due, *near[: _OFFERED - 1]]
