"""What came of an import: five counts that add up to the rows read, and every rejected row with its reason."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from app.domain.errors import ShopError
from app.formats.tables import Cell
from app.formats.values import Refused, text_of
from app.services.transfer.columns import Kind
from app.services.transfer.plan import Plan


class FileUnreadable(ShopError):
    """The file is not there, or may not be opened."""


class NotAMapping(ShopError):
    """What was said of the columns is no mapping: an unknown field."""


class NoSuchColumn(ShopError):
    """A field was given a column the file does not have."""


class ColumnsMissing(ShopError):
    """The file lacks columns without which nothing can be brought in; `columns` names them."""


class DateOrderUnknown(ShopError):
    """Nothing in the column says whether 03/04 is March or April; `column` is its header."""


class BatchUnknown(ShopError):
    """There is no import of this number."""


class BatchUndone(ShopError):
    """This import was taken back already."""


@dataclass(frozen=True, slots=True)
class Rejection:
    """One row that was not brought in: its line in the file, why, in which column, and what stood there."""

    line: int
    code: str
    column: str = ""
    value: str = ""


def rejection_of(plan: Plan, line: int, cells: Sequence[Cell], refusal: Refused) -> Rejection:
    """The row refused, with the column whose cell it was."""
    places = plan.columns.values()
    column = next((plan.header(place) for place in places if cells[place] == refusal.value), "")
    return Rejection(line, refusal.code, column, text_of(refusal.value))


@dataclass(frozen=True, slots=True)
class SalesFigures:
    """What only an import of sales tells. `net_total` in minor units: of the lines it created, anonymous ones too."""

    sales: int
    customers_created: int
    products_created: int
    anonymous_lines: int
    return_lines: int
    net_total: int
    points_earned: int | None = None
    """Before returns took any; None where past sales do not earn."""


@dataclass(frozen=True, slots=True)
class Outcome:
    kind: Kind
    batch: int
    created: int
    updated: int
    unchanged: int
    skipped: int
    rejections: tuple[Rejection, ...]
    warnings: Mapping[str, int] = field(default_factory=dict)
    sales: SalesFigures | None = None

    @property
    def rejected(self) -> int:
        return len(self.rejections)

    @property
    def read(self) -> int:
        """Rows read; each ended in one of the five ways."""
        return self.created + self.updated + self.unchanged + self.skipped + self.rejected


class Rehearsed(ShopError):
    """A dry run came to its end: nothing was changed, and `outcome` is what the act would have answered."""

    def __init__(self, outcome: object) -> None:
        super().__init__()
        self.outcome = outcome
