"""P1 and P2: search beside the bare statement of the index, and from the key to the painted list."""

import os
from random import Random

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from app.bootstrap import Shop
from app.domain.search_keys import match_expression, query
from app.services import search
from app.services.search import HitKind
from tests.benchmarks.ratio import Row, p95, seconds
from tests.benchmarks.shops import FOREIGN, GIVEN, SURNAMES, TAGS, shop_of

IDS = ("P1", "P2")
SIZE, QUERIES, LIMIT = 100_000, 200, 20
LETTERS = "abcdefghjklmnpqrstwxyz"


def rows(size: int = SIZE) -> list[Row]:
    """Both, on one shop."""
    shop = shop_of(size)
    try:
        return [_search(shop), _keystrokes(shop)]
    finally:
        shop.close()


def queries(number: int = QUERIES) -> list[str]:
    """One to eight characters: Han, pinyin, initials, digits, tags, and two words together."""
    rng = Random(7)

    def initials() -> str:
        return "".join(rng.choices(LETTERS, k=rng.choice((1, 2, 3))))

    makers = (
        lambda: rng.choice(SURNAMES) + "".join(rng.choices(GIVEN, k=rng.choice((0, 1, 2)))),
        lambda: rng.choice(("shen", "wang", "li", "zhang", "jingyi", "ruolan", "chen", "zeng", "xiaoman", "yu")),
        initials,
        lambda: "".join(rng.choices("0123456789", k=rng.choice((1, 2, 3, 4, 4, 4, 6, 8)))),
        lambda: rng.choice(TAGS)[: rng.choice((1, 2, 3))],
        lambda: f"{rng.choice(SURNAMES)} {rng.randrange(100)}",
        lambda: rng.choice(FOREIGN)[: rng.randrange(1, 9)],
    )
    return [rng.choice(makers)() for _ in range(number)]


def bare(words: tuple[str, ...]) -> str:
    """The floor: the least statement for the same ids, by recency for one or two characters, by bm25 from three on."""
    order = "rowid DESC" if sum(map(len, words)) <= 2 else "bm25(search_words)"
    return (
        "SELECT e.ref FROM search_words w JOIN search_entries e ON e.id = w.rowid "
        f"WHERE search_words MATCH ? ORDER BY w.{order} LIMIT {LIMIT}".replace("w.bm25", "bm25")
    )


def _search(shop: Shop) -> Row:
    asked = queries()
    with shop.work.engine.connect() as connection:
        raw = connection.connection.driver_connection
        assert raw is not None
        for words in asked[:20]:
            _ = raw.execute(bare(query(words).words), (match_expression(query(words).words),)).fetchall()
        floor = [
            seconds(lambda w=query(words).words: raw.execute(bare(w), (match_expression(w),)).fetchall())[0]  # type: ignore[misc]
            for words in asked
        ]
    people = (HitKind.CUSTOMER,)
    for words in asked[:20]:
        shop.work.read(search.find, words, LIMIT, people)
    ours = [seconds(lambda w=words: shop.work.read(search.find, w, LIMIT, people))[0] for words in asked]  # type: ignore[misc]
    return Row("P1", f"search, {QUERIES} queries of 1 to 8 characters, p95", p95(ours), p95(floor), target=3)


def _keystrokes(shop: Shop) -> Row:
    from PySide6.QtTest import QTest
    from PySide6.QtWidgets import QApplication

    from app.views.customers.people_list import PeopleList
    from app.views.shared.desk import Desk
    from app.views.shared.gateway import Gateway
    from tests.benchmarks.shops import clock

    app = QApplication.instance() or QApplication([])
    gateway = Gateway(shop.work)
    people = PeopleList(Desk(gateway, clock))
    people.resize(296, 690)
    people.show()
    people.reload()
    gateway.close()
    QApplication.processEvents()

    def press(key: str) -> None:
        QTest.keyClicks(people.field, key)
        people.list.viewport().repaint()

    taken = []
    for words in ("sjy", "wang", "6628", "1", "chen e", "zhangw", "00", "li 13"):
        for key in words:
            taken += seconds(lambda k=key: press(k))  # type: ignore[misc]
        people.field.clear()
    people.close()
    assert app is not None
    return Row("P2", "keystroke → list painted, p95", p95(taken), limit=0.016)
