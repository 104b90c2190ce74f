"""The calendar of a shop of 100,000 customers with 2,000 follow-ups in every month, painted; and walking its days.

Painted means: from the key to the last paint event, with what is read, into the window's backing store.
"""

import os
import tempfile
from datetime import date, timedelta
from random import Random

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from sqlalchemy.orm import Session

from app.__main__ import collect_seldom
from app.bootstrap import Shop
from app.services import followups
from app.services.customers.figures import BORN
from tests.benchmarks.ratio import Row, Spent, p95, spent
from tests.benchmarks.shops import KINDS, TODAY, clock, copy_of

IDS = ("CAL",)
SIZE, PAGES, A_MONTH = 100_000, 24, 2_000
STRIPS, NEVER = 4, 3_600_000
LIMIT = 0.050
"""Seconds until a month is painted."""


def rows(size: int = SIZE, a_month: int = A_MONTH) -> list[Row]:
    """A page of the month by the service, painted, and a step of the arrows within it."""
    with copy_of(size) as shop:
        _fill(shop, _planned(size, a_month))
        return [_read(shop), *_painted(shop)]


def _fill(shop: Shop, planned: list[tuple[object, ...]]) -> None:
    """These follow-ups alone, and a birthday for everybody, spread over the year, every third by the moon."""
    columns = "customer_id, due_on, due_at, kind, purpose, text, staff_id, created_at, version"
    values = "?, ?, ?, ?, ?, '问候', 1, '2026-01-01T02:00:00.000Z', 1"
    born = "birth_month = 1 + id % 12, birth_day = 1 + id / 12 % 28, birth_lunar = id / 336 % 3 = 0"
    _run(shop, "DELETE FROM followups")
    _run(shop, f"UPDATE customers SET {born}")
    _run(shop, f"UPDATE customer_figures SET born = (SELECT {BORN} FROM customers c WHERE c.id = customer_id)")
    _run(shop, f"INSERT INTO followups ({columns}) VALUES ({values})", planned)


def _run(shop: Shop, statement: str, rows: list[tuple[object, ...]] | None = None) -> None:
    with Session(shop.work.engine) as session:
        session.connection().exec_driver_sql(statement, rows)
        session.commit()


def _planned(size: int, a_month: int) -> list[tuple[object, ...]]:
    """Two of five would sell, so that the calendar must ask to whom nothing may be sold."""
    rng = Random(5)
    first = date(TODAY.year, TODAY.month, 1) - timedelta(days=31)
    days = [first + timedelta(days=n) for n in range(31 * (PAGES + 3))]
    count = a_month * len(days) // 30
    return [
        (rng.randrange(1, size + 1), f"{days[n % len(days)]}", f"{rng.randrange(9, 20):02}:00:00" if n % 2 else None,
         *rng.choice(KINDS))
        for n in range(count)
    ]  # fmt: skip


def _read(shop: Shop) -> Row:
    pages = [followups_page(n) for n in range(PAGES)]
    _page(shop, *pages[0])
    taken = [one for page in pages for one in spent(lambda page=page: _page(shop, *page))]  # type: ignore[misc]
    return Row("CAL", "six weeks of the calendar, read, p95", p95(taken), limit=LIMIT)


def followups_page(number: int) -> tuple[date, date]:
    """The first and the last day of the page so many months on."""
    first = TODAY.replace(day=1) + timedelta(days=31 * number)
    return first, first + timedelta(days=41)


def _page(shop: Shop, first: date, last: date) -> list[followups.DayPlan]:
    return shop.work.read(followups.days, first, last, TODAY, most=STRIPS)


def _painted(shop: Shop) -> list[Row]:
    from PySide6.QtCore import QEventLoop, QSettings, Qt
    from PySide6.QtTest import QTest

    from app.views.followups import kept
    from app.views.followups.kept import View
    from app.views.followups.screen import FollowUpsScreen
    from app.views.shared.desk import Desk
    from app.views.shared.gateway import Gateway
    from tests.benchmarks.painting import painted, program

    app = program()
    collect_seldom()
    gateway = Gateway(shop.work)
    QSettings.setPath(QSettings.Format.IniFormat, QSettings.Scope.UserScope, tempfile.mkdtemp())
    kept.keep_view(View.MONTH)
    screen = FollowUpsScreen(Desk(gateway, clock))
    screen.resize(1190, 700)
    screen.show()
    painted(lambda: None)

    def pressed(key: Qt.Key) -> list[Spent]:
        return spent(lambda: painted(lambda: QTest.keyClick(screen.month, key)))

    turned, flown, walked = [], [], []
    for step in range(PAGES):
        screen.ahead.rest.start(0)
        while not screen.ahead.ready:
            app.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
        screen.ahead.rest.setInterval(NEVER)  # what is read for the next page is no part of this one
        turned += pressed(Qt.Key.Key_PageDown)
        walked += pressed(Qt.Key.Key_Right if step % 2 else Qt.Key.Key_Left)
    for _ in range(PAGES):
        flown += pressed(Qt.Key.Key_PageUp)
    gateway.close()
    screen.close()
    return [
        Row("CAL", "the next month, painted, p95", p95(turned), limit=LIMIT),
        Row("CAL", "months with the key held down, nothing read ahead, p95", p95(flown), limit=LIMIT),
        Row("CAL", "the next day by an arrow, painted, p95", p95(walked), limit=LIMIT),
    ]
