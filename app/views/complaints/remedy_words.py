"""How remedies are called, and what is said of one that was given."""

from PySide6.QtCore import QCoreApplication

from app.domain.remedies import RemedyKind
from app.services.complaints import RemedyRow
from app.views.shared.people_words import grouped

ICONS = {
    RemedyKind.REFUND: "ph.arrow-u-up-left",
    RemedyKind.REPLACEMENT: "ph.arrows-clockwise",
    RemedyKind.DISCOUNT: "ph.percent",
    RemedyKind.POINTS: "ph.coin",
    RemedyKind.COUPON: "ph.ticket",
    RemedyKind.STORED: "ph.wallet",
    RemedyKind.APOLOGY: "ph.handshake",
    RemedyKind.OTHER: "ph.dots-three",
}


def remedy_words(kind: RemedyKind) -> str:
    return {
        RemedyKind.REFUND: QCoreApplication.translate("Remedies", "Refund"),
        RemedyKind.REPLACEMENT: QCoreApplication.translate("Remedies", "Replacement"),
        RemedyKind.DISCOUNT: QCoreApplication.translate("Remedies", "Discount"),
        RemedyKind.POINTS: QCoreApplication.translate("Remedies", "Points"),
        RemedyKind.COUPON: QCoreApplication.translate("Remedies", "Coupon"),
        RemedyKind.STORED: QCoreApplication.translate("Remedies", "Stored value"),
        RemedyKind.APOLOGY: QCoreApplication.translate("Remedies", "Apology"),
        RemedyKind.OTHER: QCoreApplication.translate("Remedies", "Something else"),
    }[kind]


def given_words(row: RemedyRow) -> str:
    """What was given: which coupon, how many points, which return, and the note."""
    parts = [row.coupon, row.return_number, row.product, row.note]
    many = row.points
    if many:
        parts.insert(0, grouped(QCoreApplication.translate("Remedies", "%n point(s)", "", many), many))
    return " · ".join(part for part in parts if part)
