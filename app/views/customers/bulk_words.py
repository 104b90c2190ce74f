"""What can be changed on many cards, and how a card says it."""

from PySide6.QtCore import QCoreApplication

from app.domain.custom_fields import NO, YES
from app.domain.interactions import Channel
from app.services.customers import BulkKind
from app.views.customers.ask_next import source_choices
from app.views.customers.fact_words import source_words
from app.views.shared.contact_words import channel_words


def kind(code: BulkKind) -> str:
    """The change."""
    return {
        BulkKind.ADD_TAG: QCoreApplication.translate("BulkEdit", "Add a tag"),
        BulkKind.REMOVE_TAG: QCoreApplication.translate("BulkEdit", "Remove a tag"),
        BulkKind.SOURCE: QCoreApplication.translate("BulkEdit", "Source"),
        BulkKind.CHANNEL: QCoreApplication.translate("BulkEdit", "Preferred way"),
        BulkKind.DO_NOT_CONTACT: QCoreApplication.translate("BulkEdit", "Do not contact"),
        BulkKind.ARCHIVED: QCoreApplication.translate("BulkEdit", "Archive"),
        BulkKind.CUSTOM: QCoreApplication.translate("BulkEdit", "A field of the shop"),
    }[code]


def asked(code: BulkKind) -> str:
    """What is to be typed for it."""
    return {
        BulkKind.ADD_TAG: QCoreApplication.translate("BulkEdit", "The tag"),
        BulkKind.REMOVE_TAG: QCoreApplication.translate("BulkEdit", "The tag"),
        BulkKind.SOURCE: QCoreApplication.translate("BulkEdit", "Where they came from; empty: nothing"),
    }.get(code, QCoreApplication.translate("BulkEdit", "The value; empty: nothing"))


def said(code: BulkKind, value: str) -> str:
    """What a card says; a code in its words, anything else as it was written."""
    if code is BulkKind.ARCHIVED:
        in_list = QCoreApplication.translate("BulkEdit", "in the list")
        return in_list if value in ("", NO) else QCoreApplication.translate("BulkEdit", "archived")
    if code is BulkKind.DO_NOT_CONTACT:
        may = QCoreApplication.translate("BulkEdit", "may be contacted")
        return may if value in ("", NO) else QCoreApplication.translate("BulkEdit", "not contacted")
    if value == "":
        return QCoreApplication.translate("BulkEdit", "nothing")
    if code is BulkKind.CHANNEL and value in set(Channel):
        return channel_words(Channel(value))
    if value in (YES, NO) and code is BulkKind.CUSTOM:
        yes = QCoreApplication.translate("BulkEdit", "yes")
        return yes if value == YES else QCoreApplication.translate("BulkEdit", "no")
    return source_words(value, source_choices()) if code is BulkKind.SOURCE else value
