"""How a copy of the shop is spoken of: when and why it was made, how much room it takes."""

from datetime import date, datetime

from PySide6.QtCore import QCoreApplication, QDate, QLocale

from app.views.shared import look


def moment(at: datetime, today: date) -> str:
    """A moment of the shop's own time: today, yesterday, else the day; always with the hour."""
    hour = f"{at:%H:%M}"
    days = (today - at.date()).days
    if days == 0:
        return QCoreApplication.translate("Copies", "today {time}").replace("{time}", hour)
    if days == 1:
        return QCoreApplication.translate("Copies", "yesterday {time}").replace("{time}", hour)
    return f"{day_words(at.date(), today)} {hour}"


def day_words(day: date, today: date) -> str:
    """A day, with its year when it is not this one."""
    form = (
        QCoreApplication.translate("Copies", "d MMM")
        if day.year == today.year
        else QCoreApplication.translate("Copies", "d MMM yyyy")
    )
    return QLocale(look.current().language).toString(QDate(day.year, day.month, day.day), form)


def reason(code: str) -> str:
    """Why a copy was made."""
    return {
        "by-hand": QCoreApplication.translate("Copies", "by hand"),
        "at-quit": QCoreApplication.translate("Copies", "on closing the window"),
        "half-hour": QCoreApplication.translate("Copies", "every half hour"),
        "before-restore": QCoreApplication.translate("Copies", "before a restore"),
        "before-upgrade": QCoreApplication.translate("Copies", "before an upgrade"),
        "before-import": QCoreApplication.translate("Copies", "before an import"),
        "": QCoreApplication.translate("Copies", "not known"),
    }.get(code, code.replace("-", " "))


def size(count: int) -> str:
    """Bytes as a person reads them."""
    return QLocale(look.current().language).formattedDataSize(
        count, 1, QLocale.DataSizeFormat.DataSizeTraditionalFormat
    )
