"""How the marks of a day are said: festivals and solar terms by name, the lunar day as each language writes it."""

from datetime import date

from PySide6.QtCore import QCoreApplication

from app.domain.birthdays import lunar_date, lunar_day
from app.domain.festivals import DayMarks, Festival, day_marks
from app.views.shared import look


def day_label(day: date) -> tuple[str, bool]:
    """The corner of a square: a festival, else a solar term, else the lunar day; and whether it is a festival."""
    marks = day_marks(day)
    if marks.festivals:
        return festival_words(marks.festivals[0]), True
    if marks.term is not None:
        return term_words(marks.term), False
    return (lunar_day if _chinese() else _figures)(marks.month, marks.day, marks.leap), False


def day_sentence(day: date) -> str:
    """The lunar date with every festival and term: "Lunar 10-15 · Thanksgiving"."""
    marks = day_marks(day)
    written = (lunar_date if _chinese() else _figures)(marks.month, marks.day, marks.leap)
    said = QCoreApplication.translate("BirthdayWords", "Lunar {date}").replace("{date}", written)
    return " · ".join([said, *_names(marks)])


def _names(marks: DayMarks) -> list[str]:
    names = [festival_words(festival) for festival in marks.festivals]
    told_by_festival = {Festival.QINGMING, Festival.WINTER_SOLSTICE} & set(marks.festivals)
    return names if marks.term is None or told_by_festival else [*names, term_words(marks.term)]


def _figures(month: int, day: int, leap: bool) -> str:
    return f"{month}-{day}{'+' if leap else ''}"


def _chinese() -> bool:
    return look.current().language.startswith("zh")


def festival_words(festival: Festival) -> str:
    return {
        Festival.NEW_YEARS_EVE_LUNAR: QCoreApplication.translate("Festivals", "Lunar New Year’s Eve"),
        Festival.SPRING_FESTIVAL: QCoreApplication.translate("Festivals", "Spring Festival"),
        Festival.LANTERN: QCoreApplication.translate("Festivals", "Lantern Festival"),
        Festival.DRAGON_HEAD: QCoreApplication.translate("Festivals", "Dragon Head Day"),
        Festival.QINGMING: QCoreApplication.translate("Festivals", "Qingming"),
        Festival.DRAGON_BOAT: QCoreApplication.translate("Festivals", "Dragon Boat"),
        Festival.QIXI: QCoreApplication.translate("Festivals", "Qixi"),
        Festival.GHOST: QCoreApplication.translate("Festivals", "Ghost Festival"),
        Festival.MID_AUTUMN: QCoreApplication.translate("Festivals", "Mid-Autumn"),
        Festival.DOUBLE_NINTH: QCoreApplication.translate("Festivals", "Double Ninth"),
        Festival.WINTER_SOLSTICE: QCoreApplication.translate("Festivals", "Winter Solstice"),
        Festival.LABA: QCoreApplication.translate("Festivals", "Laba"),
        Festival.NEW_YEAR: QCoreApplication.translate("Festivals", "New Year"),
        Festival.VALENTINE: QCoreApplication.translate("Festivals", "Valentine’s Day"),
        Festival.WOMEN: QCoreApplication.translate("Festivals", "Women’s Day"),
        Festival.LABOUR: QCoreApplication.translate("Festivals", "Labour Day"),
        Festival.MOTHER: QCoreApplication.translate("Festivals", "Mother’s Day"),
        Festival.CHILDREN: QCoreApplication.translate("Festivals", "Children’s Day"),
        Festival.FATHER: QCoreApplication.translate("Festivals", "Father’s Day"),
        Festival.TEACHER: QCoreApplication.translate("Festivals", "Teachers’ Day"),
        Festival.NATIONAL: QCoreApplication.translate("Festivals", "National Day"),
        Festival.SINGLES: QCoreApplication.translate("Festivals", "Singles’ Day"),
        Festival.THANKSGIVING: QCoreApplication.translate("Festivals", "Thanksgiving"),
        Festival.CHRISTMAS: QCoreApplication.translate("Festivals", "Christmas"),
    }[festival]


def term_words(term: int) -> str:
    """A solar term by its number: 0 is the winter solstice."""
    return (
        QCoreApplication.translate("Festivals", "Winter Solstice"),
        QCoreApplication.translate("Festivals", "Minor Cold"),
        QCoreApplication.translate("Festivals", "Major Cold"),
        QCoreApplication.translate("Festivals", "Start of Spring"),
        QCoreApplication.translate("Festivals", "Rain Water"),
        QCoreApplication.translate("Festivals", "Insects Wake"),
        QCoreApplication.translate("Festivals", "Spring Equinox"),
        QCoreApplication.translate("Festivals", "Qingming"),
        QCoreApplication.translate("Festivals", "Grain Rain"),
        QCoreApplication.translate("Festivals", "Start of Summer"),
        QCoreApplication.translate("Festivals", "Grain Full"),
        QCoreApplication.translate("Festivals", "Grain in Ear"),
        QCoreApplication.translate("Festivals", "Summer Solstice"),
        QCoreApplication.translate("Festivals", "Minor Heat"),
        QCoreApplication.translate("Festivals", "Major Heat"),
        QCoreApplication.translate("Festivals", "Start of Autumn"),
        QCoreApplication.translate("Festivals", "End of Heat"),
        QCoreApplication.translate("Festivals", "White Dew"),
        QCoreApplication.translate("Festivals", "Autumn Equinox"),
        QCoreApplication.translate("Festivals", "Cold Dew"),
        QCoreApplication.translate("Festivals", "Frost"),
        QCoreApplication.translate("Festivals", "Start of Winter"),
        QCoreApplication.translate("Festivals", "Minor Snow"),
        QCoreApplication.translate("Festivals", "Major Snow"),
    )[term]
