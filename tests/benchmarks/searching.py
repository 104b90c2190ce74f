"""P1 and P2: search beside the bare statement of the index, and from the key to the painted list.

Painted means: from the press of the key, through the search, to the last paint event of the field, the count and the
list, into the window's backing store.
"""

import os
from random import Random

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from app.bootstrap import Shop
from app.domain.search_keys import match_expression, query
from app.services import search
from app.services.search import HitKind
from tests.benchmarks.ratio import Row, in_turn, p95, spent
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

        def bare_find(words: str) -> None:
            known = query(words).words
            raw.execute(bare(known), (match_expression(known),)).fetchall()

        def ours_find(words: str) -> None:
            shop.work.read(search.find, words, LIMIT, (HitKind.CUSTOMER,))

        floor, ours = [], []
        for words in [*asked[:20], *asked]:
            first, second = in_turn(lambda w=words: bare_find(w), lambda w=words: ours_find(w), 1)  # type: ignore[misc]
            floor += first
            ours += second
    floor, ours = floor[20:], ours[20:]
    return Row("P1", f"search, {QUERIES} queries of 1 to 8 characters, p95", p95(ours), p95(floor), target=3)


def _keystrokes(shop: Shop) -> Row:
    from PySide6.QtTest import QTest

    from app.views.customers.people_list import PeopleList
    from app.views.shared.desk import Desk
    from app.views.shared.gateway import Gateway
    from tests.benchmarks.painting import painted, program
    from tests.benchmarks.shops import clock

    app = program()
    gateway = Gateway(shop.work)
    people = PeopleList(Desk(gateway, clock))
    people.resize(296, 690)
    people.show()
    people.reload()
    gateway.close()
    painted(lambda: None)

    def press(key: str) -> None:
        QTest.keyClicks(people.field, key)

    taken = []
    for words in ("sjy", "wang", "6628", "1", "chen e", "zhangw", "00", "li 13"):
        for key in words:
            taken += spent(lambda k=key: painted(lambda: press(k)))  # type: ignore[misc]
        painted(people.field.clear)
    people.close()
    assert app is not None
    return Row("P2", "keystroke → list painted, p95", p95(taken), limit=0.016)
