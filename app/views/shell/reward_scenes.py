"""How the window is brought to the scenes of cards, coupons and rewards."""

from typing import TYPE_CHECKING, Any

from app.services import rewards
from app.views.rewards.batch import open_sheet

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


def new_card(window: "Window", _customer: int) -> None:
    part(window, "cards").new_act.trigger()


def new_reward(window: "Window", _customer: int) -> None:
    part(window, "rewards").new_act.trigger()


def sheet(window: "Window", _customer: int) -> None:
    """Of the kind that most codes are out of."""
    screen = part(window, "coupons")
    kind = max(screen.coupons.rows.rows, key=lambda row: row.open)
    open_sheet(window.desk, screen, kind, window.desk.gateway.read(rewards.coupons_of_kind, kind.id, limit=12))
