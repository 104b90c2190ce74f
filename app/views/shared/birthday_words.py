"""How a birthday is spoken of: the lunar date it is kept by, and what somebody turns."""

from PySide6.QtCore import QCoreApplication

from app.domain.birthdays import Birthday, lunar_date
from app.views.shared import look


def lunar_words(birthday: Birthday) -> str:
    """ "Lunar 10-18", "农历十月十八"; nothing for a birthday by the sun."""
    if not birthday.lunar:
        return ""
    figures = f"{birthday.month}-{birthday.day}"
    written = lunar_date(birthday.month, birthday.day, birthday.leap) if _chinese() else figures
    said = QCoreApplication.translate("BirthdayWords", "Lunar {date}").replace("{date}", written)
    if birthday.leap and not _chinese():
        return QCoreApplication.translate("BirthdayWords", "{date}, leap month").replace("{date}", said)
    return said


def age_words(age: int | None) -> str:
    """ "turns 66"; nothing without a year of birth."""
    if age is None:
        return ""
    return QCoreApplication.translate("BirthdayWords", "turns {age}").replace("{age}", str(age))


def _chinese() -> bool:
    return look.current().language.startswith("zh")
