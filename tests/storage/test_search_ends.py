"""Where a touched record goes in the search index is found at the ends of the table, however long it is."""

from app.bootstrap import Shop
from app.storage.engine import connect
from app.storage.search_index import ENDS


def test_the_ends_are_found_without_reading_the_table(shop: Shop) -> None:
    connection = connect(shop.path)
    plan = [row[3] for row in connection.execute(f"EXPLAIN QUERY PLAN {ENDS}")]
    connection.close()
    assert any(step.startswith("SEARCH search_entries") for step in plan)
    assert not any(step.startswith("SCAN search_entries") for step in plan)
