"""C1–C6: a log of 50,000 complaints: a page of the list anywhere, words found, both painted, and what they teach."""

import os
from datetime import date, timedelta
from pathlib import Path
from random import Random

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from collections.abc import Iterator
from typing import Any

from sqlalchemy.orm import Session

from app.bootstrap import Shop, open_shop
from app.services import complaints, search
from app.services.complaints import CaseOrder, SortBy, kept_clocks
from app.services.customers.figures import refresh
from app.services.search.index import rebuild
from tests.benchmarks.ratio import Row, in_turn, p95, spent
from tests.benchmarks.shops import SEED, TODAY, clock, kept_shop, names, write

IDS = ("C1", "C2", "C3", "C4", "C5", "C6")
CASES, PEOPLE, PAGE, ASKED = 50_000, 5_000, 40, 60
FRAME, AWAY = 0.016, 2.0
"""Seconds a person feels: of what is done at once, and of what is worked out beside with its progress shown."""
UNSETTLED = 100
"""One in so many is open or waiting: a shop that solves what it logs."""
SAID = (
    *("五斤普洱打开全潮了", "盖碗回家一看有道裂纹", "礼盒少了一罐", "会员价没给上", "周末排队太久没人招呼"),
    *("茶叶里有一根头发", "送货晚了一天", "杯垫发错颜色", "包间等到两点四十才能进", "the lid does not close"),
)
WISH = ("全部换新", "换一只", "补一盒", "退差价", "")
TYPED = ("潮", "裂纹", "一罐", "C-00", "排队太久", "头发", "lid", "晚了", "换新", "王", "发错颜色", "C-0412")


def rows() -> list[Row]:
    """Each beside the bare statement that could give the same ids."""
    shop = log_of(CASES)
    try:
        return [_page(shop), _words(shop), *_painted(shop), *_learned(shop)]
    finally:
        shop.close()


def log_of(cases: int) -> Shop:
    """An open shop of so many complaints."""
    return kept_shop(f"cases-{cases}", lambda path: _fill(path, cases))


def _fill(path: Path, cases: int) -> None:
    shop, rng = open_shop(path, clock=clock), Random(SEED)
    people = [(key, name, f"{key:06}", "2024-01-01T02:00:00.000Z") for key, name in enumerate(names(rng, PEOPLE), 1)]
    told = list(_cases(rng, cases))
    with Session(shop.work.engine) as session:
        write(session, "customers", "id, name, sort_key, created_at", people)
        columns = (
            "id, number, customer_id, opened_at, shop_day, staff_id, category, severity, channel, words, wish, state"
        )
        write(session, "complaints", columns, (case for case, _ in told))
        steps = (step for _, steps in told for step in steps)
        write(session, "complaint_events", "complaint_id, at, state, staff_id", steps)
        refresh(session)
        kept_clocks.refresh(session)
        rebuild(session)
        session.commit()
    shop.close()


def _cases(rng: Random, number: int) -> Iterator[tuple[tuple[Any, ...], list[tuple[Any, ...]]]]:
    for key in range(1, number + 1):
        ago = rng.randrange(0, 8) if key % UNSETTLED == 0 else rng.randrange(3, 2_500)
        day = TODAY - timedelta(days=ago)
        state = rng.choice(("open", "waiting", "resolved")) if key % UNSETTLED == 0 else "closed"
        path = {"open": (), "waiting": ("waiting",), "resolved": ("resolved",)}.get(state, ("resolved", "closed"))
        severity = rng.choices(("minor", "serious", "severe"), (6, 3, 1))[0]
        words = f"{rng.choice(SAID)}，{rng.choice(SAID)}，{rng.randrange(10_000)}"
        category = rng.choice(("product", "service", "wait", "delivery"))
        at = f"{day}T{rng.randrange(1, 12):02}:{rng.randrange(60):02}:00.000Z"
        case = (key, key, rng.randrange(1, PEOPLE + 1), at, f"{day}", 1, category, severity, "visit", words)
        yield (*case, rng.choice(WISH), state), [(key, at, "open", 1), *((key, _later(day, n), said, 1) for n, said in enumerate(path))]  # fmt: skip # noqa: E501


def _later(day: date, step: int) -> str:
    return f"{day}T{12 + step:02}:59:00.000Z"


def _page(shop: Shop) -> Row:
    """Sorted by any head, either way, anywhere."""
    rng, now = Random(11), clock()
    places = [(by, down, rng.randrange(CASES - PAGE)) for by in SortBy for down in (True, False) for _ in "1234"]
    columns = {
        SortBy.DUE: ("complaint_clocks", "pressing", "complaint_id"),
        SortBy.SINCE: ("complaint_clocks", "since", "complaint_id"),
    }
    with shop.work.engine.connect() as connection:
        raw: Any = connection.connection.driver_connection

        def bare(by: SortBy, down: bool, offset: int) -> None:
            table, column, tie = columns.get(by, ("complaints", by.value, "id"))
            way = "DESC" if down else "ASC"
            raw.execute(
                f"SELECT * FROM complaints WHERE id IN (SELECT {tie} FROM {table} "
                f"ORDER BY {column} {way}, {tie} {way} LIMIT {PAGE} OFFSET {offset})"
            ).fetchall()

        def ours(by: SortBy, down: bool, offset: int) -> None:
            shop.work.read(complaints.page, now, CaseOrder(by, down), offset=offset, limit=PAGE, of=CASES)

        floor, taken = [], []
        for place in places:
            first, second = in_turn(lambda p=place: bare(*p), lambda p=place: ours(*p), 1)  # type: ignore[misc]
            floor += first
            taken += second
    return Row("C1", f"a page of {CASES:,} cases, sorted by any head, p95", p95(taken), p95(floor), limit=FRAME)


def _words(shop: Shop) -> Row:
    taken = [
        one
        for typed in TYPED
        for one in spent(lambda typed=typed: shop.work.read(search.complaint_ids, typed, 400), 5)  # type: ignore[misc]
    ]
    return Row("C2", f"words in {CASES:,} cases, p95", p95(taken), limit=FRAME)


def _painted(shop: Shop) -> list[Row]:
    from app.views.complaints.screen import ComplaintsScreen
    from app.views.shared.desk import Desk
    from app.views.shared.gateway import Gateway
    from tests.benchmarks.painting import painted, program

    app = program()
    gateway = Gateway(shop.work)
    screen = ComplaintsScreen(Desk(gateway, clock))
    screen.resize(1190, 720)
    screen.show()
    painted(lambda: None)
    lane = screen.lanes[next(iter(screen.lanes))].list
    bar = lane.verticalScrollBar()
    board = [one for n in range(ASKED) for one in spent(lambda n=n: painted(lambda: _repaint(screen, bar, n)))]  # type: ignore[misc]
    screen.show_mode("list")
    painted(lambda: None)
    rng, slider = Random(5), screen.table.table.verticalScrollBar()
    jumps = [
        one
        for _ in range(ASKED)
        for one in spent(lambda to=rng.randrange(slider.maximum()): painted(lambda: slider.setValue(to)))  # type: ignore[misc]
    ]
    gateway.close()
    screen.close()
    assert app is not None
    return [
        Row("C3", "the board scrolled and painted anew, p95", p95(board), limit=FRAME),
        Row("C4", "a jump in the list of cases, painted, p95", p95(jumps), limit=FRAME),
    ]


def _repaint(screen: Any, bar: Any, step: int) -> None:
    bar.setValue(bar.maximum() * (step % 7) // 7)
    screen.update()
    for lane in screen.lanes.values():
        lane.list.viewport().update()


def _learned(shop: Shop) -> list[Row]:
    """A year of cases beside one walk through their rows and events; the charts drawn from it."""
    from app.domain.complaint_learning import pareto
    from app.services.complaints import By, Days, Learned
    from app.views.complaints.learning_charts import ranking
    from app.views.shared import look
    from app.views.shared.desk import Desk
    from app.views.shared.gateway import Gateway

    days = Days(TODAY - timedelta(days=364), TODAY)
    bound = (f"{days.before.first}", f"{days.last}")
    with shop.work.engine.connect() as connection:
        raw: Any = connection.connection.driver_connection

        def bare() -> None:
            raw.execute("SELECT * FROM complaints WHERE shop_day BETWEEN ? AND ?", bound).fetchall()
            raw.execute(
                "SELECT e.* FROM complaints c JOIN complaint_events e ON e.complaint_id = c.id "
                "WHERE c.shop_day BETWEEN ? AND ?",
                bound,
            ).fetchall()

        floor, taken = in_turn(bare, lambda: shop.work.read(complaints.learned, days, at=clock()), 5)
    learned: Learned = shop.work.read(complaints.learned, days, at=clock())
    assert learned.bars[By.CAUSE] == pareto((bar.key, key, 1) for bar in learned.bars[By.CAUSE] for key in bar.ids)
    gateway = Gateway(shop.work)
    draw = ranking(learned, By.CAUSE, Desk(gateway, clock))
    drawn = spent(lambda: draw(look.chart_style()), 20)
    gateway.close()
    many = f"{len(learned.ids) + learned.count_before:,}"
    return [
        Row("C5", f"what {many} cases of two years teach, p95", p95(taken), p95(floor), limit=AWAY),
        Row("C6", "its bars by cause drawn, p95", p95(drawn), limit=0.1),
    ]
