"""How contacts are spoken of: the way, the direction, the purpose, and the icon of each way."""

from datetime import date

from PySide6.QtCore import QCoreApplication

from app.domain.interactions import Channel, Direction, Purpose
from app.views.shared.people_words import ago

CHANNEL_ICONS = {
    Channel.CALL: "ph.phone",
    Channel.VISIT: "ph.storefront",
    Channel.WECHAT: "ph.chats-teardrop",
    Channel.SMS: "ph.chat-text",
    Channel.EMAIL: "ph.envelope-simple",
    Channel.LETTER: "ph.envelope-open",
}


def channel_words(channel: Channel) -> str:
    return {
        Channel.CALL: QCoreApplication.translate("Contacts", "Call"),
        Channel.VISIT: QCoreApplication.translate("Contacts", "Visit"),
        Channel.WECHAT: QCoreApplication.translate("Contacts", "WeChat"),
        Channel.SMS: QCoreApplication.translate("Contacts", "SMS"),
        Channel.EMAIL: QCoreApplication.translate("Contacts", "E-mail"),
        Channel.LETTER: QCoreApplication.translate("Contacts", "Letter"),
    }[channel]


def direction_words(direction: Direction) -> str:
    return {
        Direction.OUT: QCoreApplication.translate("Contacts", "We reached out"),
        Direction.IN: QCoreApplication.translate("Contacts", "They came to us"),
    }[direction]


def purpose_words(purpose: Purpose) -> str:
    return {
        Purpose.CARE: QCoreApplication.translate("Contacts", "care"),
        Purpose.SELL: QCoreApplication.translate("Contacts", "sell"),
    }[purpose]


def ratio_words(care: int, sell: int) -> str:
    """How caring and selling stand to each other over a year; nothing where there was neither."""
    if not care and not sell:
        return ""
    said = QCoreApplication.translate("Contacts", "{care} care : {sell} sell in 12 months")
    return said.replace("{care}", f"{care:,}").replace("{sell}", f"{sell:,}")


def spoken_words(last: date | None, today: date) -> str:
    """When somebody was last really spoken to."""
    if last is None:
        return QCoreApplication.translate("Contacts", "not spoken to yet")
    return QCoreApplication.translate("Contacts", "spoken to {when}").replace("{when}", ago(last, today))
