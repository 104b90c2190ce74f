"""Write a birthday into a cell in the form our own import reads: by the sun or the moon, with or without a year."""

from app.domain.birthdays import Birthday
from app.formats.code_words import is_chinese


def birthday_text(day: Birthday, language: str) -> str:
    """1985-03-02, --03-02, lunar 1985-08-15, lunar leap --04-01; in Chinese with 农历 and 农历闰 before it."""
    bare = f"{day.month:02}-{day.day:02}"
    dated = f"--{bare}" if day.year is None else f"{day.year:04}-{bare}"
    if not day.lunar:
        return dated
    if is_chinese(language):
        return f"农历{'闰' if day.leap else ''}{dated}"
    return f"lunar {'leap ' if day.leap else ''}{dated}"
