"""The products of a file of sales: known by their code, made from code and description where they are new."""

from collections import Counter

from sqlalchemy import text
from sqlalchemy.orm import Session

from app.models.products import Product
from app.storage.bulk import BulkRows, update_rows

_KNOWN = text("SELECT code, id, name FROM products")
_SAY_OLD_NAME = "UPDATE sale_lines SET description = ? WHERE product_id = ? AND id >= ? AND description = ''"
_SAY_NOTHING = "UPDATE sale_lines SET description = '' WHERE product_id = ? AND id >= ? AND description = ?"
COLUMNS = ("code", "name", "category", "unit", "price", "barcode", "other_barcodes", "active", "batch_id")


class _New:
    """What the file says of a product it brought: under which names, and its latest price."""

    __slots__ = ("first", "names", "price", "priced_at")

    def __init__(self, first: str) -> None:
        self.first, self.names, self.price, self.priced_at = first, Counter[str](), 0, ""


class Goods:
    """Finds or makes the product of each line; the names and prices of new ones are settled at the end."""

    def __init__(self, session: Session, batch: int) -> None:
        self._connection, self._batch = session.connection(), batch
        self._ids: dict[str, int] = {}
        self._names: dict[int, str] = {}
        for code, number, name in self._connection.execute(_KNOWN):
            self._ids[code] = number
            self._names[number] = name
        self._new: dict[int, _New] = {}
        self.products = BulkRows(self._connection, Product, COLUMNS)

    def id_of(self, code: str, description: str) -> int:
        """The product of this code; made when there is none."""
        found = self._ids.get(code)
        if found is None:
            name = description or code
            found = self._ids[code] = self.products.add(code, name, "", "", 0, "", "[]", 1, self._batch)
            self._names[found] = name
            self._new[found] = _New(name)
        return found

    def own_words(self, product: int, description: str) -> str:
        """What a line must say itself: nothing where the product's name says it."""
        return "" if description == self._names[product] else description

    def note(self, product: int, description: str, price: int, at: str) -> None:
        """Hear what one line says of a product."""
        new = self._new.get(product)
        if new is None:
            return
        if description:
            new.names[description] += 1
        if price > 0 and at >= new.priced_at:
            new.price, new.priced_at = price, at

    def settle(self, first_line: int) -> list[int]:
        """Give each new product its commonest name and its last price; the ids of the new ones."""
        self.products.flush()
        prices, renamed, said, silent = [], [], [], []
        for number, new in self._new.items():
            name = new.names.most_common(1)[0][0] if new.names else new.first
            prices.append((new.price, number))
            if name != new.first:
                renamed.append((name, number))
                silent.append((number, first_line, name))
                if new.names[new.first]:
                    said.append((new.first, number, first_line))
        update_rows(self._connection, Product, ("price",), prices)
        update_rows(self._connection, Product, ("name",), renamed)
        # The first name must be said before the new one is left out.
        for statement, rows in ((_SAY_OLD_NAME, said), (_SAY_NOTHING, silent)):
            if rows:
                self._connection.exec_driver_sql(statement, rows)
        return list(self._new)
