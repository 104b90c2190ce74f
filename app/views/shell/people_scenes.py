"""How the window is brought to the scenes of privacy, of many cards at once, and of the completeness of the base."""

from typing import TYPE_CHECKING, Any

from app.domain.interactions import Channel
from app.services import customers
from app.views.shared.desk import ErasePerson, HandOverPerson, OpenCustomer, ShowConsents

if TYPE_CHECKING:
    from app.views.shell.window import Window


def consents(window: "Window", customer: int) -> None:
    gateway, at = window.desk.gateway, window.desk.now()
    if not gateway.read(customers.consents, customer).history:
        for way, given, place in ((Channel.SMS, True, "paper"), (Channel.SMS, False, "phone")):
            gateway.write(customers.record_consent, customer, way, given, place, at=at)
    window.desk.ask(OpenCustomer(customer))
    window.desk.ask(ShowConsents(customer))


def hand_over(window: "Window", customer: int) -> None:
    window.desk.ask(OpenCustomer(customer))
    window.desk.ask(HandOverPerson(customer))


def erase(window: "Window", customer: int) -> None:
    window.desk.ask(OpenCustomer(customer))
    window.desk.ask(ErasePerson(customer))


def completeness(window: "Window", _customer: int) -> None:
    from app.views.customers.base_completeness import open_completeness

    window.go("customers")
    open_completeness(window.desk, window)


def chosen(window: "Window", _customer: int) -> None:
    screen: Any = window.go("customers")
    screen.people.bulk.choose_all()


def bulk_edit(window: "Window", customer: int) -> None:
    from app.views.customers.bulk_dialog import BulkDialog

    chosen(window, customer)
    screen: Any = window.go("customers")
    screen.people.bulk.open()
    for dialog in window.findChildren(BulkDialog):
        dialog.words.setText("VIP")
        dialog.look_ahead()
