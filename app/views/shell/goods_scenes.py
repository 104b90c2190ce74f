"""How the window is brought to the scenes of the list of goods."""

from typing import TYPE_CHECKING, Any

from app.views.products.repricing import RepriceDialog
from app.views.shared.desk import ShowGoods

if TYPE_CHECKING:
    from app.views.shell.window import Window


def goods(window: "Window", _customer: int) -> Any:
    window.desk.ask(ShowGoods())
    return window.go("products")


def article(window: "Window", customer: int) -> None:
    goods(window, customer).edit_act.trigger()


def reprice(window: "Window", customer: int) -> None:
    goods(window, customer).reprice_act.trigger()
    for dialog in window.findChildren(RepriceDialog):
        dialog.value.setText("-8")


def labels(window: "Window", customer: int) -> None:
    screen = goods(window, customer)
    screen.table.selectAll()
    screen.labels_act.trigger()
    screen.table.choice.choose_place(0)


def categories(window: "Window", customer: int) -> None:
    goods(window, customer).categories_act.trigger()
