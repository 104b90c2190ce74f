"""How the window is brought to the scenes of cards, coupons and rewards."""

from typing import TYPE_CHECKING, Any

from app.domain.rewards.kinds import Occasion
from app.services import products, rewards
from app.views.rewards.batch import open_sheet
from app.views.shared.desk import OpenCustomer, SellTo, ShowHeld

if TYPE_CHECKING:
    from app.views.shell.window import Window


def part(window: "Window", name: str) -> Any:
    screen: Any = window.go("rewards")
    screen.show_part(name)
    return screen


def coupons(window: "Window", _customer: int) -> None:
    part(window, "coupons")


def catalogue(window: "Window", _customer: int) -> None:
    part(window, "rewards")


def cards(window: "Window", _customer: int) -> None:
    part(window, "cards")


def new_coupon(window: "Window", _customer: int) -> None:
    part(window, "coupons").new_act.trigger()


def automatic_coupon(window: "Window", _customer: int) -> None:
    """For whoever has stayed away: from now on, or also for those who have already."""
    from app.views.rewards.kind_dialog import KindDialog

    screen = part(window, "coupons")
    screen.new_act.trigger()
    occasions = screen.window().findChildren(KindDialog)[-1].form.field("occasion").chips()
    next(chip for chip in occasions if chip.view.value is Occasion.WIN_BACK).click()


def new_card(window: "Window", _customer: int) -> None:
    part(window, "cards").new_act.trigger()


def new_reward(window: "Window", _customer: int) -> None:
    part(window, "rewards").new_act.trigger()


def sheet(window: "Window", _customer: int) -> None:
    """Of the kind that most codes are out of."""
    screen = part(window, "coupons")
    kind = max(screen.coupons.rows.rows, key=lambda row: row.open)
    open_sheet(window.desk, screen, kind, window.desk.gateway.read(rewards.coupons_of_kind, kind.id, limit=12))


def at_the_till(window: "Window", _customer: int) -> None:
    """Somebody with stored value buys for more than their coupon asks; a card is put on the same ticket."""
    read, today = window.desk.gateway.read, window.desk.today()
    people = read(rewards.holders, rewards.PRINCIPAL, today)
    window.desk.ask(SellTo(people[0].customer_id if people else None))
    screen: Any = window.go("till")
    dear = sorted(read(products.products), key=lambda row: row.price)[-1]
    screen.take(dear.id)


def sell_card(window: "Window", customer: int) -> None:
    at_the_till(window, customer)
    screen: Any = window.go("till")
    screen._on_card()


def held(window: "Window", customer: int) -> None:
    """Of somebody with stored value and a coupon."""
    people = window.desk.gateway.read(rewards.holders, rewards.PRINCIPAL, window.desk.today())
    window.desk.ask(OpenCustomer(people[0].customer_id if people else customer))
    if people:
        window.desk.ask(ShowHeld(people[0].customer_id, people[0].name))


def _held_act(window: "Window", customer: int, name: str) -> None:
    """What a key on the first line of what somebody holds opens."""
    from app.views.rewards.held_dialog import HeldDialog

    held(window, customer)
    for opened in window.findChildren(HeldDialog):
        opened.acts[name].trigger()


def purse_statement(window: "Window", customer: int) -> None:
    _held_act(window, customer, "statement")


def pay_out(window: "Window", customer: int) -> None:
    _held_act(window, customer, "pay_out")


def correct_purse(window: "Window", customer: int) -> None:
    _held_act(window, customer, "correct")
