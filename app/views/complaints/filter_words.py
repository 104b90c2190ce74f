"""A choice of cases in words."""

from PySide6.QtCore import QCoreApplication

from app.services import staff
from app.services.complaints import CaseFilter
from app.views.complaints import words
from app.views.shared.category_words import category_words
from app.views.shared.day_words import near_day
from app.views.shared.desk import Desk
from app.views.shared.people_words import staff_name

LONGEST = 28


def told(desk: Desk, only: CaseFilter) -> str:
    """What the cases have in common, short."""
    parts = [words.state_words(state) for state in only.states]
    parts += [words.severity_words(severity) for severity in only.severities]
    parts += [category_words(only.category)] if only.category else []
    parts += [words.channel_words(only.channel)] if only.channel else []
    if only.staff_id is not None:
        parts += [staff_name(who.name) for who in desk.gateway.read(staff.everyone) if who.id == only.staff_id]
    for flag, said in marks().items():
        parts += [said] if getattr(only, flag) else []
    days = [near_day(day, desk.today()) for day in (only.first, only.last) if day is not None]
    parts += [" – ".join(days)] if days else []
    if only.product_id is not None:
        parts.append(QCoreApplication.translate("Complaints", "One article"))
    if only.customer_id is not None:
        parts.append(QCoreApplication.translate("Complaints", "One customer"))
    said = " · ".join(parts)
    return said if len(said) <= LONGEST else said[: LONGEST - 1] + "…"


def marks() -> dict[str, str]:
    """What may be true of a case, by the field of a filter."""
    return {
        "overdue": QCoreApplication.translate("Complaints", "Overdue"),
        "escalated": QCoreApplication.translate("Complaints", "With the owner"),
        "reopened": QCoreApplication.translate("Complaints", "Opened again"),
        "to_call": QCoreApplication.translate("Complaints", "To call back"),
        "mine": QCoreApplication.translate("Complaints", "Mine"),
    }
