"""The next day of what comes again and again."""

from datetime import date

import pytest

from app.formats.recurrence import next_date

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("rule", "first", "found"),
    [
        ("FREQ=DAILY", date(2026, 11, 1), TODAY),
        ("FREQ=DAILY", date(2026, 12, 1), date(2026, 12, 1)),
        ("FREQ=WEEKLY;BYDAY=MO", date(2026, 11, 2), TODAY),
        ("FREQ=MONTHLY;BYMONTHDAY=28,29,30,31;BYSETPOS=-1", date(2020, 1, 31), date(2026, 11, 30)),
        ("FREQ=YEARLY", date(2000, 2, 29), date(2028, 2, 29)),
        ("FREQ=DAILY;COUNT=3", date(2026, 1, 1), date(2026, 1, 3)),
        ("FREQ=WEEKLY;UNTIL=20260201T000000Z", date(2026, 1, 1), date(2026, 1, 29)),
        ("FREQ=HOURLY;BYHOUR=9", date(2026, 11, 1), TODAY),
        ("RRULE:FREQ=WEEKLY;INTERVAL=2", date(2026, 11, 10), date(2026, 11, 24)),
        ("nonsense", date(2026, 1, 1), date(2026, 1, 1)),
        ("FREQ=MONTHLY;BYDAY=99XX", date(2026, 1, 1), date(2026, 1, 1)),
    ],
)
def test_the_next_day_is_not_before_today(rule: str, first: date, found: date) -> None:
    assert next_date(rule, first, TODAY) == found
