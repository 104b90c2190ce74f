"""Why nothing may be sold to somebody, in words."""

from PySide6.QtCore import QCoreApplication

from app.domain.complaints import written_number
from app.domain.selling import Barrier
from app.services.customers import MaySell


def barrier_words(barrier: Barrier) -> str:
    """Why nothing may be sold, in two or three words."""
    return {
        Barrier.ERASED: QCoreApplication.translate("HeldBack", "erased"),
        Barrier.ARCHIVED: QCoreApplication.translate("HeldBack", "archived"),
        Barrier.COMPLAINT: QCoreApplication.translate("HeldBack", "complaint open"),
        Barrier.DO_NOT_CONTACT: QCoreApplication.translate("HeldBack", "not to be contacted"),
        Barrier.NO_CONSENT: QCoreApplication.translate("HeldBack", "no consent"),
    }[barrier]


def reason_words(one: MaySell) -> str:
    """All that stands in the way of selling to one person, complaints by their numbers."""
    numbers = " ".join(written_number(case.number) for case in one.cases)
    said = (
        f"{barrier_words(barrier)} {numbers}" if barrier is Barrier.COMPLAINT else barrier_words(barrier)
        for barrier in one.barriers
    )
    return " · ".join(said)


def held_words(count: int) -> str:
    """How many are left out: on every list that promotes or sells."""
    return QCoreApplication.translate("HeldBack", "%n held back", "", count)
