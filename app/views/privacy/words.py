"""How consents are spoken of: the way, the answer, and where it was said."""

from PySide6.QtCore import QCoreApplication

from app.domain.interactions import Channel

ASKED = (Channel.CALL, Channel.WECHAT, Channel.SMS, Channel.EMAIL, Channel.LETTER)
"""The ways a shop may reach out; who comes in needs no leave."""
PLACES = ("counter", "paper", "phone", "message")


def place(code: str) -> str:
    """Where a yes or a no was said; the shop's own word stays as it is."""
    return {
        "counter": QCoreApplication.translate("Privacy", "At the counter"),
        "paper": QCoreApplication.translate("Privacy", "On paper"),
        "phone": QCoreApplication.translate("Privacy", "On the phone"),
        "message": QCoreApplication.translate("Privacy", "By message"),
        "import": QCoreApplication.translate("Privacy", "From a file"),
    }.get(code, code)


def answer(given: bool) -> str:
    """Yes or no."""
    return QCoreApplication.translate("Privacy", "Yes") if given else QCoreApplication.translate("Privacy", "No")
