"""How the causes of complaints are called."""

from PySide6.QtCore import QCoreApplication


def cause_words(code: str, name: str = "") -> str:
    """What a complaint came from: the shop's own word, else the shipped one."""
    shipped = {
        "supplier": QCoreApplication.translate("Causes", "Came bad from the supplier"),
        "storage": QCoreApplication.translate("Causes", "Went bad in storage"),
        "handling": QCoreApplication.translate("Causes", "A mistake at the counter"),
        "packing": QCoreApplication.translate("Causes", "Packing or delivery"),
        "explained": QCoreApplication.translate("Causes", "Not explained, or wrongly"),
        "promised": QCoreApplication.translate("Causes", "Promised too much"),
        "manner": QCoreApplication.translate("Causes", "Manner of speaking"),
        "short_staffed": QCoreApplication.translate("Causes", "Too few hands"),
        "rule": QCoreApplication.translate("Causes", "A rule of the shop"),
        "use": QCoreApplication.translate("Causes", "Used differently than meant"),
    }
    return name or shipped.get(code, code)
