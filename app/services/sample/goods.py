"""What the sample shop sells, and how its goods are chosen."""

from dataclasses import dataclass
from decimal import Decimal
from itertools import accumulate
from random import Random

from app.domain.money import PRICE_UNITS, QUANTITY_UNITS
from app.models.products import Product
from app.services.sample import words
from app.services.sample.rows import Rows

LOOSE_STEP = 50
"""Thousandths: loose tea is weighed to 50 g."""


@dataclass(frozen=True, slots=True)
class Good:
    id: int
    code: str
    name: str
    category: str
    """The code, the same in every language."""
    price: int
    """1/10,000 unit."""
    weight: int
    """How often it is bought."""
    loose: bool


class Shelf:
    """All goods; chosen by how popular they are."""

    def __init__(self, goods: list[Good]) -> None:
        self.goods = goods
        self._weights = list(accumulate(good.weight for good in goods))

    def pick(self, rng: Random) -> Good:
        return rng.choices(self.goods, cum_weights=self._weights)[0]

    def favourites(self, rng: Random) -> tuple[Good, ...]:
        """Two to four goods a person comes back for."""
        return tuple(self.pick(rng) for _ in range(rng.randint(2, 4)))


def quantity(good: Good, rng: Random) -> int:
    """Thousandths of its unit: mostly one, loose tea by weight."""
    if good.loose:
        return LOOSE_STEP * rng.randint(1, 6)
    return QUANTITY_UNITS * rng.choices((1, 2, 3), (85, 12, 3))[0]


def _ean(digits: str) -> str:
    """An EAN-13 of the range that GS1 leaves to each shop: twelve digits and their check digit."""
    weighed = sum(int(digit) * (3 if place % 2 else 1) for place, digit in enumerate(digits))
    return f"{digits}{-weighed % 10}"


def stock(rows: Rows, language: str, first_id: int) -> Shelf:
    """Put the goods on the shelf."""
    said, goods = words.texts(language), []
    for place, article in enumerate(words.goods()):
        name = article["zh" if language.startswith("zh") else "en"]
        price = int(Decimal(article["price"]) * PRICE_UNITS)
        rows.add(
            Product,
            id=first_id + place,
            code=article["code"],
            name=name,
            category=said["categories"][article["category"]],
            unit=said["units"][article["unit"]],
            price=price,
            cost=int(Decimal(article["cost"]) * PRICE_UNITS),
            barcode=_ean(f"2000000{place:05}"),
        )
        loose = article.get("loose", False)
        goods.append(
            Good(first_id + place, article["code"], name, article["category"], price, article["weight"], loose)
        )
    return Shelf(goods)
