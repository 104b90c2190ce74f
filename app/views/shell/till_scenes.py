"""How the window is brought to the scenes of the till: cash and change, returns, slips, closing the day."""

from typing import TYPE_CHECKING, Any

from app.services import products, sales, till
from app.services.sales import FoundSale
from app.views.shared.desk import CloseDay, OpenCustomer, OpenSale, SellTo
from app.views.shared.dialogs import Dialog

if TYPE_CHECKING:
    from app.views.shell.window import Window


def sell(window: "Window", customer: int) -> Any:
    """Two articles on the ticket of a regular."""
    window.desk.ask(SellTo(customer))
    screen: Any = window.go("till")
    if screen.basket.empty:
        for article in window.desk.gateway.read(products.products)[:2]:
            screen.take(article.id)
    return screen


def cash(window: "Window", customer: int) -> None:
    """Paid in cash, and more handed over than is due."""
    screen = sell(window, customer)
    known = window.desk.gateway.read(sales.methods)
    place = next(place for place, row in enumerate(known, 1) if row.code == "cash")
    screen.payment.choose(place)
    screen.payment.handed.setText("1000")
    screen.payment.handed.changed.emit(None)


def split(window: "Window", customer: int) -> None:
    screen = sell(window, customer)
    screen.payment.choose(0)
    next(iter(_dialog(window).fields.values())).setText("100")
    _dialog(window).form.changed.emit("")


def find_sale(window: "Window", customer: int) -> None:
    sell(window, customer).errands.take_return(customer)


def take_goods(window: "Window", customer: int) -> None:
    screen = sell(window, customer)
    screen.errands.take_return(customer)
    dialog = _dialog(window)
    dialog.search.taken.emit(_bought(window, customer).id)
    dialog.take.all.click()


def unlinked(window: "Window", customer: int) -> None:
    screen = sell(window, customer)
    screen.errands.take_return(customer)
    _dialog(window).search.loose.click()


def bill(window: "Window", customer: int) -> None:
    window.desk.ask(OpenCustomer(customer))
    window.desk.ask(OpenSale(_bought(window, customer).id))


def slip(window: "Window", customer: int) -> None:
    bill(window, customer)
    _dialog(window).primary.click()


def close_day(window: "Window", customer: int) -> None:
    sell(window, customer)
    window.desk.ask(CloseDay())
    lines = _dialog(window).lines
    for line in lines:
        if line.cash:
            line.counted.set_value(line.sums.expected - 150)
            line.counted.changed.emit(None)


def closes(window: "Window", customer: int) -> None:
    """A day that was closed, of which a bill was taken back later."""
    sell(window, customer)
    gateway, now = window.desk.gateway, window.desk.now()
    if not gateway.read(till.closes):
        found = gateway.read(till.to_close, window.desk.today())
        counted = {line.method: line.expected for line in found.lines if line.kind.value == "cash"}
        gateway.write(till.close_day, till.CloseDraft(counted, dict.fromkeys(counted, 0)), at=now)
    window.desk.ask(CloseDay())
    _dialog(window).before.click()


def method(window: "Window", _customer: int) -> None:
    screen: Any = window.go("settings")
    screen.show_page("till").methods.add.click()


def _bought(window: "Window", customer: int) -> FoundSale:
    """A sale of several lines, of this customer where there is one."""
    read = window.desk.gateway.read
    found = read(sales.sales_to_people, [customer]) or read(sales.last_sales)
    return max(found, key=lambda sale: (sale.back == 0, sale.lines))


def _dialog(window: "Window") -> Any:
    return [dialog for dialog in window.findChildren(Dialog) if dialog.isVisible()][-1]
