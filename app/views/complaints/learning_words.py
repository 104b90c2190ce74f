"""How the page of complaint insights calls what cases share, and what it says of them."""

from collections.abc import Hashable

from PySide6.QtCore import QCoreApplication, QLocale

from app.domain.complaint_learning import Outcome
from app.domain.complaints import Severity
from app.domain.remedies import RemedyKind
from app.domain.segments.rates import Rate
from app.services.complaints import By, Cause, Learned
from app.views.complaints.remedy_words import remedy_words
from app.views.complaints.words import channel_words, severity_words
from app.views.shared.category_words import category_words
from app.views.shared.cause_words import cause_words
from app.views.shared.paint import figure
from app.views.shared.people_words import staff_name


def by_words(by: By) -> str:
    """By what the bars are told apart."""
    return {
        By.CAUSE: QCoreApplication.translate("Learning", "By cause"),
        By.GOODS: QCoreApplication.translate("Learning", "By goods"),
        By.SOLD_BY: QCoreApplication.translate("Learning", "By who sold it"),
        By.LOGGED_BY: QCoreApplication.translate("Learning", "By who logged it"),
        By.OWNER: QCoreApplication.translate("Learning", "By who sees to the cause"),
        By.CHANNEL: QCoreApplication.translate("Learning", "By channel"),
        By.SEVERITY: QCoreApplication.translate("Learning", "By how bad"),
        By.COST_BY_KIND: QCoreApplication.translate("Learning", "Cost by remedy"),
        By.COST_BY_CAUSE: QCoreApplication.translate("Learning", "Cost by cause"),
        By.COST_BY_CUSTOMER: QCoreApplication.translate("Learning", "Cost by customer"),
    }[by]


def key_words(by: By, key: Hashable, learned: Learned) -> str:
    """What one bar stands for."""
    known = learned.names.get(by, {})
    if isinstance(key, Cause):
        if key.found:
            return cause_words(key.code, known.get(key.code, ""))
        about = QCoreApplication.translate("Learning", "({category})")
        return about.replace("{category}", category_words(key.code))
    if by in (By.SOLD_BY, By.LOGGED_BY, By.OWNER):
        return staff_name(known.get(key, ""))
    if by is By.CHANNEL:
        return channel_words(str(key))
    if by is By.SEVERITY:
        return severity_words(Severity(str(key)))
    if by is By.COST_BY_KIND:
        return remedy_words(RemedyKind(str(key)))
    return known.get(key, "")


def outcome_words(outcome: Outcome) -> str:
    return {
        Outcome.ON_THE_SPOT: QCoreApplication.translate("Learning", "On the spot"),
        Outcome.LATER: QCoreApplication.translate("Learning", "Solved later"),
        Outcome.UNRESOLVED: QCoreApplication.translate("Learning", "Not solved"),
        Outcome.NEVER: QCoreApplication.translate("Learning", "Never complained"),
    }[outcome]


def percent(share: float | None) -> str:
    return "—" if share is None else f"{round(100 * share)}%"


def counts(rate: Rate) -> str:
    return f"{figure(rate.hits)} / {figure(rate.of)}"


def per_hundred(value: float | None) -> str:
    return "—" if value is None else QLocale().toString(float(value), "f", 1)
