"""What a way to pay is called, and which sign it has."""

from PySide6.QtCore import QCoreApplication

from app.domain.payments import MethodKind

ICONS = {"wechat": "ph.chats-teardrop", "alipay": "ph.qr-code", "cash": "ph.money", "card": "ph.credit-card"}
KIND_ICONS = {
    MethodKind.CASH: "ph.money",
    MethodKind.TRANSFER: "ph.wallet",
    MethodKind.STORED: "ph.wallet",
    MethodKind.VISITS: "ph.wallet",
}


def method_name(code: str, name: str = "") -> str:
    """A way to pay: the shop's own word, else the shipped one."""
    shipped = {
        "wechat": QCoreApplication.translate("Till", "WeChat"),
        "alipay": QCoreApplication.translate("Till", "Alipay"),
        "cash": QCoreApplication.translate("Till", "Cash"),
        "card": QCoreApplication.translate("Till", "Card"),
        "stored": QCoreApplication.translate("Till", "Stored value"),
        "visits": QCoreApplication.translate("Till", "Visits"),
    }
    return name or shipped.get(code, code)
