"""What member cards say: how one stands, and what happened to it."""

from PySide6.QtCore import QCoreApplication

from app.domain.member_cards import CardEventKind, grouped
from app.services.member_cards import CardEvent, MemberCard
from app.views.shared.desk import Desk
from app.views.shared.people_words import on_day


def since(card: MemberCard, desk: Desk) -> str:
    """How a card stands, since when and why."""
    day = on_day(desk.day_of(card.at), desk.today())
    if card.good:
        return QCoreApplication.translate("MemberCards", "given on {day}").replace("{day}", day)
    said = QCoreApplication.translate("MemberCards", "reported lost on {day}: {reason}")
    return said.replace("{day}", day).replace("{reason}", card.reason)


def happened(event: CardEvent) -> str:
    """One line of the history."""
    said = {
        CardEventKind.ISSUED: QCoreApplication.translate("MemberCards", "{number} given"),
        CardEventKind.LOST: QCoreApplication.translate("MemberCards", "{number} reported lost: {reason}"),
        CardEventKind.FOUND: QCoreApplication.translate("MemberCards", "{number} is good again"),
        CardEventKind.WITHDRAWN: QCoreApplication.translate("MemberCards", "{number} taken back"),
    }[event.kind]
    if event.replaced_by:
        new = QCoreApplication.translate("MemberCards", "; the new one is {new}")
        said += new.replace("{new}", grouped(event.replaced_by))
    return said.replace("{number}", grouped(event.number)).replace("{reason}", event.reason)
