"""Read one cell: numbers, prices, ids, phones and words of choice; what cannot be read is refused by a code."""

import re
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from functools import lru_cache

from app.domain.errors import ShopError
from app.domain.money import PRICE_UNITS, QUANTITY_UNITS, divide_half_up
from app.domain.text import clean, half_width
from app.formats.lists import parted
from app.formats.tables import Cell

_SCIENTIFIC = re.compile(r"[+-]?\d+(?:[.,]\d+)?[eE][+-]?\d+")
_WHOLE_FLOAT = re.compile(r"(\d+)\.0+")
_PLAIN = re.compile(r"-?\d{1,14}(?:\.\d+)?")
_MARKS = re.compile(
    r"(?i)hk\$|nt\$|us\$|s\$|cn¥|jp¥|[¥$€£₩]|\b(?:rmb|cny|hkd|twd|sgd|usd|eur|gbp|jpy)\b|人民币|港币|元|圆|块钱|块|圓"
)
_GROUPED = re.compile(r"\d{1,3}(?:(?P<mark>[,' ])\d{3})(?:(?P=mark)\d{3})*(?:\.\d+)?")
_GROUPED_BY_DOTS = re.compile(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?|\d{1,3}(?:\.\d{3}){2,}")
_COMMA = re.compile(r"\d+,\d+")
_LARGEST = 2**63 - 1
_YES = frozenset("是 有 对 真 同意 已同意 接受 在售 上架 启用 y yes true t 1 x √ ✓ on opt-in subscribed".split())  # noqa: SIM905
_NO = frozenset("否 无 没有 错 假 不同意 拒绝 不接受 停售 下架 停用 n no false f 0 × off opt-out unsubscribed".split())  # noqa: SIM905
_FEMALE = frozenset("女 女士 女性 小姐 f female woman w ms mrs miss 2".split())  # noqa: SIM905
_MALE = frozenset("男 男士 男性 先生 m male man mr 1".split())  # noqa: SIM905


class Refused(ShopError):
    """A cell that cannot be read as what its column holds.

    Codes: scientific (a phone or id ruined by a spreadsheet), not_a_number, out_of_range, not_a_date, no_such_date,
    date_order_unknown, not_a_time, not_yes_or_no, not_a_birthday. The value is for the person who brought the file,
    never for a log: it is no part of the error's text.
    """

    def __init__(self, code: str, value: Cell) -> None:
        super().__init__(code)
        self.value = value


def text_of(cell: Cell) -> str:
    """Any cell as clean text without blanks at the ends: whole floats lose ".0", dates are ISO 8601."""
    if isinstance(cell, str):
        return cell.strip() if cell.isascii() and cell.isprintable() else clean(cell).strip()
    if cell is None:
        return ""
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
    return cell.isoformat() if isinstance(cell, datetime | date) else str(cell)


def clean_id(cell: Cell) -> str:
    """An id as it was meant: "17850.0" is "17850", "001" stays. Raises Refused("scientific")."""
    return _id(cell) if isinstance(cell, str) else text_of(cell)


@lru_cache(maxsize=65_536)
def _id(cell: str) -> str:
    text = half_width(text_of(cell)).lstrip("'").strip()
    # "12E5" may be an honest code; a spreadsheet writes "1.38E+10".
    if _SCIENTIFIC.fullmatch(text) and not text.isalnum():
        raise Refused("scientific", cell)
    whole = _WHOLE_FLOAT.fullmatch(text)
    return whole[1] if whole else text


def parse_phones(cell: Cell) -> list[str]:
    """The phones of a cell, as typed: one may hold several. Raises Refused("scientific") for 1.38E+10."""
    text = half_width(text_of(cell)).lstrip("'").strip()
    if not text:
        return []
    if _SCIENTIFIC.fullmatch(text):
        raise Refused("scientific", cell)
    whole = _WHOLE_FLOAT.fullmatch(text)
    if whole:
        return [whole[1]]
    found = parted(text)
    for part in found:
        if _SCIENTIFIC.fullmatch(part):
            raise Refused("scientific", cell)
    return [part for part in found if any(char.isdigit() for char in part)]


def split_list(cell: Cell) -> list[str]:
    """Tags, mail addresses: what stands between commas, semicolons, strokes and line ends, each once.

    In quotation marks a text may hold such signs itself.
    """
    return list(dict.fromkeys(parted(text_of(cell))))


def parse_decimal(cell: Cell) -> Decimal | None:
    """A number with or without thousands separators and currency marks; None for an empty cell.

    "1,234.50", "1.234,50", "1 234,50", "(5.00)", "￥88", "88元", "-3", "3-". A single comma before exactly three
    digits parts thousands, before any other number of digits it is a decimal comma; a single dot is a decimal dot.
    Raises Refused (not_a_number, out_of_range).
    """
    if isinstance(cell, str):
        return _decimal(cell)
    if cell is None:
        return None
    if isinstance(cell, bool) or not isinstance(cell, int | float | Decimal):
        raise Refused("not_a_number", cell)
    try:
        number = Decimal(repr(cell)) if isinstance(cell, float) else Decimal(cell)
    except InvalidOperation:
        raise Refused("not_a_number", cell) from None
    return _in_range(number, cell)


@lru_cache(maxsize=65_536)
def _decimal(cell: str) -> Decimal | None:
    if _PLAIN.fullmatch(cell):
        return Decimal(cell)
    text = half_width(clean(cell)).replace("\u00a0", " ").replace("\u202f", " ").replace("−", "-").strip().lstrip("'")
    if not text:
        return None
    return _in_range(_signed(text, cell), cell)


def _signed(text: str, cell: str) -> Decimal:
    text = _MARKS.sub("", text).strip()
    negative = False
    if text.startswith("(") and text.endswith(")"):
        text, negative = text[1:-1], True
    if text.endswith("-") and not text.startswith("-"):
        text = "-" + text[:-1]
    if text[:1] in ("-", "+"):
        text, negative = text[1:], negative != (text[0] == "-")
    number = _unsigned(text.strip(), cell)
    return -number if negative else number


def _unsigned(text: str, cell: str) -> Decimal:
    if _GROUPED.fullmatch(text):
        text = re.sub(r"[,' ]", "", text)
    elif _GROUPED_BY_DOTS.fullmatch(text) and ("," in text or text.count(".") > 1):
        text = text.replace(".", "").replace(",", ".")
    elif re.fullmatch(r"\d{1,3}(?: \d{3})*,\d+", text):
        text = text.replace(" ", "").replace(",", ".")
    elif _COMMA.fullmatch(text):
        text = text.replace(",", ".")
    if not re.fullmatch(r"\d+(?:\.\d*)?|\.\d+", text) and not _SCIENTIFIC.fullmatch(text):
        raise Refused("not_a_number", cell)
    return Decimal(text)


def _in_range(number: Decimal, cell: Cell) -> Decimal:
    if not number.is_finite():
        raise Refused("not_a_number", cell)
    if abs(number) >= 10**14:
        raise Refused("out_of_range", cell)
    return number


def _scaled(number: Decimal, units: int, cell: Cell) -> int:
    top, bottom = number.as_integer_ratio()
    whole = divide_half_up(top * units, bottom)
    if abs(whole) > _LARGEST:
        raise Refused("out_of_range", cell)
    return whole


@lru_cache(maxsize=65_536)
def _scaled_text(cell: str, units: int) -> int | None:
    number = _decimal(cell)
    return None if number is None else _scaled(number, units, cell)


def _units(cell: Cell, units: int) -> int | None:
    if isinstance(cell, str):
        return _scaled_text(cell, units)
    number = parse_decimal(cell)
    return None if number is None else _scaled(number, units, cell)


def parse_money(cell: Cell, minor_digits: int = 2) -> int | None:
    """An amount in minor units, rounded half-up; None for an empty cell. Raises Refused."""
    return _units(cell, 10**minor_digits)


def parse_price(cell: Cell) -> int | None:
    """A unit price in 1/10,000 unit, rounded half-up; None for an empty cell. Raises Refused."""
    return _units(cell, PRICE_UNITS)


def parse_quantity(cell: Cell) -> int | None:
    """A quantity in thousandths, rounded half-up; None for an empty cell. Raises Refused."""
    return _units(cell, QUANTITY_UNITS)


def parse_whole(cell: Cell) -> int | None:
    """A whole number (points); None for an empty cell. Raises Refused("not_a_number") for a fraction."""
    number = parse_decimal(cell)
    if number is not None and number != number.to_integral_value():
        raise Refused("not_a_number", cell)
    return None if number is None else int(number)


def parse_yes_no(cell: Cell) -> bool | None:
    """Consent and the like; None for an empty cell. Raises Refused("not_yes_or_no")."""
    word = text_of(cell).casefold()
    if not word:
        return None
    if word in _YES or word in _NO:
        return word in _YES
    raise Refused("not_yes_or_no", cell)


def parse_gender(cell: Cell) -> str:
    """ "female", "male", or "" when it is neither said nor needed."""
    word = text_of(cell).casefold().rstrip(".")
    return "female" if word in _FEMALE else "male" if word in _MALE else ""
