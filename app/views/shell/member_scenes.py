"""How the window is brought to the scenes of tiers: their editor, one given by hand, and who moved."""

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from app.services import loyalty
from app.services.sample.words import texts
from app.views.shared import look
from app.views.shared.desk import GiveTier, OpenCustomer

if TYPE_CHECKING:
    from app.views.shell.window import Window


def ladder(window: "Window", _customer: int) -> None:
    """A lower threshold for the highest tier, with what that would do."""
    screen: Any = window.go("members")
    screen.edit_act.trigger()
    from app.views.members.ladder_editor import LadderDialog

    for dialog in window.findChildren(LadderDialog):
        dialog.tier.amount.setText("3000")
        dialog.tier.more.click()
        dialog.look_ahead()
        window.desk.gateway.settle()


def by_hand(window: "Window", customer: int) -> None:
    until = window.desk.today() + timedelta(days=200)
    reason = texts(look.current().language)["notes"][0]
    at = window.desk.now()
    window.desk.gateway.write(
        loyalty.give_tier, customer, "vip", until, reason, operation_id=f"scene-{customer}", at=at
    )
    window.desk.ask(OpenCustomer(customer))
    window.desk.ask(GiveTier(customer))


def moves(window: "Window", _customer: int) -> None:
    screen: Any = window.go("members")
    screen.moves_act.trigger()
