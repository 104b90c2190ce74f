"""How the categories of complaints are called."""

from PySide6.QtCore import QCoreApplication


def category_words(code: str) -> str:
    """What a complaint is about; a word of the shop's own, or one that came with a file, stays as it is."""
    return {
        "product": QCoreApplication.translate("Complaints", "Goods"),
        "service": QCoreApplication.translate("Complaints", "Service"),
        "price": QCoreApplication.translate("Complaints", "Price"),
        "delivery": QCoreApplication.translate("Complaints", "Delivery"),
        "wait": QCoreApplication.translate("Complaints", "Waiting"),
        "place": QCoreApplication.translate("Complaints", "The place"),
        "other": QCoreApplication.translate("Complaints", "Something else"),
    }.get(code, code)
