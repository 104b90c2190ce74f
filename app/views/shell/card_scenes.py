"""How the window is brought to the scenes of member cards."""

from typing import TYPE_CHECKING

from app.services import customers, member_cards
from app.views.member_cards.dialog import MemberCardDialog
from app.views.shared.desk import OpenCustomer, PrintMemberCards, ShowMemberCard

if TYPE_CHECKING:
    from app.views.shell.window import Window


def member_card(window: "Window", customer: int) -> None:
    gateway, at = window.desk.gateway, window.desk.now()
    if not gateway.read(member_cards.cards_of, customer):
        gateway.write(member_cards.issue, customer, at=at)
    window.desk.ask(OpenCustomer(customer))
    window.desk.ask(ShowMemberCard(customer))


def lost_card(window: "Window", customer: int) -> None:
    member_card(window, customer)
    for dialog in window.findChildren(MemberCardDialog):
        if dialog.isVisible():
            dialog.lost.click()


def print_cards(window: "Window", _customer: int) -> None:
    window.go("members")
    people = tuple(row.id for row in window.desk.gateway.read(customers.page, limit=12))
    window.desk.gateway.write(member_cards.issue_many, people[:9], at=window.desk.now())
    window.desk.ask(PrintMemberCards(people))
